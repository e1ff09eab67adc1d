import fc from 'fast-check';

/**
 * Random statements over the database of `attacks/setup.sql`, by a grammar that mostly makes sense to PostgreSQL
 * and now and then reaches for what the policy hides.
 */
const words = (list: string): fc.Arbitrary<string> => fc.constantFrom(...list.split(' '));
const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.oneof({ arbitrary: usual, weight: 24 }, { arbitrary: rare, weight: 1 });
const format = (template: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> => fc.tuple(...parts).map((values) => values.reduce((text, value, index) => text.replaceAll(`{${String(index)}}`, () => value), template));

const relation = rarely(
  fc.constantFrom('orders', 'public.orders', 'orders AS o', 'customers', 'notes', 'partial', 'ONLY orders', 'orders TABLESAMPLE BERNOULLI (50)', '(VALUES (1, 2.5)) AS v(id, amount)', 'generate_series(1, 3) AS id', "jsonb_each('{\"a\": 1}') AS e", 'unnest(ARRAY[1, 2]) WITH ORDINALITY AS u(id, amount)', 'LATERAL (SELECT 1 AS id, 2.0 AS amount) l', "XMLTABLE('/a' PASSING ('<a><b>1</b></a>'::xml) COLUMNS id int PATH 'b') x"),
  fc.constantFrom('secrets', '"Orders"', 'customer_directory', 'pg_authid', 'vault.keys', 'counter', 'orders_archive', "pg_ls_dir('.')", 'customers c(a, b, d, e)', 'order_totals', 'information_schema.tables'),
);

const column = rarely(words('o.id o.amount o.customer_id amount customer_id placed_at'), words('id name country c.name label n.body orders.id customers.name password secret o.password customers.password c orders customers o ctid xmin o.order_secret (amount).pg_sleep (o).order_secret customers.*'));

const { expression, condition } = fc.letrec<{ expression: string; condition: string; query: string }>((tie) => {
  const e = tie('expression');
  const c = tie('condition');
  const call = rarely(
    fc.oneof(
      format('{0}({1})', words('abs ceil floor round length upper lower to_jsonb md5 quote_literal pg_typeof count max min'), e),
      format('{0}({1}) OVER (ORDER BY {2})', words('sum avg count max'), e, e),
      format('{0}({1}::numeric) FILTER (WHERE {2})', words('sum avg stddev'), e, c),
      format('coalesce({0}, {1})', e, e),
      format('extract(year FROM {0}::timestamptz)', e),
      format('date_trunc({0}, now())', fc.constantFrom("'day'", "'month'")),
      format("JSON_OBJECT('k': {0})", e),
      format('concat({0}, {1})', e, e),
      format('percentile_cont(0.5) WITHIN GROUP (ORDER BY {0}::float8)', e),
      format("lpad({0}::text, 5, '*')", e),
      format('CASE WHEN {0} THEN {1} ELSE {2} END', c, e, e),
      format('ARRAY[{0}, {1}]', e, e),
    ),
    fc.oneof(
      format('{0}({1})', words('leak pg_sleep nextval setval set_config current_setting pg_notify pg_read_file query_to_xml lo_create txid_current pg_advisory_lock public.lower evil.lower'), fc.constantFrom("'counter'", '0.001', '1', "'x'", "'a', 'b', true", "'SELECT * FROM secrets', true, true, ''")),
      format("repeat({0}::text, {1})", e, fc.constantFrom('2', '1000000000')),
    ),
  );
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: column, weight: 5 },
      { arbitrary: fc.constantFrom('1', '2.5', "'a'", "'it''s'", 'NULL', 'true', "DATE '2024-01-05'", "interval '1 day'", '$$x$$', "E'\\\\'", "U&'\\0041'", 'current_date', "'password'"), weight: 4 },
      { arbitrary: format('({0} {1} {2})', e, rarely(words('+ - * / || = <> < % ^'), words('OPERATOR(evil.=) OPERATOR(public.+) ==>')), e), weight: 3 },
      { arbitrary: call, weight: 4 },
      { arbitrary: format('{0}::{1}', e, rarely(words('text int numeric jsonb date timestamptz float8'), words('regclass checked evil.checked customers mood'))), weight: 2 },
      { arbitrary: format('({0})', tie('query')), weight: 1 },
      { arbitrary: format('({0} {1} AT TIME ZONE {2})', fc.constant('now()'), fc.constant(''), fc.constantFrom("'UTC'", "'Europe/Madrid'")), weight: 1 },
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: format('{0} {1} {2}', e, words('= < > <> >= LIKE'), e), weight: 4 },
      { arbitrary: format('{0} IS NOT NULL', e), weight: 2 },
      { arbitrary: format('{0} IN ({1}, {2})', e, e, e), weight: 1 },
      { arbitrary: format('{0} BETWEEN {1} AND {2}', e, e, e), weight: 1 },
      { arbitrary: format('({0} AND {1})', c, c), weight: 1 },
      { arbitrary: format('NOT ({0})', c), weight: 1 },
      { arbitrary: format('EXISTS ({0})', tie('query')), weight: 1 },
      { arbitrary: format('{0} = ANY (ARRAY[{1}])', e, e), weight: 1 },
    ),
    query: select(e, c, fc.constant('')),
  };
});

