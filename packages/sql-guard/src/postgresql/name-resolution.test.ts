import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';

/** a: everything known; b: one hidden column, rest known; c: listed only in part; d: anything; h: anything but one; x: same name in two schemas. */
const policy: GuardPolicyInput = {
  version: 1,
  searchPath: ['public', 'other'],
  tables: [
    { schema: 'public', name: 'a', columns: ['id', 'n', 't'], columnsAreComplete: true },
    { schema: 'public', name: 'b', columns: ['id', 'm', 'secret'], hiddenColumns: ['secret'], columnsAreComplete: true },
    { schema: 'public', name: 'c', columns: ['id', 'k'] },
    { schema: 'public', name: 'd' },
    { schema: 'public', name: 'h', hiddenColumns: ['secret'] },
    { schema: 'public', name: 'x', columns: ['p'], columnsAreComplete: true },
    { schema: 'other', name: 'x', columns: ['q'], columnsAreComplete: true },
    { schema: 'public', name: 'e', columns: [], columnsAreComplete: true },
    { schema: 'public', name: 'f', columns: ['id', 'hash_record'], columnsAreComplete: true },
    { schema: 'public', name: 'wide', columns: Array.from({ length: 40 }, (_, index) => `w${String(index)}`), columnsAreComplete: true },
  ],
};
const guard = await createGuard({ policy });
const rules = (sql: string): readonly string[] => {
  const verdict = guard.check(sql);
  return verdict.ok ? [] : verdict.violations.map(({ rule }) => rule);
};
const columns = (sql: string): string => {
  const verdict = guard.check(sql);
  return verdict.ok ? verdict.statement.columns.map(({ schema, relation, column }) => `${schema === 'public' ? '' : `${schema}.`}${relation}.${column}`).join(' ') : 'refused';
};

describe('the columns a statement is said to read', () => {
  it.each([
    ['SELECT n FROM a', 'a.n'],
    ['SELECT a.n, a.id FROM a', 'a.id a.n'],
    ['SELECT * FROM a', 'a.id a.n a.t'],
    ['SELECT z.* FROM a AS z', 'a.id a.n a.t'],
    ['SELECT z FROM a AS z', 'a.id a.n a.t'],
    ['SELECT count(*) FROM a', ''],
    ['SELECT * FROM d', 'd.*'],
    ['SELECT d.anything FROM d', 'd.anything'],
    ['SELECT anything FROM d', 'd.anything'],
    ['SELECT n FROM a, d', 'a.n d.n'],
    ['SELECT m FROM b JOIN a USING (id)', 'a.id b.id b.m'],
    ['SELECT 1 FROM a NATURAL JOIN (SELECT 1 AS id) q', 'a.id a.n a.t'],
    ['SELECT j.n FROM (a CROSS JOIN (SELECT 1 AS one) q) AS j', 'a.n'],
    ['SELECT j.anything FROM (d CROSS JOIN (SELECT 1 AS one) q) AS j', 'd.anything'],
    ['SELECT j.* FROM (a CROSS JOIN (SELECT 1 AS one) q) AS j', 'a.id a.n a.t'],
    ['SELECT j.k FROM (c CROSS JOIN a) AS j', 'c.k'],
    ['SELECT j.m FROM (b CROSS JOIN a) AS j', 'b.m'],
    ['SELECT j.f FROM (a CROSS JOIN e) AS j(f, g)', 'a.id a.n a.t'],
    ['SELECT z.f FROM a AS z(f)', 'a.id a.n a.t'],
    ['SELECT q.id FROM (SELECT id, n FROM a) q(id)', 'a.id a.n'],
    ['SELECT (SELECT n) FROM a', 'a.n'],
    ['SELECT p, q FROM public.x, other.x', 'other.x.q x.p'],
    ['SELECT other.x.q, public.x.p FROM public.x, other.x', 'other.x.q x.p'],
    ['SELECT id FROM a WHERE EXISTS (SELECT * FROM b)', 'a.id'],
    ['SELECT (z).n FROM a z', 'a.n'],
    ['SELECT to_jsonb(z) FROM a z', 'a.id a.n a.t'],
    ['SELECT z.to_jsonb FROM d z', 'd.to_jsonb'],
    ['SELECT n AS t FROM a ORDER BY t', 'a.n'],
    ['SELECT n AS v FROM a GROUP BY v', 'a.n'],
    ['SELECT n AS id FROM a GROUP BY id, n', 'a.id a.n'],
    ['SELECT n AS id FROM a, e GROUP BY id', 'a.id a.n'],
    ['SELECT d.*, n AS v FROM d, a ORDER BY v', 'a.n d.* d.n'],
    ['SELECT (SELECT 1 LIMIT n) FROM a', 'a.n'],
    ['SELECT (SELECT (z).n) FROM a z', 'a.n'],
    ['SELECT f.hash_record FROM f', 'f.hash_record'],
  ])('%s: %s', (sql, expected) => {
    expect(columns(sql)).toBe(expected);
  });
});

