import { expect, test } from 'vitest';
import { scanMysqlStatement } from './scan-mysql-statement.js';

test.each<[string, string[]]>([
  ['select :a, :b_1 from t where x=:a', ['a', 'b_1', 'a']],
  ["select ':a', \":b\", `:c`, 'it''s :d', 'it\\'s :e', '\\\\', :f", ['f']],
  ['select 1 -- :a\n, :b # :c\n, /* :d */ :e', ['b', 'e']],
  ['select 5--:a', ['a']],
  ['select @v := :a, x::y, :', ['a']],
  ["select '", []],
  ['/* :a', []],
])('%s', (sql, names) => {
  const scanned = scanMysqlStatement(sql);
  expect(scanned.names).toEqual(names);
  expect(scanned.texts.map((text, index) => text + (names[index] === undefined ? '' : `:${names[index]}`)).join('')).toBe(sql);
});

test.each<[string, boolean]>([
  ['select 1; select 2', true],
  ['select 1;', false],
  ['select 1; -- done\n /* ; */ ; # x', false],
  ["select ';'; select 1", true],
  ["select 'a; b', `;`", false],
])('%s: several statements: %s', (sql, several) => {
  expect(scanMysqlStatement(sql).several).toBe(several);
});
