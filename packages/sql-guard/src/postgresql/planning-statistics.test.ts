import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';

const guard = await createGuard({
  policy: {
    version: 1,
    tables: [{ schema: 'public', name: 't', columns: ['tenant', 'label', 'n'], columnsAreComplete: true }],
    functions: { allow: ['public.mine'] },
    tenantFilters: [{ schema: 'public', table: 't', column: 'tenant', value: 'tenant' }],
  },
});

/** Whether the rewritten statement hides the statistics of the table's columns from the planner. */
const hidesStatistics = (condition: string): boolean => {
  const verdict = guard.enforce(`SELECT n FROM t WHERE ${condition}`, { tenant: { tenant: 'acme' } });
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.violations));
  expect(verdict.statement.sql).toContain(`"tenant" OPERATOR(pg_catalog.=) 'acme'`);
  return verdict.statement.sql.includes(' UNION ALL SELECT * FROM "public"."t" WHERE false OFFSET 0)');
};

describe('a tenant filter', () => {
  it.each([
    "label = 'a'", "label <> 'a'", 'n < 1', 'n <= 1', 'n > 1', 'n >= 1', 'n + 1 > 2', 'n BETWEEN 1 AND 2', "label IN ('a', 'b')", "label || 'x' = 'ax'", 'label IS NULL', "lower(label) = 'a'", "starts_with(label, 'a')",
    "label LIKE 'a%'", "label ILIKE 'a_'", "label NOT LIKE '%a'", "label NOT ILIKE 'a'", "label LIKE 'a%'::text",
  ])('keeps the statistics for %s, which fails at no value', (condition) => {
    expect(hidesStatistics(condition)).toBe(false);
  });

  it.each([
    "label LIKE 'a\\'", "label ILIKE 'zor\\'", "label NOT LIKE 'a\\%'", 'label LIKE :pattern', "label LIKE lower('A')", 'label LIKE label', "label LIKE ANY (ARRAY['a'])", 'label LIKE ANY (SELECT label FROM t)', 'label ~ ALL (SELECT label FROM t)',
    "label ~ 'a'", "label ~* 'a'", "label !~ 'a'", "label SIMILAR TO 'a'", "label = 'a' AND label ~ 'b'", "pg_catalog.like(label, 'a')", "notlike(label, 'a')", 'public.mine(label)',
  ])('hides them for %s, which may fail at a value of another tenant', (condition) => {
    expect(hidesStatistics(condition)).toBe(true);
  });
});

describe('pg_typeof()', () => {
  const rules = (sql: string): readonly string[] => {
    const verdict = guard.check(sql);
    return verdict.ok ? [] : verdict.violations.map(({ rule }) => rule);
  };

  it.each(['SELECT pg_typeof(n) FROM t', 'SELECT pg_typeof(n) AS type, n FROM t', "SELECT pg_typeof(n)::text = 'integer' FROM t", "SELECT coalesce(pg_catalog.pg_typeof(n)::varchar, 'x') FROM t", "SELECT n FROM t WHERE CAST(pg_typeof(n) AS pg_catalog.text) LIKE 'int%'"])('may be looked at: %s', (sql) => {
    expect(rules(sql)).toEqual([]);
  });

  it.each(["SELECT coalesce(pg_typeof(n), 'x') FROM t", "SELECT pg_typeof(n) = 'integer' FROM t", 'SELECT pg_typeof(n)::text[] FROM t', 'SELECT pg_typeof(n)::int FROM t', "SELECT 1 FROM (SELECT pg_typeof(n) AS type FROM t) AS q WHERE type = 'x'", "SELECT pg_typeof(pg_typeof(n)) FROM t"])('must not meet a text: %s', (sql) => {
    expect(rules(sql)).toContain('function');
  });
});
