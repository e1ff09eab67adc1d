import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';

const policy: GuardPolicyInput = { version: 1, schemas: ['public'], limits: { seriesRows: 100, repeat: 100, padding: 50 } };
const open = await createGuard({ policy });
const closed = await createGuard({ policy: { ...policy, limits: { ...policy.limits, openSeries: false } } });

const within: readonly string[] = [
  "repeat('a', 100)", "repeat('a', 10) || repeat('b', 10)", "repeat('a', '100')", "repeat('a', 100::int)", "repeat('a', -5)", "repeat('a', +5)", "repeat('a', 0)", "repeat('a', -'500'::int)", "repeat('a', +'50'::int)", "repeat('a', -1e30)", 'generate_series(1, 101)', 'generate_series(1)', 'generate_series()', "generate_series(1, '5'::numeric(10, 2))", "generate_series(' 2024-01-01 '::date, '2024-01-05'::date, '1 day')",
  "replace(replace(replace(replace(replace(a, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '\"', '&quot;'), '''', '&#39;')", "replace(replace(a, 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa')", "replace(replace(a, b, c), b, c)", "replace(replace(a, 'x', 'aaaaaaaaaa'), '', 'aaaaaaaaaa')",
  "regexp_replace(regexp_replace(regexp_replace(a, '[^a-z]', ' ', 'g'), '\\s+', ' ', 'g'), '^ ', '')", "replace(repeat('a', 100), 'a', 'bb')", "replace('aaa', 'a', 'b')", "replace(a)", "replace()", "upper(replace(replace(a, 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'))", `replace(a, 'a', '${'b'.repeat(5000)}')`,
  "lpad('a', 50)", "rpad('a', 50, 'b')", "pg_catalog.lpad('a', 50)", "lpad('a', -1)",
  'array_fill(0, ARRAY[50])', 'array_fill(0, ARRAY[5, 10])', 'array_fill(0, ARRAY[5], ARRAY[2])', 'factorial(1000)',
  "format('%s %I', 'a', 'b')", "format('%50s', 'a')", "format('%2$s %1$-10s', 'a', 'b')", "format('100%%')", "format('Order %s of 20240101', 'a')", "format('%%99s')", "format('%s'::text, 'a')",
  "'a'::char(50)", "B'1'::bit(50)", "'a'::varchar(5000)", "1::numeric(40, 2)", "'a'::character(50)",
  'generate_series(1, 100)', 'generate_series(1, 10), generate_series(1, 10)', 'generate_series(100, 1, -1)', 'generate_series(0, 1, 0.02)', 'generate_series(1, 1000, 10)', "generate_series('1', '100')",
  "generate_series(DATE '2024-01-01', DATE '2024-03-01', '1 day')", "generate_series('2024-01-01'::timestamp, '2024-01-02'::timestamp, interval '1' hour)", "generate_series('2024-01-01 00:00'::timestamptz, '2024-01-01 01:30:00', '1 minute')",
  "generate_series('2024-03-01'::date, '2024-01-01'::date, '-1 day')",
];
const beyond: readonly string[] = [
  "repeat('a', 101)", "repeat('a', 11) || repeat('b', 10)", "repeat('a', a)", "repeat('a')", "repeat('a', 1 + 1)", "repeat('a', 1e30)", "repeat('a', NULL)", "repeat('a', +'500'::int)", "repeat('a', ~'5'::int)", "repeat('a', -a::int)", "repeat('a', '  ')", "format('%10$51s', 'a')", 'generate_series(1, 1, 0)', "generate_series('January 1, 2024'::date, '2024-01-02'::date, '1 day')", "repeat(string => 'a', number => 101)",
  "replace(replace(replace(replace(a, 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa')", "upper(replace(replace(replace(replace(a, 'a', 'aaaaaaaaaa')::text, 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa'))",
  "replace(replace(replace(replace(a, b, c), b, c), b, c), b, c)", "regexp_replace(regexp_replace(regexp_replace(regexp_replace(a, 'a', 'aaaaa', 'g'), 'a', 'aaaaa', 'g'), 'a', 'aaaaa', 'g'), 'a', 'aaaaa', 'g')", "regexp_replace(regexp_replace(regexp_replace(regexp_replace(a, '.', '\\&\\&', 'g'), '.', '\\&\\&', 'g'), '.', '\\&\\&', 'g'), '.', '\\&\\&', 'g')",
  `replace('${'a'.repeat(101)}', 'a', 'b')`, `replace(repeat('a', 100), 'a', '${'b'.repeat(1001)}')`, `pg_catalog.regexp_replace('${'a'.repeat(101)}', '.', 'b')`,
  "lpad('a', 51)", "rpad('a', a)", "lpad('a')", "pg_catalog.rpad('a', 51)", 'array_fill(0, ARRAY[51])', 'array_fill(0, ARRAY[10, 10])', 'array_fill(0, a)', 'array_fill(0)', 'array_fill(0, ARRAY[a])', 'array_fill(0, ARRAY[-100, 51])',
  'factorial(1001)', 'factorial(a)', 'factorial()', "format('%51s', 'a')", "format('%*s', 5, 'a')", "format('%1$51s', 'a')", "format('%-51s', 'a')", "format('%%%51s', 'a')", "format('%-*s', 5, 'a')", "format('%2$*1$s', 5, 'a')", 'format(a)', 'format()',
  "'a'::char(51)", "B'1'::bit(51)", "B'1'::varbit(51)", "'a'::character(51)", "'a'::bpchar(51)",
  'generate_series(1, 102)', 'generate_series(1, 11), generate_series(1, 20)', 'generate_series(1, 10, 0)', 'generate_series(1, 3, 0.01)', 'generate_series(1, -200, -1)', "generate_series('1', '200')",
  "generate_series(DATE '2024-01-01', DATE '2024-06-01', '1 day')", "generate_series('2024-01-01'::date, '2024-01-02'::date, '1 minute')", "generate_series('2024-01-01'::date, '2024-01-02'::date, 'PT1S')", "generate_series('yesterday'::date, '2024-01-02'::date, '1 day')", "generate_series('2024-01-01'::date, '2024-13-77'::date, '1 day')", "generate_series('2024-01-01'::date, '2024-01-02'::date, interval '1' day to hour)",
];
const onlyOpen: readonly string[] = ['generate_series(1, a)', 'generate_series(a, 100)', 'generate_series(1, 100, a)', "generate_series(now(), '2030-01-01', '1 day')"];

