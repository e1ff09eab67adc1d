import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanParameters } from './scan-parameters.js';

describe('scanParameters', () => {
  test.each<[string, string, string[]]>([
    ['select :a', 'select $1', ['a']],
    ['select :a, :b, :a', 'select $1, $2, $3', ['a', 'b', 'a']],
    ['select :1, :0', 'select $1, $2', ['1', '0']],
    ['select :a::int', 'select $1::int', ['a']],
    ["select 'x'::text, :a", "select 'x'::text, $1", ['a']],
    ["select ':a', 'it''s :a', :b", "select ':a', 'it''s :a', $1", ['b']],
    ["select E'it\\'s :a', :b", "select E'it\\'s :a', $1", ['b']],
    ["select 'it\\', :b", "select 'it\\', $1", ['b']],
    ['select ":a" from t where ":b""" = :c', 'select ":a" from t where ":b""" = $1', ['c']],
    ['select 1 -- :a\n, :b', 'select 1 -- :a\n, $1', ['b']],
    ['select 1 /* :a /* :b */ :c */, :d', 'select 1 /* :a /* :b */ :c */, $1', ['d']],
    ['select 4 - 2 / :a', 'select 4 - 2 / $1', ['a']],
    ['select 1 - -:a', 'select 1 - -$1', ['a']],
    ['select $$a :b c$$', 'select $$a $1 c$$', ['b']],
    ['select a[1:2]', 'select a[1$1]', ['2']],
    ['call f(x := 1)', 'call f(x := 1)', []],
    ['select 1', 'select 1', []],
    ["select 'open :a", "select 'open :a", []],
    ['select /* open :a', 'select /* open :a', []],
    ['select :', 'select :', []],
  ])('%s', (sql, text, names) => {
    expect(scanParameters(sql)).toEqual({ text, names });
  });

  test('never changes what lies in literals, identifiers and comments, whatever stands there', () => {
    const opaque = fc.oneof(
      fc.string().map((text) => `'${text.replaceAll("'", "''")}'`),
      fc.string().map((text) => `"${text.replaceAll('"', '""')}"`),
      fc.string().map((text) => `--${text.replaceAll('\n', '')}\n`),
      fc.string().map((text) => `/*${text.replaceAll(/[*/]/g, '')}*/`),
    );
    fc.assert(
      fc.property(fc.array(opaque), (parts) => {
        const sql = parts.map((part) => `${part} :p `).join('');
        const expected = parts.map((part, index) => `${part} $${index + 1} `).join('');
        expect(scanParameters(sql)).toEqual({ text: expected, names: parts.map(() => 'p') });
      }),
    );
  });
});