function select(e: fc.Arbitrary<string>, c: fc.Arbitrary<string>, prefix: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const from = fc.oneof(
    { arbitrary: fc.constantFrom('orders o', 'orders o', 'public.orders AS o', 'orders o, notes n', 'orders o TABLESAMPLE BERNOULLI (50)', 'orders o CROSS JOIN LATERAL (SELECT o.id + 1 AS next) l', '(SELECT * FROM orders) o', 'orders o, generate_series(1, 3) g'), weight: 16 },
    { arbitrary: format('orders o {0} JOIN customers c ON {1}', words('INNER LEFT FULL'), c), weight: 3 },
    { arbitrary: relation, weight: 1 },
    { arbitrary: format('orders o, {0}', relation), weight: 2 },
    { arbitrary: format('orders JOIN {0} USING ({1})', relation, words('id id customer_id password')), weight: 1 },
    { arbitrary: format('{0} NATURAL JOIN {1}', relation, relation), weight: 1 },
  );
  const targets = fc.oneof({ arbitrary: fc.array(format('{0}{1}', e, fc.constantFrom('', '', ' AS a', ' AS "B"')), { minLength: 1, maxLength: 3 }).map((list) => list.join(', ')), weight: 6 }, { arbitrary: fc.constantFrom('*', 'o.*', 'count(*)', 'DISTINCT id', 'DISTINCT ON (id) id'), weight: 2 });
  const tail = fc.oneof({ arbitrary: fc.constantFrom('', '', '', ' LIMIT 3', ' ORDER BY 1', ' OFFSET 1', ' FETCH FIRST 2 ROWS ONLY'), weight: 12 }, { arbitrary: fc.constantFrom(' FOR UPDATE', ' FOR SHARE', ' GROUP BY 1', ' GROUP BY ROLLUP (id)', ' UNION SELECT 1', ' UNION ALL SELECT password FROM secrets', '; DELETE FROM orders', ' -- end', ' /* end */'), weight: 3 });
  return format('{0}SELECT {1} FROM {2}{3}{4}', prefix, targets, from, fc.option(format(' WHERE {0}', c), { nil: '' }), tail);
}

const common = rarely(
  fc.constantFrom('', '', '', 'WITH t AS (SELECT id, amount FROM orders) ', 'WITH orders AS (SELECT 1 AS id, 2.5 AS amount) ', 'WITH RECURSIVE t(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM t WHERE id < 3) ', 'WITH secrets AS (SELECT 1 AS id) '),
  fc.constantFrom('WITH t AS (DELETE FROM orders RETURNING id) ', 'WITH secrets AS (SELECT * FROM secrets) ', 'EXPLAIN ANALYZE ', 'WITH t AS (INSERT INTO notes VALUES (9, $$x$$) RETURNING id) ', 'CREATE TABLE t9 AS '),
);

/** Statements by the grammar above. */
export const generatedStatement: fc.Arbitrary<string> = select(expression, condition, common);

/** Statements made by changing a few tokens of a given one: names swapped, parts dropped, doubled or wrapped. */
export function mutatedStatement(seeds: readonly string[], tokens: (sql: string) => readonly { readonly start: number; readonly end: number; readonly kind: string }[]): fc.Arbitrary<string> {
  const names = words('orders customers secrets notes partial password id amount name secret pg_sleep nextval lower leak count public evil pg_catalog customers.password "Orders" ctid o c * t');
  const glue = fc.constantFrom(' ', '/**/', '\n', ' -- x\n', '\t', '(', ')', ',', ';', ' FROM ', ' UNION SELECT ', ' AS ', '.', '::', "'", '"', ' FOR UPDATE', ' INTO x ', ' LATERAL ', ' ONLY ');
  const change = fc.record({ kind: fc.constantFrom('rename', 'drop', 'double', 'insert', 'swap'), at: fc.nat(10_000), other: fc.nat(10_000), name: names, glue });
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 3 })).map(([seed, changes]) => {
    let sql = seed;
    for (const { kind, at, other, name, glue: between } of changes) {
      const list = tokens(sql);
      const token = list[at % Math.max(1, list.length)];
      const partner = list[other % Math.max(1, list.length)];
      if (token === undefined || partner === undefined) continue;
      const put = (text: string): string => sql.slice(0, token.start) + text + sql.slice(token.end);
      const own = sql.slice(token.start, token.end);
      sql = kind === 'rename' ? put(name) : kind === 'drop' ? put('') : kind === 'double' ? put(`${own} ${own}`) : kind === 'insert' ? put(own + between) : put(sql.slice(partner.start, partner.end));
    }
    return sql;
  });
}

export const seedsOfReads: readonly string[] = [
  'SELECT id, amount FROM orders WHERE amount > 1 ORDER BY placed_at DESC LIMIT 10',
  'SELECT c.name, sum(o.amount) AS total FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name HAVING sum(o.amount) > 0 ORDER BY total',
  'WITH t AS (SELECT customer_id, rank() OVER (PARTITION BY customer_id ORDER BY amount) AS r FROM orders) SELECT * FROM t WHERE r = 1',
  'SELECT * FROM orders o LEFT JOIN LATERAL (SELECT name FROM customers c WHERE c.id = o.customer_id) l ON true',
  "SELECT date_trunc('month', placed_at) AS month, count(*) FILTER (WHERE amount > 0.005) FROM orders GROUP BY month",
  'SELECT id FROM orders INTERSECT SELECT id FROM customers',
  "SELECT n.body, jsonb_build_object('id', n.id) FROM notes n",
  'SELECT label FROM partial WHERE EXISTS (SELECT * FROM customers WHERE customers.id = partial.id)',
  'SELECT count(*) FROM orders GROUP BY GROUPING SETS ((customer_id), ())',
  "SELECT (o).amount, o.id[1] FROM (SELECT 1 AS id, 2 AS amount) o",
];

