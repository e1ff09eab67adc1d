import fc from 'fast-check';
import { Choices } from './choices.js';

/**
 * Random statements about names: what an alias, a list of aliases, a call in FROM or a common table expression makes of the names
 * in and around it, where columns, hidden columns, functions and relations have the same ones. Most mean something to PostgreSQL,
 * because references are made from what is in sight.
 */
export const namingStatement: fc.Arbitrary<string> = fc.uint8Array({ minLength: 200, maxLength: 200, size: 'max' }).map((bytes) => new NamingStatement(new Choices(bytes)).text());

/** What one FROM item brings in, as far as the generator guesses. */
interface Item {
  readonly alias: string;
  readonly columns: readonly string[];
}

/** A call in FROM; without columns it brings its alias along. */
interface Call {
  readonly sql: () => string;
  readonly columns: readonly string[] | null;
}

interface Sight {
  readonly items: readonly Item[];
  readonly parent: Sight | null;
}

// Without `notes`: of a table whose columns nobody listed, x.f may be a call, as the manual says.
const stored: Readonly<Record<string, readonly string[]>> = {
  customers: ['id', 'name', 'country', 'password'], guests: ['password', 'id'], partial: ['id', 'label', 'secret'], orders: ['id', 'customer_id', 'amount', 'placed_at'],
};
const hostile = ['password', 'secret', 'password', 'record_call', 'leak_any', 'order_secret'] as const;
const aliases = ['x', 'password', 'secret', 'password', 'record_call', 'leak_any', 'a'] as const;
const listed = ['a', 'b', 'password', 'secret', 'id', 'record_call'] as const;

class NamingStatement {
  readonly #choose: Choices;
  #depth = 0;
  #ctes: readonly Item[] = [];

  constructor(choose: Choices) {
    this.#choose = choose;
  }

  text(): string {
    // The hidden columns are in sight from everywhere below.
    const around = this.#choose.of(['customers', 'customers c', 'partial p', 'orders o, customers c', 'orders o, customers c', 'orders o, partial p'] as const);
    const items = around.split(', ').map((item) => ({ alias: item.split(' ').at(-1) as string, columns: stored[item.split(' ')[0] as string] ?? [] }));
    return this.#select({ items: [], parent: null }, 1 + Number(this.#choose.chance(30)), { sql: around, items }).sql;
  }

