import fc from 'fast-check';

/** What random statements may name: of these tables they mostly make sense to MySQL, and now and then they reach for what is hidden. */
export interface MysqlVocabulary {
  /** Items of FROM with the alias `t` or `u`, which has `id`. */
  readonly tables: readonly string[];
  /** Columns of `t` that may be read. */
  readonly columns: readonly string[];
  /** Names that may not be read, tables and columns. */
  readonly hiddenTables: readonly string[];
  readonly hiddenColumns: readonly string[];
}

const words = (list: string): fc.Arbitrary<string> => fc.constantFrom(...list.split(' '));
const format = (template: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> => fc.tuple(...parts).map((values) => values.reduce((text, value, index) => text.replaceAll(`{${String(index)}}`, () => value), template));
const rarely = (usual: fc.Arbitrary<string>, rare: fc.Arbitrary<string>, often = 30): fc.Arbitrary<string> => fc.oneof({ arbitrary: usual, weight: often }, { arbitrary: rare, weight: 1 });

/** Calls that fail, or tell by an error, when they meet a value that they can't take. */
const touchy = [
  "JSON_EXTRACT({0}, '$.a')", "JSON_LENGTH({0})", 'JSON_KEYS({0})', "JSON_CONTAINS({0}, '1')", 'CAST({0} AS JSON)', "{0} REGEXP {1}", 'REGEXP_REPLACE({1}, {0}, {1})', '{0} / {1}', '{0} DIV {1}', '{0} % {1}',
  '{0} * 9223372036854775807', '{0} + 9223372036854775807', '{0} - 9223372036854775807', '- {0}', 'EXP({0})', 'POW({0}, 99)', 'COT({0})', 'CAST({0} AS SIGNED)', 'CAST({0} AS UNSIGNED)', 'CAST({0} AS DATE)',
  "STR_TO_DATE({0}, '%Y')", 'DATE_ADD({0}, INTERVAL {1} DAY)', '{0} << {1}', 'CAST({0} AS DECIMAL(3, 2))', "JSON_OBJECT({0}, {1})", "{0} -> '$.a'", '{0} MOD {1}', 'EXTRACT(YEAR_MONTH FROM {0})', 'DATE_ADD({0}, INTERVAL {1} DAY_HOUR)', 'INSERT({0}, 1, 1, {1})', "JSON_SET({0}, '$.a', {1})", 'REPEAT({0}, 3)', '({0} > {1}) IS UNKNOWN', 'TIMESTAMPADD(MONTH, {1}, {0})', 'MAKETIME({0}, {1}, 1)', 'UNHEX({0})', "{0} COLLATE utf8mb4_bin", 'CONVERT({0} USING ascii)',
];

/** Random statements of MySQL by a grammar. */
export function mysqlStatements({ tables, columns, hiddenTables, hiddenColumns }: MysqlVocabulary): fc.Arbitrary<string> {
  const table = rarely(fc.constantFrom(...tables), fc.constantFrom(...hiddenTables));
  const column = rarely(fc.constantFrom(...columns, ...columns.map((name) => `t.${name}`), 't.id', 'u.id'), fc.constantFrom(...hiddenColumns, ...hiddenColumns.map((name) => `t.${name}`), 'x', 't.*', '1e', '2fa_secret', 'T.id', 'T.ID', 'shop.t.id'), 24);
  const { query } = fc.letrec<{ e: string; c: string; select: string; query: string }>((tie) => {
    const [e, c, inner] = [tie('e'), tie('c'), tie('query')];
    const plainCall = fc.oneof(
      format('{0}({1})', words('ABS CEIL LENGTH UPPER LOWER HEX CRC32 ROUND QUOTE REVERSE JSON_VALID JSON_TYPE ISNULL BIN CHAR_LENGTH'), e),
      format('{0}({1})', words('COUNT SUM MIN MAX AVG GROUP_CONCAT JSON_ARRAYAGG BIT_OR STDDEV'), e),
      format('{0}({1}) OVER (ORDER BY {2})', words('SUM COUNT MIN LAG FIRST_VALUE'), e, e),
      format('RANK() OVER (PARTITION BY {0} ORDER BY {1} DESC)', e, e),
      format('{0}({1}, {2})', words('COALESCE IFNULL NULLIF CONCAT GREATEST LEAST LOCATE STRCMP FIELD'), e, e),
      format('IF({0}, {1}, {2})', c, e, e),
      format('CASE WHEN {0} THEN {1} ELSE {2} END', c, e, e),
      format('SUBSTRING({0}, 1, 3)', e),
      format("CONCAT_WS('-', {0}, {1})", e, e),
    );
    const badCall = fc.oneof(format('{0}({1})', words('SLEEP leak shop.leak LOAD_FILE LAST_INSERT_ID `lower` shop.`lower` BENCHMARK'), fc.constantFrom('0', '1', "'a'", '1, 1')), fc.constantFrom('@a := 1', '@@version', 'USER()', 'COUNT (1)', 'CURRENT_USER'));
    return {
      e: fc.oneof(
        { depthSize: 'xsmall', maxDepth: 3, withCrossShrink: true },
        { arbitrary: column, weight: 8 },
        { arbitrary: fc.constantFrom('1', '0', '2.5', '-1', "'a'", "'it''s'", 'NULL', 'TRUE', "DATE '2024-01-05'", '1e3', '.5', "''", 'NOW()'), weight: 4 },
        { arbitrary: format('({0} {1} {2})', e, words('+ - * = < > <=> & |'), e), weight: 3 },
        { arbitrary: rarely(plainCall, badCall), weight: 4 },
        { arbitrary: fc.constantFrom(...touchy).chain((template) => format(template, e, e)), weight: 5 },
        { arbitrary: format('({0})', inner), weight: 2 },
      ),
      c: fc.oneof(
        { depthSize: 'xsmall', maxDepth: 3, withCrossShrink: true },
        { arbitrary: format('{0} {1} {2}', e, words('= < > <> >= LIKE REGEXP'), e), weight: 5 },
        { arbitrary: format('{0} IS NOT NULL', e), weight: 2 },
        { arbitrary: format('{0} IN ({1}, {2})', e, e, e), weight: 1 },
        { arbitrary: format('{0} IN ({1})', e, inner), weight: 1 },
        { arbitrary: format('{0} > ALL ({1})', e, inner), weight: 1 },
        { arbitrary: format('({0} OR {1})', c, c), weight: 1 },
        { arbitrary: format('{0} AND {1}', c, c), weight: 1 },
        { arbitrary: format('NOT ({0})', c), weight: 1 },
        { arbitrary: format('EXISTS ({0})', inner), weight: 1 },
        { arbitrary: format('{0} BETWEEN {1} AND {2}', e, e, e), weight: 1 },
        { arbitrary: fc.constantFrom('t.id = u.id', '1 = 1', 't.id > 1'), weight: 2 },
      ),
      select: format(
        '{0}SELECT {1} FROM {2}{3}{4}',
        rarely(fc.constantFrom('', '', '', `WITH q AS (SELECT id FROM ${tables[0] ?? ''}) `, 'WITH RECURSIVE q (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM q WHERE id < 3) '), format('WITH q AS (SELECT * FROM {0}) ', fc.constantFrom(...hiddenTables)), 20),
        fc.oneof({ arbitrary: fc.array(format('{0}{1}', e, fc.constantFrom('', '', ' AS a', ' AS `id`')), { minLength: 1, maxLength: 3 }).map((list) => list.join(', ')), weight: 6 }, { arbitrary: fc.constantFrom('*', 't.*', 'COUNT(*)', 'DISTINCT t.id', 'DISTINCTROW t.id', 'ALL t.id', 'COUNT(*) AS a'), weight: 2 }),
        fc.oneof(
          { arbitrary: format('{0} t', table), weight: 4 },
          { arbitrary: format('{0} t, {1} u', table, table), weight: 2 },
          { arbitrary: format('{0} t {1} JOIN {2} u ON {3}', table, words('INNER LEFT RIGHT'), table, c), weight: 4 },
          { arbitrary: format('{0} t JOIN {1} u USING (id)', table, table), weight: 1 },
          { arbitrary: format('(SELECT * FROM {0} t WHERE {1}) t, {2} u', table, c, table), weight: 2 },
          { arbitrary: format('{0} u, LATERAL (SELECT t.* FROM {1} t WHERE {2}) t', table, table, c), weight: 1 },
          { arbitrary: format('(SELECT id, {0} FROM {1} t) AS t (id, {2})', column, table, words('name amount password')), weight: 1 },
          { arbitrary: format('({0}) t', fc.constantFrom(...tables.map((name) => `SELECT * FROM ${name} UNION ALL SELECT * FROM ${name}`))), weight: 1 },
          { arbitrary: format('{0} NATURAL JOIN {1}', table, table), weight: 1 },
          { arbitrary: format('{0} t, q', table), weight: 1 },
        ),
        fc.option(format(' WHERE {0}', c), { nil: '' }),
        rarely(
          fc.oneof(fc.constantFrom('', '', '', ' ORDER BY 1', ' ORDER BY a', ' GROUP BY t.id', ' GROUP BY a', ' GROUP BY t.id WITH ROLLUP', ' ORDER BY 1 LIMIT 1, 2', ' -- end', ' /* end */'), format(' ORDER BY {0}', e), format(' GROUP BY {0}', e), format(' GROUP BY t.id HAVING {0}', c)),
          fc.constantFrom(' FOR UPDATE', ' FOR SHARE', ' INTO @a', " INTO OUTFILE '/tmp/x'", '; DELETE FROM orders', ' LOCK IN SHARE MODE', ' /*!50000 UNION SELECT 1 */', ' /*!90700 , 2 */', ' UNION TABLE secrets', ' LIMIT 1', ' WITH ROLLUP', ' PROCEDURE ANALYSE()'),
          12,
        ),
      ),
      query: fc.oneof({ arbitrary: tie('select'), weight: 12 }, { arbitrary: format('{0} {1} {2}', tie('select'), fc.constantFrom('UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'), tie('select')), weight: 1 }),
    };
  });
  return query;
}