describe('which relation a name belongs to', () => {
  it.each<[string, readonly string[]]>([
    // The nearest query wins, and what it hides is not looked for further out.
    ['SELECT (SELECT secret FROM b LIMIT 1) FROM (SELECT 1 AS secret) o', ['column']],
    ['SELECT (SELECT unlisted FROM c LIMIT 1) FROM (SELECT 1 AS unlisted) o', ['column']],
    ['SELECT (SELECT o.unlisted FROM c LIMIT 1) FROM (SELECT 1 AS unlisted) o', []],
    ['SELECT (SELECT t FROM b LIMIT 1) FROM a', []],
    ['SELECT (SELECT nothing FROM b LIMIT 1) FROM a', ['unknown-column']],
    ['SELECT unlisted FROM c, (SELECT 1 AS unlisted) q', []],
    ['SELECT secret FROM b, (SELECT 1 AS secret) q', ['column']],
    ['SELECT unlisted FROM c, d', ['column']],
    // Qualifiers: aliases hide names; schemas qualify only unaliased relations.
    ['SELECT a.n FROM a AS z', ['unknown-column']],
    ['SELECT public.z.n FROM a AS z', ['unknown-column']],
    ['SELECT public.a.n FROM a AS a', ['unknown-column']],
    ['SELECT other.a.n FROM a', ['unknown-column']],
    ['SELECT public.a.n FROM a', []],
    ['SELECT db.public.a.n FROM a', ['cross-database']],
    ['SELECT db.public.a.* FROM a', ['cross-database']],
    ['SELECT nobody.* FROM a', ['unknown-column']],
    ['SELECT other.x.p FROM public.x, other.x', ['unknown-column']],
    // Joins: an alias hides the members; USING and ON see both sides only.
    ['SELECT a.n FROM (a CROSS JOIN b) AS j', ['unknown-column']],
    ['SELECT j.secret FROM (a CROSS JOIN b) AS j', ['column']],
    ['SELECT j.unlisted FROM (a CROSS JOIN c) AS j', ['column']],
    ['SELECT j.nothing FROM (a CROSS JOIN e) AS j', ['unknown-column']],
    ['SELECT j.* FROM (a CROSS JOIN b) AS j', ['wildcard']],
    ['SELECT j FROM (a CROSS JOIN b) AS j', ['wildcard']],
    ['SELECT n FROM (a CROSS JOIN e) AS j', []],
    ['SELECT j.f FROM (a CROSS JOIN b) AS j(f)', ['column']],
    ['SELECT j.f FROM (a CROSS JOIN b) AS j(f, g, h, i, k)', ['column']],
    ['SELECT u.id FROM a JOIN b USING (id) AS u', []],
    ['SELECT u.n FROM a JOIN b USING (id) AS u', ['unknown-column']],
    ['SELECT j.n FROM (a JOIN e USING (id)) AS j', ['unknown-column']],
    ['SELECT 1 FROM a JOIN c USING (unlisted)', ['unknown-column', 'column']],
    ['SELECT 1 FROM b JOIN (SELECT 1 AS secret) q USING (secret)', ['column']],
    ['SELECT 1 FROM (SELECT 1 AS secret) q JOIN b USING (secret)', ['column']],
    ['SELECT 1 FROM a NATURAL JOIN b', ['column']],
    ['SELECT 1 FROM (a JOIN b USING (id) AS u) NATURAL JOIN e', ['column']],
    ['SELECT 1 FROM a, b JOIN e ON a.n = b.m', ['unknown-column']],
    ['SELECT 1 FROM a JOIN b ON a.n = b.m', []],
    // Siblings in FROM are in sight of LATERAL and of calls only, and only to the right.
    ['SELECT 1 FROM a, (SELECT a.n) q', ['unknown-column']],
    ['SELECT 1 FROM a, LATERAL (SELECT a.n) q', []],
    ['SELECT 1 FROM LATERAL (SELECT a.n) q, a', ['unknown-column']],
    ['SELECT 1 FROM a, generate_series(1, a.n) g', []],
    ['SELECT 1 FROM generate_series(1, a.n) g, a', ['unknown-column']],
    ['SELECT 1 FROM a JOIN LATERAL (SELECT a.n) q ON true', []],
    ['SELECT 1 FROM a, b JOIN LATERAL (SELECT a.n + b.m) q ON true', []],
    ['SELECT 1 FROM b, LATERAL (SELECT b.secret) q', ['column']],
    // Whole rows.
    ['SELECT z FROM b z', ['wildcard']],
    ['SELECT count(z) FROM b z', ['wildcard']],
    ['SELECT n FROM (SELECT 1 AS n) n', []],
    ['SELECT b FROM d, b', ['wildcard']],
    ['SELECT (z).secret FROM b z', ['column']],
    ['SELECT (z).nothing FROM a z', ['unknown-column']],
    ['SELECT (n).f FROM a n', ['attribute-notation']],
    ['SELECT d.hash_record FROM d', ['attribute-notation']],
    ['SELECT d.count FROM d', []],
    ['SELECT h.anything FROM h', []],
    ['SELECT h.to_jsonb FROM h', ['attribute-notation']],
    ['SELECT h.array_agg FROM h', ['attribute-notation']],
    ['SELECT h.secret FROM h', ['column']],
    ['SELECT (SELECT 1 FROM a WHERE (b.*) IS NOT NULL) FROM b', ['wildcard']],
    ['SELECT (SELECT 1 FROM b WHERE (a.*) IS NOT NULL) FROM a', []],
    // Column aliases rename by position, which is only safe where nothing is hidden.
    ['SELECT z.f FROM b z(f)', ['column']],
    ['SELECT z.f FROM c z(f)', ['column']],
    ['SELECT q.f FROM (SELECT id, n FROM a) q(f)', []],
    ['SELECT q.n FROM (SELECT id, n FROM a) q(f)', []],
    ['SELECT q.id FROM (SELECT id, n FROM a) q(f)', ['unknown-column']],
    ['SELECT q.g FROM (SELECT * FROM d) q(f)', []],
    // Common table expressions.
    ['WITH v AS (SELECT id FROM a) SELECT v.n FROM v', ['unknown-column']],
    ['WITH v(f) AS (SELECT id FROM a) SELECT f FROM v', []],
    ['WITH v(f) AS (SELECT id FROM a) SELECT id FROM v', ['unknown-column']],
    ['WITH v AS (SELECT 1 AS f), w AS (SELECT f FROM v) SELECT f FROM w', []],
    ['WITH w AS (SELECT f FROM v), v AS (SELECT 1 AS f) SELECT f FROM w', ['relation']],
    ['WITH RECURSIVE w AS (SELECT f FROM v), v AS (SELECT 1 AS f) SELECT f FROM w', []],
    ['WITH RECURSIVE v(f) AS (SELECT 1 UNION ALL SELECT f + 1 FROM v) SELECT g FROM v', ['unknown-column']],
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) SELECT g FROM v', ['unknown-column']],
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) SEARCH BREADTH FIRST BY f SET o SELECT o, nothing FROM v', ['unknown-column']],
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) CYCLE f SET looped USING way SELECT f, looped, way, nothing FROM v', ['unknown-column']],
    ["WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) CYCLE f SET looped TO regclass 'a' DEFAULT regproc 'b' USING way SELECT f FROM v", ['type', 'type']],
    // A recursive query sees the columns of its first side, under the names given to it.
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT v.f + 1 FROM v) SELECT v.f FROM v', []],
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT v.g FROM v) SELECT v.f FROM v', ['unknown-column']],
    ['WITH RECURSIVE v(g) AS (SELECT 1 AS f UNION ALL SELECT v.g FROM v) SELECT v.g FROM v', []],
    ['WITH RECURSIVE v(g) AS (SELECT 1 AS f UNION ALL SELECT v.f FROM v) SELECT v.g FROM v', ['unknown-column']],
    ['WITH RECURSIVE v AS (SELECT 1 AS f UNION SELECT 2 UNION ALL SELECT v.f FROM v) SELECT v.f FROM v', []],
    ['WITH RECURSIVE v AS (SELECT * FROM d UNION ALL SELECT v.f FROM v) SELECT v.f FROM v', []],
    ['WITH RECURSIVE w AS (SELECT v.f FROM v), v AS (SELECT 1 AS f) SELECT f FROM w', ['attribute-notation']],
    // TABLESAMPLE does not see its neighbours.
    ['SELECT (SELECT 1 FROM (SELECT 1 AS secret) q, a TABLESAMPLE system (secret)) FROM b', ['column']],
    ['SELECT (SELECT 1 FROM (SELECT 1 AS secret) q, a TABLESAMPLE system (1) REPEATABLE (secret)) FROM b', ['column']],
    ['SELECT (SELECT 1 FROM (SELECT 1 AS secret) q, a TABLESAMPLE system (m)) FROM b', []],
    ['SELECT 1 FROM a, d TABLESAMPLE system (a.n)', ['unknown-column']],
    ['WITH v AS (SELECT 1 AS f) SELECT 1 FROM a TABLESAMPLE system ((SELECT f FROM v))', []],
    // What a call gives may be a row, or have columns that nobody listed.
    ['SELECT (SELECT secret FROM coalesce(z) AS secret) FROM a z, b', ['column']],
    ['SELECT (SELECT secret FROM CAST(1 AS int) AS secret) FROM b', []],
    ['SELECT (SELECT secret FROM unnest(ARRAY[1]) AS secret) FROM b', []],
    ["SELECT (SELECT secret FROM unnest(string_to_array('a', ',')) AS secret) FROM b", []],
    ["SELECT (SELECT secret FROM unnest('{1}'::int[]) AS secret) FROM b", []],
    ["SELECT (SELECT secret FROM unnest('a'::tsvector) AS secret) FROM b", ['column']],
    ["SELECT (SELECT secret FROM unnest(to_tsvector('a')) AS secret) FROM b", ['column']],
    ['SELECT (SELECT secret FROM unnest(ARRAY[a.n]) AS secret) FROM a, b', ['column']],
    ['SELECT (SELECT secret FROM unnest(ARRAY[1], ARRAY[2]) AS secret) FROM b', ['column']],
    ['SELECT (SELECT secret FROM unnest(ARRAY[now(), current_date]) AS secret) FROM b', []],
    ['SELECT (SELECT secret FROM unnest(ARRAY[coalesce(1)]) AS secret) FROM b', ['column']],
    ['SELECT x.f FROM unnest(ARRAY[a.n]) AS x, a', ['unknown-column', 'attribute-notation']],
    ['SELECT x.f FROM a, unnest(ARRAY[a.n]) AS x(f)', []],
    ['SELECT x.g FROM a, unnest(ARRAY[a.n]) AS x(f)', ['attribute-notation']],
    ['SELECT x.ordinality FROM a, unnest(ARRAY[a.n]) WITH ORDINALITY AS x(f)', []],
    ['SELECT j.f FROM (unnest(ARRAY[coalesce(1)]) AS x CROSS JOIN a) AS j', ['attribute-notation']],
    ['SELECT j.f FROM (unnest(ARRAY[coalesce(1)]) AS x CROSS JOIN d) AS j', []],
    ['SELECT f FROM a, unnest(ARRAY[coalesce(1)]) AS x', []],
    ['SELECT 1 FROM a JOIN unnest(ARRAY[coalesce(1)]) AS x USING (id)', []],
    // Parentheses group; ROW() is a value.
    ['SELECT n AS v, t FROM a GROUP BY (v, t)', []],
    ['SELECT n AS v, t FROM a GROUP BY GROUPING SETS ((v, t), (v), ())', []],
    ['SELECT n AS v, t FROM a GROUP BY ROW(v, t)', ['unknown-column']],
    ['SELECT m AS secret FROM b GROUP BY (secret, m)', ['column']],
    ['SELECT (SELECT b.secret FROM d) FROM a GROUP BY (n, b.secret)', ['unknown-column', 'unknown-column']],
    ['WITH v AS (SELECT 1 AS f) SELECT f FROM db.public.v', ['cross-database']],
    ['WITH v AS (SELECT 1 AS f) SELECT f FROM public.v', ['relation']],
    ['SELECT 1 FROM a TABLESAMPLE pg_catalog.system (1)', []],
    ['SELECT 1 FROM a TABLESAMPLE other.system (1)', ['function']],
    ['SELECT 1 FROM a TABLESAMPLE pg_catalog.mine (1)', ['function']],
    ['SELECT 1 FROM a TABLESAMPLE db.pg_catalog.system (1)', ['function']],
    ['SELECT 1 FROM a TABLESAMPLE pg_catalog.pg_catalog.system (1)', ['function']],
    ['WITH RECURSIVE v AS (SELECT * FROM d) SEARCH BREADTH FIRST BY f SET o SELECT o, anything FROM v', []],
    // A column that is known is no call, whatever renames others.
    ['SELECT j.hash_record FROM (a CROSS JOIN e) AS j(hash_record)', []],
    ['SELECT j.hash_record FROM (f CROSS JOIN e) AS j(x)', ['attribute-notation']],
    ['SELECT j.x FROM (d CROSS JOIN a) AS j(x)', []],
    ['SELECT j.g FROM (d CROSS JOIN a) AS j(x)', []],
    ['SELECT z.hash_record FROM f z(x)', ['attribute-notation']],
    ['SELECT z.id FROM f z(x)', []],
    ['SELECT z.hash_record FROM f z(x, y)', ['unknown-column']],
    ['SELECT z.y FROM f z(x, y)', []],
    ['SELECT z.t FROM a z(x)', []],
    ['SELECT z.nothing FROM a z(x)', ['unknown-column']],
    ['SELECT z.hash_record FROM a z(hash_record)', []],
    ['SELECT z.g FROM d z(x)', []],
    // What a star stands for, as told by the columns that aliases leave.
    ['SELECT q.id FROM (SELECT * FROM a JOIN (SELECT 1 AS id) s USING (id) AS u) q(x, y, z, w)', ['unknown-column']],
    ['SELECT q.id FROM (SELECT j.* FROM (a JOIN (SELECT 1 AS id) s USING (id) AS u) AS j) q(x, y, z, w)', ['unknown-column']],
    ['SELECT q.nothing FROM (SELECT j.* FROM (a CROSS JOIN e) AS j) q', ['unknown-column']],
    ['SELECT q.n FROM (SELECT (z).* FROM a z) q', []],
    ['SELECT q.anything FROM (SELECT (z).* FROM a z) q', ['unknown-column']],
    ['SELECT q.anything FROM (SELECT (z).* FROM d z) q', ['attribute-notation']],
    ["SELECT q.key FROM (SELECT (jsonb_each('{}')).*) q", []],
    ["SELECT q.anything FROM (SELECT (jsonb_each('{}')).*) q", ['unknown-column']],
    ["SELECT q.anything FROM (SELECT (coalesce(z)).* FROM a z) q", ['attribute-notation']],
    ["SELECT anything FROM (SELECT (coalesce(z)).* FROM a z) q", []],
    ["SELECT q.anything FROM (SELECT (coalesce(z)).*, d.* FROM a z, d) q", []],
    ["SELECT q.value FROM (SELECT (jsonb_array_elements('[]')).*) q", ['attribute-notation']],
    ['SELECT 1 FROM a WHERE EXISTS (SELECT b.* FROM b)', ['wildcard']],
    ['SELECT 1 FROM a WHERE EXISTS (SELECT DISTINCT * FROM b)', ['wildcard']],
    ['SELECT 1 FROM a WHERE EXISTS (SELECT * FROM b GROUP BY 1)', ['wildcard']],
    ['SELECT 1 LIMIT nothing', ['unknown-column']],
    // Calls and tables made of documents.
    ["SELECT a FROM XMLTABLE('/r' PASSING '<r/>' COLUMNS a int)", []],
    ["SELECT xmltable.a FROM XMLTABLE('/r' PASSING '<r/>' COLUMNS a int)", []],
    ["SELECT x.nothing FROM XMLTABLE('/r' PASSING '<r/>' COLUMNS a int) x", ['unknown-column']],
    ["SELECT a, json_table.a FROM JSON_TABLE('[1]', '$[*]' COLUMNS (a int PATH '$'))", []],
    ["SELECT j.nothing FROM JSON_TABLE('[1]', '$[*]' COLUMNS (a int PATH '$')) j", ['unknown-column']],
    ["SELECT 1 FROM json_to_record('{}') AS r(a text COLLATE \"C\")", ['unsupported-syntax']],
    ['SELECT JSON_ARRAYAGG(n) OVER (PARTITION BY pg_sleep(1)) FROM a', ['function']],
    // Fields of values.
    ["SELECT (jsonb_each('{}')).key", []],
    ["SELECT (pg_catalog.jsonb_each('{}')).key", []],
    ["SELECT (jsonb_each('{}')).key FROM (SELECT 1 AS one)", []],
    ["SELECT (jsonb_each('{}')).key.value", ['attribute-notation']],
    ['SELECT (nobody).n FROM a', ['unknown-column', 'attribute-notation']],
    ['SELECT (ARRAY[1])[1][1][1][1][1][1][1][1][1][1][1][1]', []],
    ['SELECT (ARRAY[1])[1][1][1][1][1][1][1][1][1][1][1][1][1]', ['limit']],
    // Schemas of types and parameters.
    ['SELECT 1::other.int4', ['type']],
    ['SELECT 1::pg_catalog.int4', []],
    ["SELECT 'a' COLLATE pg_catalog.\"C\"", []],
    ["SELECT 'a' COLLATE other.\"C\"", ['collation']],
    ["SELECT 'a' COLLATE pg_catalog.pg_catalog.\"C\"", ['collation']],
    // Output names.
    ['SELECT n AS secret FROM a ORDER BY secret', []],
    ['SELECT m FROM b ORDER BY secret', ['column']],
    ['SELECT m AS secret FROM b ORDER BY secret', []],
    ['SELECT m AS secret FROM b ORDER BY secret || \'\'', ['column']],
    ['SELECT m AS secret FROM b GROUP BY secret', ['column']],
    ['SELECT n FROM a UNION SELECT m FROM b ORDER BY n', []],
    ['SELECT n FROM a UNION SELECT m FROM b ORDER BY m', ['unknown-column']],
    ['SELECT n AS v FROM a UNION SELECT m FROM b ORDER BY v + 1', []],
    ['SELECT n AS v FROM a UNION SELECT m FROM b ORDER BY nothing + 1', ['unknown-column']],
    ['SELECT * FROM d UNION SELECT * FROM d ORDER BY anything', []],
    ['VALUES (1) ORDER BY column1 + 0', []],
    ['VALUES (1) ORDER BY column2', ['unknown-column']],
    ['VALUES (1) ORDER BY nothing + 0', ['unknown-column']],
    ['SELECT * FROM (SELECT a.*, 1 AS extra FROM a) q WHERE q.t IS NULL AND q.extra = 1', []],
    ['SELECT q.nothing FROM (SELECT a.*, 1 AS extra FROM a) q', ['unknown-column']],
    ['SELECT q.whatever FROM (SELECT d.* FROM d) q', []],
  ])('%s: %j', (sql, expected) => {
    expect(rules(sql)).toEqual(expected);
  });
});

