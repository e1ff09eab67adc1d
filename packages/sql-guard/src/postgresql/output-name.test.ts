import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';

const guard = await createGuard({ version: 18, policy: { version: 1, tables: [{ schema: 'public', name: 't', columns: ['id', 'a'], columnsAreComplete: true }] } });

/** The name PostgreSQL gives, as told by the one name that the query around it may use. */
describe('the name of an output column', () => {
  it.each([
    ['id', 'id'], ['t.id', 'id'], ['1', '?column?'], ['id + 1', '?column?'], ['count(*)', 'count'], ['pg_catalog.lower(a)', 'lower'], ["nullif(1, 2)", 'nullif'],
    ['id::text', 'id'], ["'1'::int", 'int4'], ["'1'::int::text", 'text'], ["DATE '2024-01-01'", 'date'], ['(id + 1)::text', 'text'], ['a COLLATE "C"', 'a'], ["'a' COLLATE \"C\"", '?column?'],
    ['CASE WHEN true THEN 1 END', 'case'], ['CASE WHEN true THEN 1 ELSE id END', 'id'], ['CASE WHEN true THEN 1 ELSE 2 END', 'case'], ["CASE WHEN true THEN 1 ELSE '2'::int END", 'case'],
    ['ARRAY[1]', 'array'], ['ROW(1, 2)', 'row'], ['coalesce(id, 1)', 'coalesce'], ['greatest(1, 2)', 'greatest'], ['least(1, 2)', 'least'], ['EXISTS (SELECT 1)', 'exists'], ['ARRAY(SELECT 1)', 'array'],
    ['(SELECT id FROM t)', 'id'], ['(SELECT 1 AS n)', 'n'], ['(SELECT 1)', '?column?'], ['(SELECT id FROM t UNION SELECT 2)', 'id'], ['1 IN (SELECT 1)', '?column?'], ['id IS NULL', '?column?'], ['NOT true', '?column?'],
    ['(ARRAY[1])[1]', 'array'], ['(t).id', 'id'], ['current_date', 'current_date'], ['current_timestamp(0)', 'current_timestamp'], ['localtime', 'localtime'],
    ["extract(year FROM now())", 'extract'], ["now() AT TIME ZONE 'UTC'", 'timezone'], ["trim('a')", 'btrim'], ["substring('a' FROM 1)", 'substring'],
    ['xmlelement(name x)', 'xmlelement'], ['xmlforest(1 AS x)', 'xmlforest'], ["xmlparse(content '<a/>')", 'xmlparse'], ["xmlpi(name x)", 'xmlpi'], ["xmlserialize(content '<a/>' AS text)", 'xmlserialize'], ["xmlconcat('<a/>', '<b/>')", 'xmlconcat'], ["xmlroot('<a/>', version '1.0')", 'xmlroot'],
    ["JSON_OBJECT('a': 1)", 'json_object'], ['JSON_ARRAY(1)', 'json_array'], ['JSON_ARRAY(SELECT 1)', 'json_array'], ["JSON_VALUE('1', '$')", 'json_value'], ["JSON_QUERY('1', '$')", 'json_query'], ["JSON_EXISTS('1', '$')", 'json_exists'], ['JSON_SCALAR(1)', 'json_scalar'], ["JSON_SERIALIZE('1')", 'json_serialize'], ["JSON('1')", 'json'], ['JSON_ARRAYAGG(1)', 'json_arrayagg'], ['JSON_OBJECTAGG(1: 1)', 'json_objectagg'],
    ['id AS named', 'named'], ['(CASE WHEN true THEN 1 END)::text', 'text'], ['(EXISTS (SELECT 1))::text', 'exists'], ['(ARRAY(SELECT 1))::text', 'array'], ['((SELECT 1 AS n))::text', 'n'], ['(VALUES (1))', 'column1'],
  ])('of %s is %s', (expression, name) => {
    const accepted = (column: string): boolean => guard.check(`SELECT q."${column}" FROM (SELECT ${expression} FROM t) q`).ok;
    expect(accepted(name)).toBe(true);
    expect(accepted(`not ${name}`)).toBe(false);
  });

  it('of VALUES and of calls in FROM follows the call', () => {
    const ok = (sql: string): boolean => guard.check(sql).ok;
    expect(['column1', 'column2', 'column3'].map((name) => ok(`SELECT q.${name} FROM (VALUES (1, 2)) q`))).toEqual([true, true, false]);
    expect(['g', 'generate_series', 'ordinality'].map((name) => ok(`SELECT x.${name} FROM generate_series(1, 2) AS x(g)`))).toEqual([true, false, false]);
    expect(['x', 'generate_series'].map((name) => ok(`SELECT x.${name} FROM generate_series(1, 2) AS x`))).toEqual([true, false]);
    expect(['generate_series', 'ordinality', 'x'].map((name) => ok(`SELECT ${name} FROM generate_series(1, 2) WITH ORDINALITY`))).toEqual([true, true, false]);
    expect(['key', 'value', 'x'].map((name) => ok(`SELECT e.${name} FROM jsonb_each('{}') AS e`))).toEqual([true, true, false]);
    expect(['g', 'x'].map((name) => ok(`SELECT x.${name} FROM generate_series(1, 2) AS x(g)`))).toEqual([true, false]);
    expect(ok("SELECT md5.md5 FROM md5('a')")).toBe(true);
    expect(ok('SELECT c.c FROM current_date AS c')).toBe(true);
    expect(['a', 'b', 'c'].map((name) => ok(`SELECT r.${name} FROM json_to_record('{}') AS r(a int, b text)`))).toEqual([true, true, false]);
    expect(['r', 'anything'].map((name) => ok(`SELECT r.${name} FROM unnest(ARRAY[1]) AS r`))).toEqual([true, false]);
    expect(['generate_series', 'md5', 'x'].map((name) => ok(`SELECT q."${name}" FROM ROWS FROM (generate_series(1, 2), md5('a')) q`))).toEqual([true, true, false]);
    expect(['current_date', 'x'].map((name) => ok(`SELECT c."${name}" FROM current_date AS c`))).toEqual([false, false]);
  });
});
