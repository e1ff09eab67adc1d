import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog/load-catalog.js';
import { createGuard } from '../guard/create-guard.js';
import { compilePolicy } from '../policy/compiled-policy.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';
import { parsePolicy } from '../policy/parse-policy.js';
import { inspectStatement } from './inspect-statement.js';

const policy: GuardPolicyInput = {
  version: 1,
  tables: [{ schema: 'public', name: 'a', columns: ['id', 'n'], columnsAreComplete: true }, { schema: 'public', name: 'b', columns: ['id', 'm'], columnsAreComplete: true }],
};
async function rules(change: Partial<GuardPolicyInput>, sql: string): Promise<readonly string[]> {
  const verdict = (await createGuard({ policy: { ...policy, ...change } })).check(sql);
  return verdict.ok ? [] : verdict.violations.map(({ rule }) => rule);
}

describe('limits over a statement', () => {
  it.each<[GuardPolicyInput['limits'], string, readonly string[]]>([
    [{ fromItems: 2 }, 'SELECT 1 FROM a, a z', []],
    [{ fromItems: 2 }, 'SELECT 1 FROM a JOIN a z ON true', []],
    [{ fromItems: 2 }, 'SELECT 1 FROM a, a y, a z', ['limit']],
    [{ fromItems: 2 }, 'SELECT z.n FROM a, a y, a z', ['limit', 'unknown-column']],
    [{ fromItems: 2 }, 'SELECT 1 FROM a, (SELECT 1 FROM a) q', ['limit']],
    [{ queryDepth: 2 }, 'SELECT (SELECT 1), (SELECT 2), (SELECT 3)', []],
    [{ queryDepth: 2 }, 'SELECT (SELECT (SELECT 1))', ['limit']],
    [{ queryDepth: 2 }, 'SELECT (SELECT 1 UNION SELECT 2), (SELECT 3)', []],
    [{ queryDepth: 2 }, 'SELECT (SELECT 1 UNION SELECT 2), (SELECT (SELECT 3))', ['limit']],
    [{ queryDepth: 1 }, 'SELECT 1 UNION SELECT 2 UNION SELECT 3', []],
    [{ queryDepth: 1 }, 'SELECT q.x FROM (SELECT 1 AS y) q', ['limit']],
    [{ setOperations: 2 }, 'SELECT 1 UNION SELECT 2 UNION SELECT 3', []],
    [{ setOperations: 2 }, 'SELECT (SELECT 1 UNION SELECT 2), (SELECT 3 UNION SELECT 4), (SELECT 5 UNION SELECT 6)', ['limit']],
    [{ commonTableExpressions: 2 }, 'WITH p AS (SELECT 1), q AS (SELECT 2) SELECT 3', []],
    [{ commonTableExpressions: 2 }, 'WITH p AS (WITH q AS (SELECT 1), r AS (SELECT 2) SELECT 3) SELECT 4', ['limit']],
    [{ expressionDepth: 2 }, 'SELECT 1 + 1, 1 + 1, 1 + 1', []],
    [{ expressionDepth: 2 }, 'SELECT 1 + 1 + 1', ['limit']],
    [{ recursion: false }, 'WITH v AS (SELECT 1 AS f) SELECT f FROM v', []],
    [{ recursion: false }, 'WITH RECURSIVE v AS (SELECT 1 AS f) SELECT f FROM v', ['recursion']],
  ])('%j: %s: %j', async (limits, sql, expected) => {
    expect(await rules({ limits }, sql)).toEqual(expected);
  });
});

