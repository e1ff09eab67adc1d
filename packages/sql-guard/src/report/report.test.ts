import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { checkJsonLines, formatVerdict, type CheckedLine } from './index.js';

const guard = await createGuard({ policy: { version: 1, tables: [{ schema: 'public', name: 'orders' }] } });
const formatted = (sql: string): string => formatVerdict(sql, guard.check(sql));

describe('formatVerdict', () => {
  it('underlines the offending part under its line', () => {
    expect(formatted('SELECT *\nFROM public.secrets s')).toBe(
      'refused (relation): public.secrets is not a relation that may be read.\n2 | FROM public.secrets s\n         ^^^^^^^^^^^^^^\nhint: Read only the tables you were told about.',
    );
  });

  it('points past characters that are longer in UTF-8 or wider on a terminal', () => {
    expect(formatted("SELECT 'é漢😀', pg_sleep(1)").split('\n').slice(1, 3)).toEqual(["1 | SELECT 'é漢😀', pg_sleep(1)", `${' '.repeat(20)}${'^'.repeat(8)}`]);
  });

  it('keeps the offending part in sight in a long line, and control characters out', () => {
    const text = formatted(`SELECT '${'x'.repeat(500)}\u001b[2J', pg_sleep(1)`);
    expect(text).toContain('pg_sleep(1)');
    expect(text).not.toContain('\u001b');
    for (const line of text.split('\n').slice(1, 3)) expect(line.length).toBeLessThan(120);
  });

  it('names what an accepted statement reads', () => {
    expect(formatted('SELECT 1 FROM orders')).toBe('accepted: reads public.orders');
    expect(formatted('SELECT 1')).toBe('accepted: reads no relation');
  });
});

describe('checkJsonLines', () => {
  it('answers each line, and refuses what it can not read', async () => {
    const answers: CheckedLine[] = [];
    for await (const answer of checkJsonLines(['{"id": 1, "sql": "SELECT 1"}', '', '{"id": "b", "sql": "DROP TABLE orders"}', 'nonsense', '{"sql": 3}'], guard)) answers.push(answer);
    expect(answers).toMatchObject([
      { id: 1, ok: true, statement: { sql: 'SELECT 1' } },
      { id: 'b', ok: false, violations: [{ rule: 'statement-type' }] },
      { id: null, ok: false, line: 4 },
      { id: null, ok: false, line: 5 },
    ]);
    expect(JSON.parse(JSON.stringify(answers[0]))).toMatchObject({ statement: { fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) } });
  });
});
