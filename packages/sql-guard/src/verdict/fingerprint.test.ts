import { expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';

const guard = await createGuard({ policy: { version: 1, schemas: ['public'] } });
const fingerprintOf = (sql: string): string => {
  const verdict = guard.check(sql);
  return verdict.ok ? verdict.statement.fingerprint : '';
};

it('is the same for statements that differ in constants, spacing and comments', () => {
  const one = fingerprintOf("SELECT a FROM t WHERE b = 1 AND c = 'x'");
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprintOf("select  a\nfrom t -- note\nwhere b = 20 and c = 'other'")).toBe(one);
});

it.each(['SELECT a FROM t WHERE b = 1', 'SELECT a FROM u WHERE b = 1 AND c = 1', 'SELECT b FROM t WHERE b = 1 AND c = 1', 'SELECT a FROM t WHERE b > 1 AND c = 1', 'SELECT a FROM t WHERE b = 1 OR c = 1'])('tells %s apart', (sql) => {
  expect(fingerprintOf(sql)).not.toBe(fingerprintOf("SELECT a FROM t WHERE b = 1 AND c = 'x'"));
});