describe('names of the policy, with their schemas', () => {
  it.each<[Partial<GuardPolicyInput>, string, readonly string[]]>([
    [{ functions: { allow: ['other.md5'] } }, "SELECT x.anything FROM other.md5('a') AS x", ['attribute-notation']],
    [{ functions: { allow: ['other.md5'] } }, "SELECT x.anything FROM other.md5('a') AS x(anything)", []],
    [{ functions: { allow: ['other.md5'] }, compositeFields: ['anything'] }, "SELECT x.anything FROM other.md5('a') AS x", []],
    [{ types: { allow: ['text'] } }, "SELECT x.anything FROM CAST('a' AS public.text) AS x", ['type', 'attribute-notation']],
    [{ extensions: [{ name: 'postgis' }] }, "SELECT d.geom, (ST_Dump(g)).path FROM (SELECT 'POINT(0 0)'::geometry AS g) q, ST_Dump(g) AS d", []],
    [{ extensions: [{ name: 'postgis', schema: 'gis' }] }, "SELECT d.geom FROM gis.ST_Dump('POINT(0 0)') AS d", []],
    [{ extensions: [{ name: 'postgis' }] }, "SELECT p.pg_sleep FROM ST_Subdivide('POINT(0 0)') AS p", ['unknown-column']],
    [{ extensions: [{ name: 'postgis' }] }, "SELECT (ST_Subdivide('POINT(0 0)')).geom", ['attribute-notation']],
    [{ extensions: [{ name: 'pgvector' }] }, "SELECT x.anything FROM lower('[1,2]'::int4range) AS x", ['attribute-notation']],
    [{ functions: { allow: ['other.md5'] } }, "SELECT other.x.md5('a')", ['function']],
    [{}, "SELECT x.anything FROM pg_catalog.md5('a') AS x", ['unknown-column']],
    [{ functions: { allow: ['mine'] } }, 'SELECT x.anything FROM mine() AS x', ['attribute-notation']],
    [{ functions: { allow: ['other.jsonb_each'] } }, "SELECT (other.jsonb_each('{}')).key", ['attribute-notation']],
    [{ types: { allow: ['other.mood'] } }, "SELECT 'a'::other.mood", []],
    [{ types: { allow: ['other.mood'] } }, "SELECT 'a'::other.x.mood", ['type']],
    [{ types: { allow: ['mood'] } }, "SELECT 'a'::mood('b')", []],
    [{ types: { allow: ['mood'] } }, "SELECT 'a'::mood(1 + 1)", ['unsupported-syntax']],
    [{ extensions: [{ name: 'postgis' }] }, "SELECT 'POINT(0 0)'::geometry(Point, 4326)", []],
    [{ extensions: [{ name: 'pgvector', schema: 'vec' }] }, "SELECT 'a' OPERATOR(vec.<=>) 'b'", []],
    [{ extensions: [{ name: 'pgvector', schema: 'vec' }] }, "SELECT 'a' OPERATOR(vec.x.<=>) 'b'", ['operator']],
    [{ functions: { allow: ['current_user'] } }, 'SELECT current_user', []],
    [{ compositeFields: ['street'] }, "SELECT (address).street FROM (SELECT '' AS address) q", []],
    [{ parameters: ['p'] }, 'SELECT :p', []],
    [{ parameters: ['p'] }, 'SELECT :q', ['parameter']],
    [{ parameters: [] }, 'SELECT :p', ['parameter']],
    [{}, 'SELECT :p, $1', ['parameter']],
  ])('%j: %s: %j', async (change, sql, expected) => {
    expect(await rules(change, sql)).toEqual(expected);
  });
});

