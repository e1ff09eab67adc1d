import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { attackCatalogue } from '../testing/attack-catalogue.js';

const attacks = attackCatalogue('mysql');
const guard = await createGuard({
  dialect: 'mysql',
  policy: {
    version: 1,
    searchPath: ['shop'],
    tables: [
      { schema: 'shop', name: 'orders', columns: ['id', 'customer_id', 'amount', 'placed_at'], columnsAreComplete: true },
      { schema: 'shop', name: 'customers', columns: ['id', 'name', 'country'], hiddenColumns: ['password'], columnsAreComplete: true },
      { schema: 'shop', name: 'partial', columns: ['id', 'label'] },
    ],
  },
});

describe('the attack catalogue of MySQL', () => {
  it('holds more than 500 different statements, each with a reason', () => {
    expect(attacks.length).toBeGreaterThan(500);
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
    expect(new Set(attacks.map(({ sql }) => sql)).size).toBe(attacks.length);
    expect(attacks.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });

  it('is refused as a whole, with a place inside the statement, a reason and a hint', () => {
    for (const { id, sql } of attacks) {
      const verdict = guard.check(sql);
      expect(verdict.ok, id).toBe(false);
      expect(guard.enforce(sql).ok, id).toBe(false);
      for (const { message, hint, start, end } of verdict.ok ? [] : verdict.violations) {
        expect(message.length, id).toBeGreaterThan(5);
        expect(hint.length, id).toBeGreaterThan(5);
        expect(start >= 0 && start <= end && end <= sql.length, id).toBe(true);
      }
    }
  });

  it('is refused for the column where only the column is wrong', () => {
    const others = attacks.filter(({ id }) => id.startsWith('mysql-column/')).flatMap(({ id, sql }) => {
      const verdict = guard.check(sql.replaceAll(/password/gi, 'country').replaceAll('internal_note', 'label'));
      return verdict.ok ? [] : [id];
    });
    // These are refused for their form too: stars, NATURAL JOIN, MATCH, assignments, unqualified names of both sides.
    expect(others.length).toBeLessThan(20);
  });
});

describe('ordinary reads of MySQL', () => {
  it.each([
    'SELECT id FROM orders;', "SELECT 'DELETE; it''s -- no comment' AS x FROM orders", 'SELECT id, updated_at.amount FROM (SELECT id FROM orders) q, orders AS updated_at', 'SELECT COUNT(*) FROM orders # all of them', 'SELECT 1 -- a\r, password FROM secrets\n, 2',
    'SELECT SUM(DISTINCT amount), AVG(amount) FROM orders', 'SELECT id FROM orders WHERE amount <=> 5', 'SELECT SUBSTRING(name FROM 1 FOR 2), SUBSTR(name, 2) FROM customers', "SELECT TRIM(BOTH 'x' FROM name), POSITION('a' IN name) FROM customers",
    'SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id HAVING total > 10 ORDER BY total DESC LIMIT 5 OFFSET 2', 'SELECT EXTRACT(YEAR FROM placed_at) AS y, COUNT(*) FROM orders GROUP BY y', 'SELECT placed_at - INTERVAL 1 DAY, DATE_ADD(placed_at, INTERVAL 2 MONTH) FROM orders',
    'SELECT c.name, o.amount FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.amount > 5', 'SELECT c.name FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)', 'SELECT id FROM orders WHERE amount > (SELECT AVG(amount) FROM orders)', 'SELECT (SELECT MAX(o.amount) FROM orders o WHERE o.customer_id = c.id) AS best FROM customers c',
    'WITH t AS (SELECT customer_id, SUM(amount) AS s FROM orders GROUP BY customer_id), u AS (SELECT s FROM t) SELECT MAX(s) FROM u', 'WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n', 'SELECT id, RANK() OVER (PARTITION BY customer_id ORDER BY amount DESC) AS r FROM orders',
    'SELECT SUM(amount) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM orders', "SELECT GROUP_CONCAT(DISTINCT name ORDER BY name DESC SEPARATOR ', ') FROM customers", 'SELECT CASE WHEN amount > 5 THEN 1 ELSE 0 END, IF(amount > 5, 1, 0), IFNULL(amount, 0), COALESCE(amount, 0), NULLIF(amount, 0) FROM orders',
    "SELECT CAST(amount AS SIGNED), CAST(amount AS CHAR(10)), CONVERT(name USING utf8mb4) FROM orders, customers", 'SELECT id FROM orders WHERE (id, amount) IN ((1, 2), (3, 4))', 'SELECT TIMESTAMPDIFF(DAY, placed_at, NOW()) FROM orders', "SELECT id FROM orders WHERE placed_at >= DATE '2024-01-01' AND placed_at < :until", 'SELECT DISTINCT country FROM customers',
    'SELECT COUNT(DISTINCT customer_id) FROM orders', '(SELECT id FROM orders LIMIT 1) UNION ALL (SELECT id FROM customers LIMIT 1) ORDER BY id', 'SELECT amount DIV 2, amount % 2, amount & 1, amount << 1, -amount, NOT amount FROM orders', "SELECT name LIKE 'A|%' ESCAPE '|', name REGEXP '^a', name IS NOT NULL FROM customers",
    'SELECT /* why not */ o.id /* and */ FROM shop.orders AS o', 'SELECT 1', 'SELECT NOW(), CURRENT_DATE, 1 + 1 FROM DUAL', 'SELECT `o`.`id` AS `the id` FROM `shop`.`orders` `o`', "SELECT name COLLATE utf8mb4_bin FROM customers",
  ])('%s', (sql) => {
    const verdict = guard.enforce(sql);
    expect(verdict.ok ? [] : verdict.violations).toEqual([]);
  });
});
