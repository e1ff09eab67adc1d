import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';

/** a: everything known; b: one hidden column, rest known; c: listed only in part; d: anything. */
const policy: GuardPolicyInput = {
  version: 1,
  searchPath: ['shop'],
  tables: [
    { schema: 'shop', name: 'a', columns: ['id', 'N', 't'], columnsAreComplete: true },
    { schema: 'shop', name: 'b', columns: ['id', 'm', 'secret'], hiddenColumns: ['secret'], columnsAreComplete: true },
    { schema: 'shop', name: 'c', columns: ['id', 'k'] },
    { schema: 'shop', name: 'd' },
    { schema: 'other', name: 'a', columns: ['q'], columnsAreComplete: true },
  ],
};
const guard = await createGuard({ dialect: 'mysql', policy });
const rules = (sql: string): readonly string[] => {
  const verdict = guard.check(sql);
  return verdict.ok ? [] : [...new Set(verdict.violations.map(({ rule }) => rule))];
};
const columns = (sql: string): string => {
  const verdict = guard.check(sql);
  return verdict.ok ? verdict.statement.columns.map(({ schema, relation, column }) => `${schema === 'shop' ? '' : `${schema}.`}${relation}.${column}`).join(' ') : JSON.stringify(verdict.violations);
};

describe('the columns a MySQL statement is said to read', () => {
  it.each([
    ['SELECT n FROM a', 'a.N'],
    ['SELECT a.N, A.id FROM a', 'a.N a.id'],
    ['SELECT * FROM a', 'a.N a.id a.t'],
    ['SELECT z.* FROM a AS z', 'a.N a.id a.t'],
    ['SELECT COUNT(*) FROM b', ''],
    ['SELECT * FROM d', 'd.*'],
    ['SELECT anything FROM d', 'd.anything'],
    ['SELECT m FROM b JOIN a USING (id)', 'a.id b.id b.m'],
    ['SELECT q.x FROM (SELECT id AS x, n FROM a) q', 'a.N a.id'],
    ['SELECT (SELECT n) FROM a', 'a.N'],
    ['SELECT shop.a.id, other.a.q FROM shop.a, other.a', 'other.a.q a.id'],
    ['SELECT id FROM a WHERE EXISTS (SELECT * FROM b)', 'a.id'],
    ['SELECT n AS v FROM a GROUP BY v HAVING v > 1 ORDER BY v', 'a.N'],
    ['SELECT n AS v FROM a ORDER BY id', 'a.N a.id'],
    ['WITH v AS (SELECT id FROM a) SELECT v.id FROM v', 'a.id'],
    ['SELECT SUM(n) OVER (PARTITION BY t ORDER BY id) FROM a', 'a.N a.id a.t'],
    ['SELECT GROUP_CONCAT(DISTINCT n ORDER BY id SEPARATOR \',\') FROM a', 'a.N a.id'],
    ['SELECT TIMESTAMPDIFF(DAY, n, t) FROM a', 'a.N a.t'],
    ['SELECT 1 FROM dual', ''],
    ['SELECT MIN(n) FROM a UNION SELECT m FROM b ORDER BY 1', 'a.N b.m'],
  ])('%s: %s', (sql, expected) => {
    expect(columns(sql)).toBe(expected);
  });
});