const long = (length: number): string => `'${'x'.repeat(length)}'`;
const many = (times: number): string => `'${'%1$s'.repeat(times)}'`;

/** With at most 100 repetitions a literal may become a million characters. */
const shortened: readonly (readonly [what: string, expression: string, fits: boolean])[] = [
  ['a text of 10,000 a hundred times', `repeat(${long(10_000)}, 100)`, true],
  ['a longer one', `repeat(${long(10_001)}, 100)`, false],
  ['the longest of several', `repeat('a', 100) || ${long(10_001)} || 'b'`, false],
  ['a longer one that comes first', `${long(10_001)} || repeat('a', 100)`, false],
  ['a long one fewer times', `repeat(${long(20_000)}, 50)`, true],
  ['a long one that is not repeated', `repeat(${long(40_000)}, 1)`, true],
  ['a long one without any repetition', long(40_000), true],
  ['a text whose repetition is named once', `(SELECT x FROM (SELECT repeat(${long(6_000)}, 100) AS x) AS q)`, true],
  ['one whose repetition is named twice', `(SELECT x || x FROM (SELECT repeat(${long(6_000)}, 100) AS x) AS q)`, false],
  ['an argument put in a hundred times', `format(${many(100)}, a)`, true],
  ['an argument put in more often', `format(${many(101)}, a)`, false],
  ['two arguments put in sixty times', `format(${many(120)}, a, b)`, true],
  ['a template without arguments', `format(${long(100)})`, true],
  ['templates inside each other', `format(${many(11)}, format(${many(10)}, a))`, false],
  ['smaller templates inside each other', `format(${many(10)}, format(${many(10)}, a))`, true],
];

const rules = (guard: typeof open, expression: string): readonly string[] => {
  const verdict = guard.check(`SELECT ${expression} FROM t`);
  return verdict.ok ? [] : [...new Set(verdict.violations.map(({ rule }) => rule))];
};

describe('calls that make much out of little', () => {
  it.each(within)('%s is within bounds', (expression) => {
    expect(rules(closed, expression)).toEqual([]);
  });
  it.each(beyond)('%s is not', (expression) => {
    expect(rules(open, expression)).toContain('limit');
  });
  it.each(shortened)('%s', (_, expression, fits) => {
    expect(rules(open, expression)).toEqual(fits ? [] : ['limit']);
  });
  it.each(onlyOpen)('%s is for the server to find out', (expression) => {
    expect(rules(open, expression)).toEqual([]);
    expect(rules(closed, expression)).toEqual(['limit']);
  });
});