describe('what a refusal says', () => {
  it.each([
    ['SELECT a.nothing FROM a', 'a.nothing is not a column.', 'Readable columns: id, n, t.'],
    ['SELECT nothing FROM a', 'No column is called nothing here.', 'Columns here: id, n, t.'],
    ['SELECT nothing FROM a, a AS z', 'No column is called nothing here.', 'Columns here: id, n, t.'],
    ['SELECT nothing', 'No column is called nothing here.', 'Name a column of a table in FROM.'],
    ['SELECT e.nothing FROM e', 'e.nothing is not a column.', 'Read another column.'],
    ['SELECT b.secret FROM b', 'The column b.secret may not be read.', 'Readable columns: id, m.'],
    ['SELECT c.unlisted FROM c', 'The column c.unlisted may not be read.', 'Read another column.'],
    ['SELECT unlisted FROM c', 'unlisted may be a column of c that may not be read.', 'Qualify the column with the alias of the table that has it.'],
    ['SELECT * FROM b', '* reads the whole row of a relation with columns that may not be read.', 'Name the columns instead.'],
    ['SELECT b.* FROM b', 'b.* reads the whole row of a relation with columns that may not be read.', 'Name the columns instead.'],
    ['SELECT wide.nothing FROM wide', 'wide.nothing is not a column.', `Readable columns: ${Array.from({ length: 30 }, (_, index) => `w${String(index)}`).join(', ')}.`],
    ['SELECT nothing FROM wide', 'No column is called nothing here.', `Columns here: ${Array.from({ length: 30 }, (_, index) => `w${String(index)}`).join(', ')}.`],
    ['SELECT 1 FROM missing.a', 'missing.a is not a relation that may be read.', 'Did you mean public.a?'],
    ['SELECT 1 FROM missing.x', 'missing.x is not a relation that may be read.', 'Did you mean public.x or other.x?'],
    ['SELECT 1 FROM db.public.a', 'db.public.a is qualified with a database.', 'Name the relation as schema.name.'],
    ['SELECT 1 FROM b JOIN (SELECT 1 AS secret) q USING (secret)', 'USING compares the column secret of b, which may not be read.', 'Join on columns that may be read.'],
    ['SELECT 1 FROM b NATURAL JOIN a', 'NATURAL JOIN may compare columns of b that may not be read.', 'Join with ON or USING.'],
    ['WITH v AS (DELETE FROM a) SELECT 1', 'WITH holds a statement that is not a SELECT (DELETE).', 'Use only SELECT in WITH.'],
  ])('%s: %s', (sql, message, hint) => {
    const verdict = guard.check(sql);
    expect(verdict.ok ? [] : verdict.violations.map((violation) => ({ message: violation.message, hint: violation.hint }))).toEqual([{ message, hint }]);
  });

  it.each([
    [{ denied: [{ schema: 'public', name: 'a' }] }, 'SELECT 1 FROM a', 'Reading a is denied.', 'Read only the tables you were told about.'],
    [{ tables: [{ schema: 'public', name: 'v', reads: [{ schema: 'public', name: 'hidden' }] }], denied: [{ schema: 'public', name: 'hidden' }] }, 'SELECT 1 FROM v', 'The view v reads what the policy denies.', 'Read only the tables you were told about.'],
  ])('by the policy %j: %s', async (change, sql, message, hint) => {
    const verdict = (await createGuard({ policy: { ...policy, ...change } })).check(sql);
    expect(verdict.ok ? [] : verdict.violations.map((violation) => ({ message: violation.message, hint: violation.hint }))).toEqual([{ message, hint }]);
  });
});
