import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';

const policy: GuardPolicyInput = {
  version: 1,
  searchPath: ['shop'],
  tables: [
    { schema: 'shop', name: 'orders', columns: ['id', 'customer_id', 'amount', 'placed_at'], columnsAreComplete: true },
    { schema: 'shop', name: 'customers', columns: ['id', 'name'], hiddenColumns: ['password'], columnsAreComplete: true },
  ],
  maxRows: 100,
};
const guard = await createGuard({ dialect: 'mysql', policy });

describe('the MySQL guard', () => {
  it.each([
    ['SELECT COUNT(*) FROM orders', ['orders']],
    ['SELECT c.name, SUM(o.amount) AS total FROM shop.orders AS o INNER JOIN customers c ON c.id = o.customer_id GROUP BY c.name ORDER BY total DESC LIMIT 5', ['customers', 'orders']],
    ['WITH t AS (SELECT id FROM orders) SELECT id FROM t', ['orders']],
    ["SELECT `name`, 'it''s; DELETE' FROM `customers` WHERE name LIKE 'A%' -- update", ['customers']],
    ['SELECT * FROM orders', ['orders']],
    ['SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers) UNION SELECT id FROM customers', ['customers', 'orders']],
    ['SELECT DATE_FORMAT(placed_at, :f), IFNULL(amount, 0) FROM orders WHERE id = :id', ['orders']],
    ['SELECT ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY amount) AS r FROM orders', ['orders']],
    ["SELECT CASE WHEN amount > 1 THEN 'a' ELSE 'b' END, CAST(amount AS DECIMAL(10,2)), EXTRACT(YEAR FROM placed_at), placed_at - INTERVAL 1 DAY FROM orders", ['orders']],
  ])('accepts %s', (sql, relations) => {
    const verdict = guard.check(sql);
    expect(verdict.ok ? [] : verdict.violations).toEqual([]);
    expect(verdict.ok && verdict.statement.relations.map(({ name }) => name)).toEqual(relations);
  });

  it.each([
    ['', 'input-empty'],
    ['SELECT 1\0', 'input-not-text'],
    ['SELECT id FROM orders /*!50000 UNION SELECT password FROM secrets */', 'input-hint-comment'],
    ['SELECT id FROM orders /*!UNION SELECT 1*/', 'input-hint-comment'],
    ['SELECT id FROM orders /*M! UNION SELECT password FROM secrets */', 'input-hint-comment'],
    ['SELECT /*+ SET_VAR(sql_mode = ANSI_QUOTES) */ id FROM orders', 'input-hint-comment'],
    ['SELECT 1--1, password FROM secrets', 'input-hint-comment'],
    ["SELECT '\\' , password FROM secrets -- '", 'syntax'],
    ['SELECT 1e FROM orders', 'syntax'],
    ['SELECT o.1e FROM orders o', 'syntax'],
    ['SELECT 0x41 FROM orders', 'syntax'],
    ['SELECT 1.2.3 FROM orders', 'syntax'],
    ['SELECT "a" FROM orders', 'syntax'],
    ['SELECT @@version', 'unsupported-syntax'],
    ['SELECT @a := 1', 'unsupported-syntax'],
    ['SELECT id FROM orders WHERE id = ?', 'parameter'],
    [`SELECT ${'('.repeat(40)}1${')'.repeat(40)}`, 'input-nesting'],
    [`SELECT ${'('.repeat(40)}`, 'input-nesting'],
    ['SELECT 1; DELETE FROM orders', 'multiple-statements'],
    ['DELETE FROM orders', 'statement-type'],
    ['UPDATE orders SET amount = 0', 'statement-type'],
    ['WITH t AS (SELECT 1) DELETE FROM orders', 'unsupported-syntax'],
    ["SELECT id FROM orders INTO OUTFILE '/tmp/x'", 'syntax'],
    ['SELECT id INTO @x FROM orders', 'unsupported-syntax'],
    ['SELECT id FROM orders FOR UPDATE', 'unsupported-syntax'],
    ['SELECT id FROM orders LOCK IN SHARE MODE', 'syntax'],
    ['SHOW TABLES', 'statement-type'],
    ['CALL wipe()', 'statement-type'],
    ['SET @a = 1', 'unsupported-syntax'],
    ['LOAD DATA INFILE \'x\' INTO TABLE orders', 'syntax'],
    ['SELECT * FROM secrets', 'relation'],
    ['SELECT * FROM mysql.user', 'relation'],
    ['SELECT * FROM information_schema.tables', 'relation'],
    ['WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets', 'relation'],
    ['SELECT id FROM orders UNION SELECT password FROM secrets', 'relation'],
    ['SELECT (SELECT password FROM secrets LIMIT 1)', 'relation'],
    ['SELECT password FROM customers', 'column'],
    ['SELECT PassWord FROM customers', 'column'],
    ['SELECT c.`password` FROM customers c', 'column'],
    ['SELECT id FROM customers ORDER BY password', 'column'],
    ['SELECT * FROM customers', 'wildcard'],
    ['SELECT c.* FROM customers c', 'wildcard'],
    ['SELECT 1 FROM customers NATURAL JOIN orders', 'wildcard'],
    ['SELECT 1 FROM customers a JOIN customers b USING (password)', 'column'],
    ['SELECT nothing FROM orders', 'unknown-column'],
    ['SELECT SLEEP(5)', 'function'],
    ["SELECT LOAD_FILE('/etc/passwd')", 'function'],
    ['SELECT BENCHMARK(1000000, MD5(1))', 'function'],
    ["SELECT GET_LOCK('a', 1)", 'function'],
    ['SELECT VERSION()', 'function'],
    ['SELECT MD5(name) FROM customers', 'function'],
    ['SELECT USER()', 'function'],
    ['SELECT shop.leak(1)', 'function'],
    ["SELECT REPEAT('x', 1000000000)", 'limit'],
    ["SELECT REPEAT(REPEAT('x', 1000), 1000)", 'limit'],
    ["SELECT REPEAT(name, id) FROM customers", 'limit'],
    ['SELECT SPACE(1000000000)', 'limit'],
    ['SELECT SPACE(id) FROM orders', 'limit'],
    ["SELECT MATCH(name, password) AGAINST ('x') FROM customers", 'column'],
    ["SELECT MATCH(customers.password) AGAINST ('x') FROM customers", 'column'],
    ['SELECT country, COUNT(*) FROM customers GROUP BY country, password WITH ROLLUP', 'column'],
    ['SELECT id MOD password FROM customers', 'column'],
    ['SELECT DISTINCTROW password FROM customers', 'column'],
    ['SELECT ALL password FROM customers', 'column'],
    ['SELECT EXTRACT(YEAR_MONTH FROM password) FROM customers', 'column'],
    ['SELECT SUM(id) OVER (w ROWS (SELECT 1 FROM secrets) PRECEDING) FROM orders WINDOW w AS (ORDER BY id)', 'relation'],
    ['SELECT 1 FROM (SELECT password FROM secrets) AS q (a)', 'relation'],
    ['SELECT q.a FROM (SELECT password FROM customers) AS q (a)', 'column'],
    ['WITH rollup AS (SELECT password FROM customers) SELECT * FROM rollup', 'syntax'],
    ["SELECT LPAD('x', 1000000000, 'y')", 'limit'],
    ["SELECT UPDATEXML(1, CONCAT('a', (SELECT 1)), 1)", 'function'],
  ])('refuses %s', (sql, rule) => {
    const verdict = guard.check(sql);
    expect(verdict.ok ? ['accepted'] : verdict.violations.map((violation) => violation.rule)).toContain(rule);
  });

  it.each([
    ['SELECT id FROM orders; -- all', 'SELECT id FROM orders LIMIT 101; -- all', 100],
    ['SELECT id FROM orders LIMIT 7', 'SELECT id FROM orders LIMIT 7', 7],
    ['SELECT id FROM orders LIMIT 5000', 'SELECT id FROM orders LIMIT 101', 100],
    ['SELECT id FROM orders LIMIT 5, 7', 'SELECT id FROM orders LIMIT 5, 7', 7],
    ['SELECT id FROM orders LIMIT 5, 1000', 'SELECT id FROM orders LIMIT 5, 101', 100],
    ['SELECT id FROM orders LIMIT 5000 OFFSET 5', 'SELECT id FROM orders LIMIT 101 OFFSET 5', 100],
    ['SELECT id, COUNT(*) FROM orders GROUP BY id WITH ROLLUP', 'SELECT id, COUNT(*) FROM orders GROUP BY id WITH ROLLUP LIMIT 101', 100],
    ['SELECT DISTINCTROW id MOD 3 FROM orders -- x', 'SELECT DISTINCTROW id MOD 3 FROM orders LIMIT 101 -- x', 100],
    ['SELECT id FROM orders UNION SELECT id FROM customers', 'SELECT id FROM orders UNION SELECT id FROM customers LIMIT 101', 100],
  ])('caps the rows of %s', (sql, expected, rowLimit) => {
    expect(guard.enforce(sql)).toMatchObject({ ok: true, statement: { sql: expected, rowLimit } });
  });

  it('refuses to cap what it can not read', () => {
    expect(guard.enforce('SELECT id FROM orders LIMIT :n')).toMatchObject({ ok: false, violations: [{ rule: 'rewrite' }] });
  });

  it('takes no tenant filter with a type', async () => {
    await expect(createGuard({ dialect: 'mysql', policy: { ...policy, tenantFilters: [{ schema: 'shop', table: 'orders', column: 'customer_id', value: 'c', type: 'signed' }] } })).rejects.toMatchObject({ code: 'policy-invalid' });
  });

  it('tells statements of one shape by their fingerprint', () => {
    const print = (sql: string): string => {
      const verdict = guard.check(sql);
      return verdict.ok ? verdict.statement.fingerprint : 'refused';
    };
    expect(print('SELECT id FROM orders WHERE amount > 10')).toBe(print('SELECT  id\nFROM orders WHERE amount > 2 -- two'));
    expect(print('SELECT id FROM orders GROUP BY id WITH ROLLUP')).not.toBe(print('SELECT id FROM orders GROUP BY id'));
    expect(print('SELECT id FROM orders WHERE amount > 10')).not.toBe(print('SELECT id FROM orders WHERE id > 10'));
  });
});
