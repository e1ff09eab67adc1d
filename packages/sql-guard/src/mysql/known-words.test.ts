import { describe, expect, it } from 'vitest';
import { guardPolicySchema } from '../policy/guard-policy.js';
import { knownWords } from './known-words.js';
import { plainerText } from './plainer-text.js';
import { screenMysql } from './screen-mysql.js';

const { limits } = guardPolicySchema.parse({ version: 1 });
const tokensOf = (sql: string) => {
  const screened = screenMysql(sql, limits);
  if (!screened.ok) throw new Error(screened.violation.message);
  return screened.tokens;
};

describe('words that both parsers of MySQL know', () => {
  it.each([
    ['SELECT a MOD b', 'SELECT a %   b'],
    ['SELECT (a) MOD (b), 7 mod (2), `a` MOD (3)', 'SELECT (a) %   (b), 7 %   (2), `a` %   (3)'],
    ['SELECT MOD(a, b), 1 + MOD (a, b)', 'SELECT MOD(a, b), 1 + MOD (a, b)'],
    ['SELECT a.mod, a.`mod`, a.all', 'SELECT a.mod, a.`mod`, a.all'],
    ['SELECT a FROM t GROUP BY a WITH ROLLUP', 'SELECT a FROM t GROUP BY a            '],
    ['SELECT a FROM t GROUP BY a WITH\n ROLLUP LIMIT 1', 'SELECT a FROM t GROUP BY a     \n        LIMIT 1'],
    ['WITH `rollup` AS (SELECT 1) SELECT 1', 'WITH `rollup` AS (SELECT 1) SELECT 1'],
    ['SELECT DISTINCTROW a, EXTRACT(year_month FROM a), a + INTERVAL 1 DAY_HOUR', 'SELECT DISTINCT    a, EXTRACT(YEAR       FROM a), a + INTERVAL 1 DAY     '],
    ['SELECT ALL a FROM t UNION ALL SELECT all b', 'SELECT     a FROM t UNION ALL SELECT     b'],
    ["SELECT a > ALL (SELECT 'WITH ROLLUP')", "SELECT a > ALL (SELECT 'WITH ROLLUP')"],
  ])('%j: %j', (sql, expected) => {
    expect(knownWords(sql, tokensOf(sql))).toBe(expected);
    expect(expected).toHaveLength(sql.length);
  });

  it.each([
    ['SELECT SUM(a) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)', 'SELECT SUM(a) OVER ( )'],
    ['SELECT SUM(a) OVER (ORDER BY a RANGE INTERVAL 1 DAY PRECEDING)', 'SELECT SUM(a) OVER (ORDER BY a )'],
    ['SELECT SUM(a) OVER (ORDER BY a ROWS (SELECT 1) PRECEDING)', 'SELECT SUM(a) OVER (ORDER BY a ROWS (SELECT 1) PRECEDING)'],
    ['SELECT SUM(a) OVER (PARTITION BY a)', 'SELECT SUM(a) OVER (PARTITION BY a)'],
    ['SELECT a FROM (SELECT 1, 2) AS q (a, `b`)', 'SELECT a FROM (SELECT 1, 2) AS q '],
    ['SELECT a FROM (SELECT 1) AS q (SELECT 1)', 'SELECT a FROM (SELECT 1) AS q (SELECT 1)'],
    ['SELECT a FROM (t) JOIN (u, v)', 'SELECT a FROM (t) JOIN (u, v)'],
    ['SELECT VARIANCE(a), LOCALTIMESTAMP, LOCALTIMESTAMP(), t.variance', 'SELECT VAR_POP(a), NOW(), LOCALTIMESTAMP(), t.variance'],
    ['SELECT BINARY a, CAST(a AS BINARY), t.binary FROM t', 'SELECT  a, CAST(a AS BINARY), t.binary FROM t'],
  ])('the second alone: %j: %j', (sql, expected) => {
    expect(plainerText(sql, tokensOf(sql))).toBe(expected);
  });
});