describe('a verdict', () => {
  it('names each thing once, in order', async () => {
    const verdict = (await createGuard({ policy })).check("SELECT upper('a'), lower('a'), 1 + 2, 1 * 2, $2::int, $10::int, $1::int FROM b, a, b AS c WHERE b.id = c.id");
    expect(verdict.ok && verdict.statement).toMatchObject({
      relations: [{ schema: 'public', name: 'a' }, { schema: 'public', name: 'b' }],
      functions: ['lower', 'upper'], operators: ['*', '+', '='], parameters: [{ name: '1' }, { name: '2' }, { name: '10' }],
    });
    expect(verdict.ok && verdict.statement.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it('names at most twenty reasons, and none twice', async () => {
    const calls = Array.from({ length: 25 }, (_, index) => `f${String(index)}()`).join(', ');
    expect(await rules({}, `SELECT ${calls}`)).toHaveLength(20);
    expect(await rules({}, "SELECT 1::other.int4[1], 'x'::bpchar(1)")).toEqual(['type']);
  });

  it('says what a parameter may be called', async () => {
    const hint = async (parameters: readonly string[]): Promise<string> => {
      const verdict = (await createGuard({ policy: { ...policy, parameters: [...parameters] } })).check('SELECT :q');
      return verdict.ok ? '' : (verdict.violations[0]?.hint ?? '');
    };
    expect(await hint([])).toBe('Write the value as a literal.');
    expect(await hint(['p', 'r'])).toBe('Allowed parameters: p, r.');
  });

  it('refuses what the parser could not finish', async () => {
    const catalog = await loadCatalog(17);
    const result = inspectStatement('SELECT 1', { major: 17, parse: () => ({ ok: false, kind: 'exhausted' }) }, compilePolicy(parsePolicy(policy), catalog), catalog);
    expect(result).toMatchObject({ ok: false, violations: [{ rule: 'parser-exhausted', start: 0, end: 8 }] });
  });

  it('refuses to sample a table that is filtered by tenant', async () => {
    const guard = await createGuard({ policy: { ...policy, tenantFilters: [{ schema: 'public', table: 'a', column: 'n', value: 'tenant' }] } });
    expect(guard.enforce('SELECT id FROM a TABLESAMPLE system (1)', { tenant: { tenant: '1' } })).toMatchObject({ ok: false, violations: [{ rule: 'tenant' }] });
    expect(guard.enforce('SELECT id FROM a', { tenant: { tenant: '1' } }).ok).toBe(true);
  });
});

describe('what expressions grow to when queries are flattened', () => {
  const twelve = Array.from({ length: 12 }, (_, index) => `n AS c${String(index)}`).join(', ');
  // Each statement passes with the growth it has, and with no less.
  it.each<[number, string]>([
    [3, 'SELECT n + n + n FROM a'],
    [6, 'SELECT x + x FROM (SELECT n + n AS x FROM a) q'],
    [14, 'SELECT y + y FROM (SELECT x + x AS y FROM (SELECT n + n AS x FROM a) q) r'],
    [7, 'SELECT q.x + z FROM (SELECT n + n AS x, id AS z FROM a) q WHERE z = 1'],
    [4, 'SELECT * FROM (SELECT n + n AS x FROM a) q'],
    [6, 'SELECT y + y FROM (SELECT n + n FROM a) q(y)'],
    [6, 'WITH q AS (SELECT n + n AS x FROM a) SELECT x + x FROM q'],
    [6, 'WITH q(y) AS (SELECT n + n FROM a) SELECT y + y FROM q'],
    [7, 'SELECT x + x FROM (SELECT n AS x FROM a UNION ALL SELECT n + n FROM a) q'],
    [6, 'SELECT x + x FROM (a CROSS JOIN (SELECT n + n AS x FROM a) q) AS j'],
    [6, 'SELECT x + x FROM a CROSS JOIN LATERAL (SELECT a.n + a.n AS x) l'],
    [4, 'SELECT x + x FROM (SELECT n + n AS x FROM a GROUP BY 1) q'],
    [9, 'SELECT q FROM (SELECT n + n AS x, n AS y FROM a) q'],
    [4, 'SELECT * FROM (SELECT n + n AS x FROM a) AS q(y)'],
    [6, 'SELECT x FROM (SELECT n + n AS y FROM a) q CROSS JOIN LATERAL (VALUES (q.y)) v(x)'],
    [8, 'SELECT u + u FROM (SELECT n + n AS x FROM a) q CROSS JOIN LATERAL abs(q.x) u'],
    [6, 'SELECT z FROM (SELECT n + n AS x FROM a) q CROSS JOIN LATERAL abs(q.x) WITH ORDINALITY AS u(z)'],
    [15, 'SELECT s.x FROM (SELECT (q).* FROM (SELECT n + n AS x, n AS y FROM a) q) s'],
    [7, 'SELECT s.y FROM (SELECT q.* FROM (SELECT n + n AS x, n AS y FROM a) q) s'],
    [3, 'SELECT j.n FROM (a CROSS JOIN (SELECT n + n AS x FROM a) q) AS j'],
    [6, 'SELECT j.* FROM (a CROSS JOIN (SELECT n + n AS x FROM a) q) AS j'],
    [6, 'SELECT j.c FROM (a CROSS JOIN (SELECT n + n AS x FROM a) q) AS j(c)'],
    [4, 'SELECT j.x FROM (a CROSS JOIN (SELECT n + n AS x FROM a) q) AS j(c)'],
    [9, 'SELECT x + x FROM (SELECT n AS x, n AS y FROM a UNION ALL SELECT n + n, n FROM a) q'],
    // Of a column whose name depends on a row.
    [9, 'SELECT x FROM (SELECT n AS x FROM a UNION ALL SELECT (SELECT * FROM (SELECT n + n AS z FROM a) w)) q'],
    [9, 'SELECT z FROM (SELECT (SELECT * FROM (SELECT n + n AS z FROM a) w) UNION ALL SELECT n FROM a) q'],
    [9, 'SELECT * FROM (SELECT (SELECT * FROM (SELECT n + n AS z FROM a) w) UNION ALL SELECT n FROM a) q'],
    [2, 'SELECT abs(n) + n FROM a'],
    [2, 'SELECT * FROM a'],
    [4, 'SELECT a FROM a'],
    // A list that is long enough to be looked up by name.
    [16, `SELECT q.x FROM (SELECT ${twelve}, n + n AS x FROM a) q`],
    [15, `SELECT q.c3 FROM (SELECT ${twelve}, n + n AS x FROM a) q`],
    [17, `SELECT q.x FROM (SELECT ${twelve}, n + n AS x, n AS x FROM a) q`],
    // Rows keep what they grow to where queries that group start anew.
    [10, 'SELECT x + x FROM (SELECT ROW(n) AS x FROM a GROUP BY n) q'],
    [5, 'SELECT x FROM (SELECT q AS x FROM (SELECT n FROM a) q GROUP BY 1) r'],
    [7, 'SELECT ROW(ROW(ROW(1)))'],
    [7, "SELECT quote_literal(quote_literal(quote_literal('a')))"],
  ])('is %i for %s', async (growth, sql) => {
    expect(await rules({ limits: { growth } }, sql)).toEqual([]);
    expect(await rules({ limits: { growth: growth - 1 } }, sql)).toEqual(['limit']);
  });
});