  /** A query with `width` output columns. */
  #query(outer: Sight, width: number): { readonly sql: string; readonly columns: readonly string[] } {
    this.#depth += 1;
    const ctes = this.#ctes;
    const choose = this.#choose;
    const withClause = this.#depth < 3 && choose.chance(15) ? this.#with(outer) : '';
    const twoSided = choose.chance(10);
    if (width === 2 && choose.chance(5)) {
      this.#ctes = ctes;
      this.#depth -= 1;
      return { sql: `${withClause}TABLE guests`, columns: stored.guests ?? [] };
    }
    if (choose.chance(4)) {
      const [left, right] = [this.#select(outer, width, null), this.#select(outer, width, null)];
      this.#ctes = ctes;
      this.#depth -= 1;
      return { sql: `${withClause}(${left.sql}) ${choose.of(['UNION ALL', 'UNION', 'EXCEPT ALL'])} (${right.sql})${choose.chance(50) ? ` ORDER BY ${this.#oneOf(left.columns)}` : ''}`, columns: left.columns };
    }
    let made = choose.chance(8) ? this.#values(outer, width) : this.#select(outer, width, null, !twoSided);
    if (twoSided) {
      const name = this.#oneOf(made.columns);
      made = { columns: made.columns, sql: `${made.sql} ${choose.of(['UNION ALL', 'UNION', 'INTERSECT', 'EXCEPT'])} ${this.#select(outer, width, null, false).sql}${choose.chance(40) ? ` ORDER BY ${name}` : ''}` };
    }
    this.#ctes = ctes;
    this.#depth -= 1;
    return { sql: withClause + made.sql, columns: made.columns };
  }

  #values(outer: Sight, width: number): { readonly sql: string; readonly columns: readonly string[] } {
    const list = Array.from({ length: width }, () => this.#expression(outer));
    return { sql: `VALUES (${list.join(', ')})`, columns: list.map((_, index) => `column${String(index + 1)}`) };
  }

  #with(outer: Sight): string {
    const choose = this.#choose;
    const name = choose.of(['t', 'guests', 'customers', 'orders', 'password'] as const);
    if (choose.chance(25)) {
      const column = choose.of(listed);
      this.#ctes = [...this.#ctes, { alias: name, columns: [column, 's', 'c', 'p'] }];
      const more = choose.of(['', '', ` SEARCH DEPTH FIRST BY ${column} SET s`, ` CYCLE ${column} SET c USING p`, ` SEARCH BREADTH FIRST BY ${column} SET password`, ` CYCLE ${column} SET password USING secret`] as const);
      return `WITH RECURSIVE ${name}(${column}) AS (SELECT 1 UNION ALL SELECT ${column} + 1 FROM ${name} WHERE ${column} < 3)${more} `;
    }
    const { sql, columns } = this.#query(outer, 1 + Number(choose.chance(30)));
    const list = this.#list();
    this.#ctes = [...this.#ctes, { alias: name, columns: [...list.names, ...columns.slice(list.names.length)] }];
    return `WITH ${choose.chance(20) ? 'RECURSIVE ' : ''}${name}${list.sql} AS ${choose.chance(20) ? 'MATERIALIZED ' : ''}(${sql}) `;
  }

  #select(outer: Sight, width: number, given: { readonly sql: string; readonly items: readonly Item[] } | null, tail = true): { readonly sql: string; readonly columns: readonly string[] } {
    const choose = this.#choose;
    const from: string[] = given === null ? [] : [given.sql];
    let sight: Sight = { items: given?.items ?? [], parent: outer };
    const count = given === null ? 1 + Number(choose.chance(20)) : Number(choose.chance(30));
    for (let index = 0; index < count; index += 1) {
      const { sql, items } = this.#item(sight);
      from.push(sql);
      sight = { items: [...sight.items, ...items], parent: outer };
    }
    const columns: string[] = [];
    const targets = Array.from({ length: width }, () => {
      // Names at the top only mean what they say; below they may mean something at the top.
      const expression = given !== null && choose.chance(65) ? this.#scalar(sight) : choose.chance(8) ? `${this.#oneOf(sight.items.map(({ alias }) => alias))}.*` : this.#expression(sight);
      const name = choose.chance(25) ? choose.of(listed) : '';
      columns.push(name === '' ? (/^[\w.]*?([a-z_]+)$/.exec(expression)?.[1] ?? /^([a-z_]+)\(/.exec(expression)?.[1] ?? 'a') : name);
      return name === '' ? expression : `${expression} AS ${name}`;
    });
    const clause = (percent: number, text: () => string): string => (choose.chance(percent) ? text() : '');
    const where = clause(15, () => ` WHERE ${this.#condition(sight)}`);
    const group = clause(8, () => ` GROUP BY ${choose.make(() => this.#name(sight), () => '1', () => this.#oneOf(columns), () => `GROUPING SETS ((${this.#oneOf(columns)}), ())`, () => `ROLLUP (${this.#name(sight)})`)}`);
    const having = group === '' ? '' : clause(30, () => ` HAVING ${choose.make(() => `count(${this.#name(sight)}) > 0`, () => `GROUPING(${this.#name(sight)}) = 0`, () => `max(${this.#name(sight)}::text) > 'T'`, () => this.#condition(sight))}`);
    const window = clause(4, () => ` WINDOW password AS (PARTITION BY ${this.#name(sight)})`);
    const order = tail ? clause(15, () => ` ORDER BY ${choose.make(() => this.#oneOf(columns), () => this.#name(sight), () => `${this.#oneOf(columns)} COLLATE "C"`, () => `length(${this.#oneOf(columns)}::text)`, () => `(${this.#oneOf(columns)})`, () => choose.of(hostile))}`) : '';
    const limit = tail ? clause(20, () => choose.of([' LIMIT 1', ' LIMIT 1', ' LIMIT 1', ' OFFSET 0 LIMIT 1', ' FETCH FIRST 1 ROW ONLY'] as const)) : '';
    const distinct = clause(6, () => choose.make(() => 'DISTINCT ', () => `DISTINCT ON (${this.#oneOf(columns)}) `));
    return { sql: `SELECT ${distinct}${targets.join(', ')} FROM ${from.join(', ')}${where}${group}${having}${window}${order}${limit}`, columns };
  }

  #item(sight: Sight): { readonly sql: string; readonly items: readonly Item[] } {
    const choose = this.#choose;
    const deep = this.#depth > 2;
    const kind = choose.of(['stored', 'stored', 'call', 'call', 'call', 'query', 'query', 'values', 'sample', 'join', 'cte'] as const);
    const outside: Sight = sight.parent ?? { items: [], parent: null };
    if (kind === 'join' && !deep) return this.#join(sight);
    if (kind === 'call') return this.#call(sight);
    if (kind === 'query' && !deep) {
      const lateral = choose.chance(30);
      const { sql, columns } = this.#query(lateral ? sight : outside, 1 + Number(choose.chance(30)));
      return this.#aliased(`${lateral ? 'LATERAL ' : ''}(${sql})`, columns);
    }
    if (kind === 'values') return this.#aliased(`(${this.#values(outside, 2).sql})`, ['column1', 'column2']);
    if (kind === 'sample') {
      const { sql, items } = this.#aliased('guests', stored.guests ?? []);
      return { sql: `${sql} TABLESAMPLE ${choose.of(['BERNOULLI', 'SYSTEM'] as const)} (${choose.make(() => '100', () => `length(${this.#name(sight)}::text) * 9`)}) REPEATABLE (${choose.make(() => '1', () => `length(${this.#name(sight)}::text)`)})`, items };
    }
    const cte = kind === 'cte' ? this.#ctes.at(-1) : undefined;
    if (cte !== undefined) return this.#aliased(cte.alias, cte.columns, cte.alias);
    const table = choose.of(['guests', 'guests', 'guests', 'orders', 'customers', 'partial'] as const);
    return this.#aliased(choose.of(['', '', 'ONLY ', 'public.'] as const) + table, stored[table] ?? [], table);
  }

  #join(sight: Sight): { readonly sql: string; readonly items: readonly Item[] } {
    const choose = this.#choose;
    this.#depth += 1;
    const left = this.#item(sight);
    const right = this.#item({ items: [...sight.items, ...left.items], parent: sight.parent });
    this.#depth -= 1;
    const items = [...left.items, ...right.items];
    const inside: Sight = { items, parent: sight.parent };
    const kind = choose.of(['CROSS', 'ON', 'USING', 'NATURAL', 'USING AS'] as const);
    const using = this.#oneOf(left.items.flatMap(({ columns }) => columns));
    const alias = choose.of(aliases);
    const sql = kind === 'CROSS' ? `${left.sql} CROSS JOIN ${right.sql}` : kind === 'ON' ? `${left.sql} LEFT JOIN ${right.sql} ON ${this.#condition(inside)}` : kind === 'NATURAL' ? `${left.sql} NATURAL JOIN ${right.sql}` : `${left.sql} JOIN ${right.sql} USING (${using})${kind === 'USING AS' ? ` AS ${alias}` : ''}`;
    if (choose.chance(50)) return this.#aliased(`(${sql})`, items.flatMap(({ columns }) => columns));
    return { sql: `(${sql})`, items: kind === 'USING AS' ? [...items, { alias, columns: [using] }] : items };
  }

  #call(sight: Sight): { readonly sql: string; readonly items: readonly Item[] } {
    const choose = this.#choose;
    const name = (): string => this.#name(sight);
    // Whole rows with something hidden are refused whatever is made of them.
    const rows = [...sight.items, ...(sight.parent?.items ?? [])].filter(({ columns }) => !columns.includes('country') && !columns.includes('secret'));
    const row = (): string => this.#oneOf(rows.map(({ alias }) => alias));
    const calls: readonly [Call, ...Call[]] = [
      { sql: () => `unnest(ARRAY[${name()}])`, columns: ['unnest'] }, { sql: () => `unnest(ARRAY[${row()}])`, columns: ['id', 'password'] }, { sql: () => `COALESCE(${row()})`, columns: ['id', 'password'] },
      { sql: () => `COALESCE(${name()})`, columns: ['coalesce'] }, { sql: () => `GREATEST(${row()}, ${row()})`, columns: ['id', 'password'] }, { sql: () => `CAST(${name()} AS text)`, columns: ['text'] },
      { sql: () => 'generate_series(1, 2)', columns: ['generate_series'] }, { sql: () => `jsonb_each(to_jsonb(${row()}))`, columns: ['key', 'value'] }, { sql: () => `lower(${name()}::text)`, columns: ['lower'] },
      { sql: () => "unnest(to_tsvector('simple', 'a'))", columns: ['lexeme', 'positions', 'weights'] }, { sql: () => `NULLIF(${name()}, ${name()})`, columns: ['nullif'] }, { sql: () => 'current_date', columns: ['current_date'] },
      { sql: () => `jsonb_populate_record(${row()}, '{"id": 1}')`, columns: ['id', 'password'] }, { sql: () => `ROWS FROM (generate_series(1, 2), COALESCE(${row()}))`, columns: ['generate_series', 'id', 'password'] },
      { sql: () => `ROWS FROM (unnest(ARRAY[1], ARRAY['a']), string_to_table('a,b', ','))`, columns: ['unnest', 'unnest', 'string_to_table'] },
      { sql: () => `XMLTABLE('/a' PASSING ('<a><b>1</b></a>'::xml) COLUMNS password text PATH 'b' DEFAULT ${name()}::text, b int PATH 'b')`, columns: ['password', 'b'] },
      { sql: () => `JSON_TABLE('{"a": 1}', '$' COLUMNS (NESTED PATH '$.a' COLUMNS (password int PATH '$'), a int PATH '$.a'))`, columns: ['a', 'password'] },
      { sql: () => `ROWS FROM (json_to_record('{"a": 1}') AS (a int, password text), generate_series(1, 2))`, columns: ['a', 'password', 'generate_series'] },
      { sql: () => `JSON_TABLE('{"a": [1]}'::jsonb, '$ ? ($password != "x")' PASSING ${name()}::text AS password COLUMNS (b int PATH '$.b' DEFAULT 1 ON EMPTY, NESTED PATH '$.a[*]' AS secret COLUMNS (password int PATH '$', NESTED PATH '$' COLUMNS (id FOR ORDINALITY)), secret text PATH '$.a'))`, columns: ['b', 'secret', 'password', 'id'] },
      { sql: () => `JSON_TABLE(to_jsonb(${name()}), '$' COLUMNS (password text PATH '$' DEFAULT ${name()}::text ON EMPTY))`, columns: ['password'] },
      { sql: () => `XMLTABLE(XMLNAMESPACES('u' AS password), '/a' PASSING xmlelement(name a, ${name()}) COLUMNS password text PATH '.', id FOR ORDINALITY)`, columns: ['password', 'id'] },
      { sql: () => `regexp_matches(${name()}::text, '.')`, columns: ['regexp_matches'] }, { sql: () => `jsonb_array_elements(to_jsonb(ARRAY[${name()}]))`, columns: ['value'] },
      { sql: () => `jsonb_to_recordset('[{"a": 1}]') AS ${choose.of(aliases)}(a int, password text)`, columns: null },
      { sql: () => `json_to_record('{"a": 1}') AS ${choose.of(aliases)}(a int, password text)`, columns: null },
    ];
    const made = choose.of(calls);
    if (made.columns === null) {
      const sql = made.sql();
      return { sql, items: [{ alias: /AS (\w+)/.exec(sql)?.[1] ?? 'x', columns: ['a', 'password'] }] };
    }
    const ordinality = choose.chance(12) && !/^(?:XML|JSON_)/.test(made.sql());
    return this.#aliased(`${choose.chance(10) ? 'LATERAL ' : ''}${made.sql()}${ordinality ? ' WITH ORDINALITY' : ''}`, ordinality ? [...made.columns, 'ordinality'] : made.columns, made.columns[0]);
  }

  /** `own` is the name it has without an alias; an alias is needed when there is none. */
  #aliased(sql: string, columns: readonly string[], own?: string): { readonly sql: string; readonly items: readonly Item[] } {
    const choose = this.#choose;
    if (own !== undefined && choose.chance(25)) return { sql, items: [{ alias: own, columns }] };
    const alias = choose.of(aliases);
    const list = this.#list();
    const value = columns.length === 1 && list.names.length === 0 && sql.includes('(') ? [alias] : [];
    return { sql: `${sql} AS ${alias}${list.sql}`, items: [{ alias, columns: [...list.names, ...columns.slice(list.names.length), ...value] }] };
  }

  #list(): { readonly sql: string; readonly names: readonly string[] } {
    const choose = this.#choose;
    if (!choose.chance(35)) return { sql: '', names: [] };
    const names = Array.from({ length: choose.of([1, 1, 2, 3] as const) }, () => choose.of(listed));
    return { sql: `(${[...new Set(names)].join(', ')})`, names: [...new Set(names)] };
  }

  #oneOf(list: readonly string[]): string {
    const [first = 'id', ...more] = list;
    return this.#choose.of([first, ...more]);
  }

  #visible(sight: Sight): readonly Item[] {
    const items: Item[] = [];
    for (let level: Sight | null = sight; level !== null; level = level.parent) {
      items.push(...level.items);
      if (this.#choose.chance(60)) break;
    }
    return items.length === 0 ? [{ alias: 'x', columns: ['id'] }] : items;
  }

  /** A reference that may be a column, a whole row, a field, or what PostgreSQL takes for a call. */
  #name(sight: Sight): string {
    const choose = this.#choose;
    const item = choose.of(this.#visible(sight) as readonly [Item, ...Item[]]);
    const column = this.#oneOf(item.columns);
    return choose.make(() => column, () => column, () => column, () => column, () => column, () => choose.of(hostile), () => choose.of(hostile), () => `${item.alias}.${column}`, () => `${item.alias}.${column}`, () => `${item.alias}.${choose.of(hostile)}`, () => item.alias, () => item.alias, () => `(${item.alias}).${choose.of(hostile)}`, () => `(${item.alias}).${column}`);
  }

  #expression(sight: Sight): string {
    const choose = this.#choose;
    const name = (): string => this.#name(sight);
    if (this.#depth > 2) return name();
    const subquery = (): string => this.#scalar(sight);
    return choose.make(name, name, name, name, name, name, subquery, subquery, () => `count(${name()})`, () => `to_jsonb(${name()})`, () => `${name()}::text`, () => `EXISTS (${this.#query(sight, 1).sql})`, () => `ARRAY${subquery()}`, () => `(${subquery()}).${choose.of(hostile)}`, () => `rank() OVER (ORDER BY ${name()})`, () => `CASE WHEN ${this.#condition(sight)} THEN 1 END`, () => `(SELECT ${this.#oneOf(this.#visible(sight).map(({ alias }) => alias))}.*)`, () => this.#built(sight));
  }

  /** Values and aggregates made of names in the many ways of the grammar. */
  #built(sight: Sight): string {
    const choose = this.#choose;
    const name = (): string => this.#name(sight);
    const row = (): string => this.#oneOf(this.#visible(sight).map(({ alias }) => alias));
    return choose.make(
      () => `string_agg(${name()}::text, ',' ORDER BY ${name()})`, () => `count(*) FILTER (WHERE ${this.#condition(sight)})`, () => `percentile_disc(0.5) WITHIN GROUP (ORDER BY ${name()})`, () => `count(DISTINCT ${row()}.*)`,
      () => `JSON_OBJECT('a': ${name()})`, () => `JSON_OBJECT(${name()}::text VALUE ${name()})`, () => `JSON_ARRAY(${name()}, ${name()} NULL ON NULL)`, () => `JSON_ARRAYAGG(${name()} ORDER BY ${name()})`, () => `JSON_VALUE(to_jsonb(${name()}), '$' DEFAULT ${name()}::text ON ERROR)`, () => `JSON_EXISTS(jsonb '1', '$ ? (@ < $password)' PASSING ${name()} AS password)`,
      () => `(ARRAY[${name()}])[1]`, () => `(ARRAY[1, 2, 3])[length(${name()}::text)]`, () => `ROW(${row()}.*)::text`, () => `to_jsonb(ROW(${name()}, ${name()}))`, () => `(${row()}.*)::text`, () => `${row()}::text`, () => `(${row()} IS NOT NULL)`,
      () => `${name()} IS NOT DISTINCT FROM ${name()}`, () => `(${name()}, 1) = (${name()}, 1)`, () => `${name()} = ANY (ARRAY[${name()}])`, () => `COALESCE(${name()}, ${name()})`, () => `GREATEST(${name()}, ${name()})`,
      () => `xmlelement(name password, xmlattributes(${name()} AS a), ${name()})::text`, () => `xmlforest(${name()} AS password)::text`, () => `first_value(${name()}) OVER (PARTITION BY ${name()} ORDER BY ${name()})`, () => `count(${name()}) OVER password`, () => `pg_typeof(${name()})::text`, () => `pg_column_size(${name()})`, () => `${name()} COLLATE "C"`, () => `${name()} NOT IN (${this.#query(sight, 1).sql})`,
    );
  }

  /** A subquery that gives one row. */
  #scalar(sight: Sight): string {
    const { sql } = this.#query(sight, 1);
    return / LIMIT 1$| ONLY$/.test(sql) ? `(${sql})` : `(${sql} LIMIT 1)`;
  }

  #condition(sight: Sight): string {
    const choose = this.#choose;
    return choose.make(() => `${this.#name(sight)} IS NOT NULL`, () => 'true', () => `${this.#name(sight)}::text > 'T'`, () => `length(${this.#name(sight)}::text) > 3`, () => (this.#depth > 2 ? 'false' : `${this.#name(sight)} IN (${this.#query(sight, 1).sql})`));
  }
}
