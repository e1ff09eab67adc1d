import { expect, test } from 'vitest';
import fc from 'fast-check';
import { bindStatement } from './bind-statement.js';
import { scanStatement, type Engine } from './scan-statement.js';

const names = (sql: string, engine: Engine = 'postgresql'): string[] =>
  scanStatement(sql, engine).filter((segment) => segment.kind === 'placeholder').map((segment) => segment.name);
const kinds = (sql: string, engine: Engine = 'postgresql'): string[] =>
  scanStatement(sql, engine).filter((segment) => segment.kind !== 'code').map((segment) => `${segment.kind} ${segment.text}`);

test.each<[string, string[]]>([
  ['select :a, :b_2', ['a', 'b_2']],
  ['select :a::int', ['a']],
  ["select ':no', :yes", ['yes']],
  ["select 'it''s :no', :yes", ['yes']],
  ['select ":no", :yes', ['yes']],
  ['select 1 -- :no\n, :yes', ['yes']],
  ['select /* :no */ :yes', ['yes']],
  ['select /* /* :no */ :no */ :yes', ['yes']],
  ["select E'\\':no', :yes", ['yes']],
  ["select e'\\\\', :yes", ['yes']],
  ["select E'a'\n  'b\\':no', :yes", ['yes']],
  ["select E'a' -- it's :no\n-- :no\n'b\\':no', :yes", ['yes']],
  ["select E'a', :yes || '\\' || :too", ['yes', 'too']],
  ["select E'a' '\\', :yes", ['yes']],
  ["select type'\\', :yes", ['yes']],
  ['select $$ :no $$, :yes', ['yes']],
  ['select $a$ $b$ :no $a$, :yes', ['yes']],
  ['select a$b$c, :yes, d$b$e', ['yes']],
  ['select x[1:2], :yes', ['yes']],
  ['select x[lo:hi], :yes', ['yes']],
  ['select x[:lo : :hi]', ['lo', 'hi']],
  ['select x[:2], y[ : 3 ]', []],
  ['select :1', ['1']],
  ['select x[(1)::int:2]', []],
  ['select f(a := 1, b := :yes)', ['yes']],
  ["select 'unterminated :no", []],
  ['select :', []],
])('%s', (sql, expected) => {
  expect(names(sql)).toEqual(expected);
});

test.each<[string, string[]]>([
  ["select 'a\\':no', :yes", ['yes']],
  ['select "a\\":no", :yes', ['yes']],
  ['select `a:no`, :yes', ['yes']],
  ['select 1 # :no\n, :yes', ['yes']],
  ['select 1--:yes', ['yes']],
  ['select 1 -- :no', []],
])('MySQL: %s', (sql, expected) => {
  expect(names(sql, 'mysql')).toEqual(expected);
});

test('ordinals are numbered as each engine numbers them', () => {
  expect(kinds('select $2, $1, a$1')).toEqual(['ordinal $2', 'ordinal $1']);
  expect(scanStatement("select ?, '?', ?", 'mysql').filter((segment) => segment.kind === 'ordinal').map((segment) => segment.name)).toEqual(['1', '2']);
});

test('what the service would misread is marked', () => {
  expect(kinds("select $$x$$, E'\\'', a[1:2] /* /* */ */")).toEqual(['dollar-string $$x$$', "escape-string E'\\''", 'slice :', 'odd-comment /* /* */ */']);
});

test('what MySQL reads in its own way is written in the way that all read', () => {
  const sent = (sql: string): string => bindStatement(sql, [{}], 'mysql').sql;
  expect(sent("select 'it\\'s :x', \"a\\\"b\", 'c\\\\', 'd\\\"'")).toBe("select 'it''s :x', \"a\"\"b\", 'c\\\\', 'd\\\"'");
  expect(sent("select 1 # it's :x\n, 2")).toBe('select 1  \n, 2');
});

test('the segments of any text, joined, are the text', () => {
  const fragment = fc.constantFrom("'", '"', '`', '$', '$$', '$a$', ':', ':a', '::', '[', ']', '/*', '*/', '--', '\n', '\\', 'E', "E'", 'x', '1', ' ', '?', '#', 'é', '😀');
  fc.assert(
    fc.property(fc.array(fragment), fc.constantFrom<Engine>('postgresql', 'mysql'), (parts, engine) => {
      const sql = parts.join('');
      expect(scanStatement(sql, engine).map((segment) => segment.text).join('')).toBe(sql);
    }),
  );
});