describe('which table a name of a MySQL statement belongs to', () => {
  it.each<[string, readonly string[]]>([
    // Hidden columns stay hidden through aliases, subqueries, joins and outputs.
    ['SELECT secret FROM b', ['column']],
    ['SELECT SECRET FROM b', ['column']],
    ['SELECT z.`secret` FROM b z', ['column']],
    ['SELECT shop.b.secret FROM b', ['column']],
    ['SELECT 1 FROM b ORDER BY secret', ['column']],
    ['SELECT m FROM b GROUP BY secret', ['column']],
    ['SELECT m AS secret FROM b GROUP BY secret', ['column']],
    ['SELECT m AS secret FROM b HAVING secret > 1', ['column']],
    ['SELECT m AS secret FROM b ORDER BY secret', []],
    ["SELECT m AS secret FROM b ORDER BY CONCAT(secret, '')", ['column']],
    ['SELECT m AS secret FROM b ORDER BY ROW_NUMBER() OVER (ORDER BY secret)', ['column']],
    ['(SELECT id, 1 + 1 FROM b) ORDER BY secret', ['column']],
    ['SELECT id, 1 + 1 FROM b UNION SELECT 1, 2 ORDER BY secret', []],
    ['SELECT * FROM b', ['wildcard']],
    ['SELECT z.* FROM b z', ['wildcard']],
    ['SELECT q.* FROM (SELECT id FROM b) q', []],
    ['SELECT q.secret FROM (SELECT id FROM b) q', ['unknown-column']],
    ['SELECT q.secret FROM (SELECT id, 1 + 1 FROM b) q', []],
    ['SELECT 1 FROM b JOIN a USING (secret)', ['column', 'unknown-column']],
    ['SELECT 1 FROM b NATURAL JOIN a', ['parsers-disagree', 'wildcard']],
    ['SELECT 1 FROM b JOIN a ON b.secret = a.n', ['column']],
    ['SELECT (SELECT b.secret) FROM b', ['column']],
    ['SELECT (SELECT secret FROM a LIMIT 1) FROM b', ['column']],
    ['SELECT (SELECT secret FROM b LIMIT 1) FROM (SELECT 1 AS secret) o', ['column']],
    ['SELECT id FROM a WHERE id IN (SELECT secret FROM b)', ['column']],
    ['SELECT id FROM a WHERE EXISTS (SELECT DISTINCT * FROM b)', ['wildcard']],
    ['SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE secret > 1)', ['column']],
    ['WITH v AS (SELECT secret FROM b) SELECT 1 FROM v', ['column']],
    ['SELECT SUM(secret) OVER () FROM b', ['column']],
    ['SELECT RANK() OVER w FROM b WINDOW w AS (ORDER BY secret)', ['column']],
    ['SELECT GROUP_CONCAT(m ORDER BY secret) FROM b', ['column']],
    ['SELECT CASE WHEN secret > 1 THEN 1 END FROM b', ['column']],
    ['SELECT unlisted FROM c', ['column']],
    ['SELECT c.unlisted FROM c', ['column']],
    ['SELECT unlisted FROM c, d', ['column']],
    // Aliases hide tables; siblings in FROM are in sight of LATERAL only.
    ['SELECT a.n FROM a AS z', ['unknown-column']],
    ['SELECT nothing FROM a', ['unknown-column']],
    ['SELECT a.nothing FROM a', ['unknown-column']],
    ['SELECT nobody.n FROM a', ['unknown-column']],
    ['SELECT nobody.* FROM a', ['unknown-column']],
    ['SELECT 1 FROM a, (SELECT a.n) q', ['unknown-column']],
    ['SELECT 1 FROM a, LATERAL (SELECT a.n) q', []],
    ['SELECT 1 FROM b, LATERAL (SELECT b.secret) q', ['column']],
    ['SELECT shop.q.id FROM (SELECT 1 AS id) q', ['unknown-column']],
    ['SELECT other.z.id FROM a z', ['unknown-column']],
    ['SELECT x.shop.a.id FROM a', ['parsers-disagree', 'unknown-column']],
    ['SELECT id FROM (SELECT id FROM a)', ['unsupported-syntax']],
    // Where case counts, Z is not z; where it does not, it is the nearest.
    ['SELECT Z.n FROM a z', []],
    ['SELECT Z.secret FROM b z', ['column']],
    ['SELECT (SELECT Z.secret FROM b z LIMIT 1) FROM (SELECT 1 AS secret) Z', ['unknown-column']],
    // Common table expressions.
    ['WITH v AS (SELECT id FROM a) SELECT v.n FROM v', ['unknown-column']],
    ['WITH v(f) AS (SELECT id FROM a) SELECT f FROM v', []],
    ['WITH v AS (SELECT 1 AS f), w AS (SELECT f FROM v) SELECT f FROM w', []],
    ['WITH w AS (SELECT f FROM v), v AS (SELECT 1 AS f) SELECT f FROM w', ['relation']],
    ['WITH a AS (SELECT * FROM a) SELECT q FROM a', ['unknown-column']],
    ['WITH v AS (SELECT 1 AS f) SELECT f FROM shop.v', ['relation']],
    ['WITH v AS (SELECT 1 AS f) SELECT f FROM V', ['relation']],
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) SELECT f FROM v', []],
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) SELECT g FROM v', ['unknown-column']],
    // Words that are calls, and letters that fold.
    ['SELECT CURRENT_USER FROM d', ['function', 'parsers-disagree']],
    ['SELECT `current_user` FROM d', []],
    ['SELECT \u017fecret FROM d', ['unsupported-syntax']],
    ['SELECT d.`m\u0130` FROM d', ['unsupported-syntax']],
  ])('%s: %j', (sql, expected) => {
    expect([...rules(sql)].sort()).toEqual(expected);
  });
});

describe('limits of MySQL statements', () => {
  it.each<[GuardPolicyInput['limits'], string, readonly string[]]>([
    [{ recursion: false }, 'WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) SELECT f FROM v', ['recursion']],
    [{ recursion: false }, 'WITH v AS (SELECT 1 AS f) SELECT f FROM v', []],
    [{ fromItems: 2 }, 'SELECT 1 FROM a, a z', []],
    [{ fromItems: 2 }, 'SELECT 1 FROM a, (SELECT 1 FROM a) z', ['limit']],
    [{ queryDepth: 2 }, 'SELECT (SELECT 1), (SELECT 2)', []],
    [{ queryDepth: 1 }, 'SELECT (SELECT 1)', ['limit']],
    [{ setOperations: 1 }, 'SELECT 1 UNION SELECT 2', []],
    [{ setOperations: 1 }, 'SELECT 1 UNION SELECT 2 UNION SELECT 3', ['limit']],
    [{ commonTableExpressions: 1 }, 'WITH v AS (SELECT 1 AS f) SELECT f FROM v', []],
    [{ commonTableExpressions: 1 }, 'WITH v AS (SELECT 1 AS f), w AS (SELECT 2 AS f) SELECT v.f FROM v, w', ['limit']],
    [{ expressionDepth: 3 }, 'SELECT 1 + 1 + 1, 1 + 1 + 1', []],
    [{ expressionDepth: 3 }, 'SELECT 1 + 1 + 1 + 1', ['limit']],
    [{ padding: 10 }, "SELECT LPAD('a', 10, 'b'), CAST('a' AS BINARY(10))", []],
    [{ padding: 10 }, "SELECT LPAD('a', 11, 'b')", ['limit']],
    [{ padding: 10 }, "SELECT RPAD('a', 5 + 5, 'b')", ['limit']],
    [{ padding: 10 }, "SELECT CAST('a' AS BINARY(11))", ['limit']],
  ])('%j: %s: %j', async (limits, sql, expected) => {
    const verdict = (await createGuard({ dialect: 'mysql', policy: { ...policy, limits } })).check(sql);
    expect(verdict.ok ? [] : [...new Set(verdict.violations.map(({ rule }) => rule))]).toEqual(expected);
  });
});
