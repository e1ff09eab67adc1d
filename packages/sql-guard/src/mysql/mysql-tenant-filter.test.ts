import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';

const policy: GuardPolicyInput = {
  version: 1,
  searchPath: ['shop'],
  tables: [
    { schema: 'shop', name: 'orders', columns: ['id', 'amount'], hiddenColumns: ['tenant'], columnsAreComplete: true },
    { schema: 'shop', name: 'rates' },
  ],
  tenantFilters: [{ schema: 'shop', table: 'orders', column: 'tenant', value: 'tenant' }],
  maxRows: null,
};
const guard = await createGuard({ dialect: 'mysql', policy });
const barrier = (value: string): string => `(SELECT * FROM \`shop\`.\`orders\` WHERE \`orders\`.\`tenant\` = '${value}' AND CAST(\`orders\`.\`tenant\` AS CHAR) = '${value}' COLLATE utf8mb4_0900_bin LIMIT 18446744073709551615)`;

describe('tenant filters of MySQL statements', () => {
  it.each([
    ['SELECT id FROM orders', `SELECT id FROM ${barrier('acme')} AS \`orders\``],
    ['SELECT o.id FROM shop.orders AS o', `SELECT o.id FROM ${barrier('acme')} AS o`],
    ['SELECT o.id FROM `orders` o -- all', `SELECT o.id FROM ${barrier('acme')} o -- all`],
    ['SELECT rate FROM rates', 'SELECT rate FROM rates'],
    ["SELECT 'é😀',\n orders.id FROM orders", `SELECT 'é😀',\n orders.id FROM ${barrier('acme')} AS \`orders\``],
    ['SELECT /* é😀 */ id FROM orders', `SELECT /* é😀 */ id FROM ${barrier('acme')} AS \`orders\``],
    ['SELECT rate FROM rates r WHERE EXISTS (SELECT 1 FROM orders o WHERE o.id = r.id)', `SELECT rate FROM rates r WHERE EXISTS (SELECT 1 FROM ${barrier('acme')} o WHERE o.id = r.id)`],
    ['SELECT a.id FROM orders a LEFT JOIN orders b ON a.id = b.id', `SELECT a.id FROM ${barrier('acme')} a LEFT JOIN ${barrier('acme')} b ON a.id = b.id`],
    ['WITH orders AS (SELECT id FROM orders) SELECT id FROM orders', `WITH orders AS (SELECT id FROM ${barrier('acme')} AS \`orders\`) SELECT id FROM orders`],
    ['SELECT id FROM orders UNION SELECT id FROM orders LIMIT 5', `SELECT id FROM ${barrier('acme')} AS \`orders\` UNION SELECT id FROM ${barrier('acme')} AS \`orders\` LIMIT 5`],
  ])('%s: %s', (sql, expected) => {
    const verdict = guard.enforce(sql, { tenant: { tenant: 'acme' } });
    expect(verdict.ok ? verdict.statement.sql : verdict.violations).toBe(expected);
  });

  it('holds whatever the value holds', () => {
    const verdict = guard.enforce('SELECT id FROM orders', { tenant: { tenant: "7' OR '1'='1" } });
    expect(verdict.ok && verdict.statement.sql).toBe(`SELECT id FROM ${barrier("7'' OR ''1''=''1")} AS \`orders\``);
  });

  it('caps the rows of what it filtered', () => {
    expect(guard.enforce('SELECT id FROM orders', { tenant: { tenant: 'acme' }, maxRows: 10 })).toMatchObject({ ok: true, statement: { sql: `SELECT id FROM ${barrier('acme')} AS \`orders\` LIMIT 11`, rowLimit: 10 } });
  });

  it.each([
    ['SELECT id FROM orders', {}, 'tenant'],
    ['SELECT id FROM orders', { tenant: {} }, 'tenant'],
    ['SELECT id FROM orders', { tenant: { tenant: 'a\\' } }, 'tenant'],
    ['SELECT id FROM orders', { tenant: { tenant: 'a\0' } }, 'tenant'],
    ['SELECT id FROM orders', { tenant: { tenant: '\ud800' } }, 'tenant'],
    ['SELECT shop.orders.id FROM orders', { tenant: { tenant: 'acme' } }, 'tenant'],
    ['SELECT tenant FROM orders', { tenant: { tenant: 'acme' } }, 'column'],
    ["SELECT id FROM orders WHERE tenant = 'other'", { tenant: { tenant: 'acme' } }, 'column'],
  ])('refuses %s with %j: %s', (sql, context, rule) => {
    expect(guard.enforce(sql, context)).toMatchObject({ ok: false, violations: [{ rule }] });
  });
});
