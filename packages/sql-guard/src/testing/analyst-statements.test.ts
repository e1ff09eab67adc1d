import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { Guard } from '../guard/guard.js';
import { analytics, readOnly } from '../policy/presets.js';
import { analystPolicy, analystStatements } from './analyst-statements.js';
import { grammarVersions } from './grammar-versions.js';

const refusals = (guard: Guard, sql: string): unknown => [guard.check(sql), guard.enforce(sql)].flatMap((verdict) => (verdict.ok ? [] : verdict.violations));

describe.each(grammarVersions)("analysts' statements, with the grammar of PostgreSQL %i", async (version) => {
  const guards = await Promise.all([readOnly, analytics].map((preset) => createGuard({ version, policy: { ...analystPolicy('postgresql'), ...preset } })));
  it.each(analystStatements('postgresql').filter(({ from }) => from <= version).map(({ id, sql }) => [id, sql] as const))('%s is accepted', (_id, sql) => {
    for (const guard of guards) expect(refusals(guard, sql)).toEqual([]);
  });
});

describe("analysts' statements for MySQL", async () => {
  const guard = await createGuard({ dialect: 'mysql', policy: { ...analystPolicy('mysql'), ...readOnly } });
  it.each(analystStatements('mysql').map(({ id, sql }) => [id, sql] as const))('%s is accepted', (_id, sql) => {
    const verdict = guard.enforce(sql);
    expect(verdict.ok ? [] : verdict.violations).toEqual([]);
  });

  it.each([
    ['SELECT STRAIGHT_JOIN order_id FROM orders', 'Write JOIN.'],
    ['SELECT order_id FROM orders USE INDEX (by_customer)', 'Leave index hints out.'],
    ['SELECT UTC_DATE > ordered_at FROM orders', 'with parentheses'],
    ["SELECT order_id FROM orders WHERE 'a' MEMBER OF (note)", 'JSON_CONTAINS'],
    ["SELECT JSON_VALUE(payload, '$.ms' RETURNING SIGNED) FROM events", 'Cast the result'],
    ["SELECT j.a FROM events e, JSON_TABLE(e.payload, '$' COLUMNS (a INT PATH '$.ms')) j", 'JSON_EXTRACT'],
    ['SELECT order_id FROM orders NATURAL JOIN order_items', 'USING'],
    ['(SELECT city FROM customers UNION SELECT country FROM customers) ORDER BY city', 'without parentheses'],
    ['TABLE products', 'SELECT * FROM'],
    ['VALUES ROW(1, 2)', 'UNION ALL'],
    ["SELECT name FROM customers WHERE name SOUNDS LIKE 'Ada'", 'SOUNDEX'],
    ['SELECT CAST(name AS CHAR(10) CHARACTER SET utf8mb4) FROM customers', 'CONVERT'],
    ['SELECT CHAR(65 USING utf8mb4)', 'USING'],
    ['SELECT o.order_id FROM orders o JOIN (order_items i JOIN products p ON p.product_id = i.product_id) ON i.order_id = o.order_id', 'joins without parentheses'],
    ['SELECT FROM WHERE', 'Correct the syntax.'],
  ])('%s is refused with a hint: %s', (sql, hint) => {
    const verdict = guard.check(sql);
    expect(verdict.ok).toBe(false);
    if (!verdict.ok) expect(verdict.violations.map((violation) => violation.hint).join(' ')).toContain(hint);
  });
});
