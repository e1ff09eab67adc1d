import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { attackPolicy } from './attack-policy.js';
import { startAttackServer, type AttackServer } from './attack-server.js';
import { legitimateStatements } from './legitimate-statements.js';

describe('ordinary reads on a real PostgreSQL 17', () => {
  let server: AttackServer;
  beforeAll(async () => {
    server = await startAttackServer(17);
  }, 60_000);
  afterAll(() => server.stop());

  it('run, and return the same rows after enforce up to the cap', async () => {
    const guard = await createGuard({ version: 17, policy: { ...attackPolicy, maxRows: 3 } });
    const client = await server.connect();
    // Columns that only the tests of names make up do not exist in the stored tables.
    const invented = new Set(['open-table', 'parameter-positional', 'series-open']);
    for (const { id, sql, from = 16 } of legitimateStatements()) {
      const enforced = guard.enforce(sql);
      if (from > 17 || invented.has(id) || !enforced.ok || enforced.statement.parameters.length > 0) continue;
      const changing = /now\(|current_|localtime|random|TABLESAMPLE|uuid|age\(/i.test(sql);
      const given = await client.query({ text: sql, rowMode: 'array' });
      const capped = await client.query({ text: enforced.statement.sql, rowMode: 'array' });
      const cap = enforced.statement.rowLimit ?? Number.POSITIVE_INFINITY;
      expect(capped.rows.length, id).toBeLessThanOrEqual(cap + 1);
      if (!changing) expect(capped.rows, id).toEqual(given.rows.slice(0, capped.rows.length));
      expect(capped.rows.length, id).toBe(Math.min(given.rows.length, cap + 1));
    }
    await client.end();
  }, 60_000);
});
