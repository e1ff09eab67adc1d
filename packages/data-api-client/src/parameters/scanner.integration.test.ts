import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { useLocalDataApi } from '../testing/local-data-api.js';

const api = useLocalDataApi();

/** Expressions with colons, dollars and quotes where they are no placeholders, and what each is in PostgreSQL. */
const expressions: readonly (readonly [string, unknown])[] = [
  [':a', 'value of a'],
  [':b::int4', 7],
  ['upper(:a)', 'VALUE OF A'],
  ["':a'", ':a'],
  ["'it''s :b'", "it's :b"],
  ["E'\\':a\\\\'", "':a\\"],
  ["E'\\x41:b'", 'A:b'],
  ["E'a' -- it's :a\n  '\\':b'", "a':b"],
  ["'a'\n':b'", 'a:b'],
  [`'{"a": 1}'::jsonb ? 'a'`, true],
  [`'{"a": 1}'::jsonb ?| array[':a', 'a']`, true],
  [`'{"a": {"b": 1}}'::jsonb @> '{"a":{}}' and '{"a":1}'::jsonb @? '$.a'`, true],
  [`'{"a": {"b": 1}}'::jsonb #>> '{a,b}'`, '1'],
  ['(make_date(year := :b::int4, month => 1, day => 2))::text', '0007-01-02'],
  ['$$:a$$', ':a'],
  ["$$it's \":b\" -- no$$", "it's \":b\" -- no"],
  ['$tag$ $$ :a $$ $tag$', ' $$ :a $$ '],
  ['(array[1,2,3])[2:3]', [2, 3]],
  ['(array[1,2,3])[:b - 6 : 2]', [1, 2]],
  ['(array[1,2,3])[(1)::int:2]', [1, 2]],
  ['(array[1,2,3])[:2]', [1, 2]],
  ["'2'::int4", 2],
  ['/* :a */ 1', 1],
  ['/* /* :a */ :b \' */ 1', 1],
  ["1 -- :a ' $$\n", 1],
  [`'{"a:b": 1}'::json`, { 'a:b': 1 }],
  ['"x:a"', 'x'],
  ["U&'\\0041:a'", 'A:a'],
];

describe('placeholders', () => {
  test.each(expressions)('%s', async (expression, expected) => {
    const used = { ...(/:a$|\(:a\)/u.test(expression) ? { a: 'value of a' } : {}), ...(/^:b|\[:b|:= :b/u.test(expression) ? { b: 7 } : {}) };
    const [row] = (await api.client.query<unknown[]>(`select ${expression} from (values ('x')) as t("x:a")`, used, { rowMode: 'array' })).rows;
    expect(row).toEqual([expected]);
  });

  test('are found in any mixture of them', async () => {
    const mixture = fc.array(fc.constantFrom(...expressions), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(mixture, async (chosen) => {
        const statement = `select ${chosen.map(([expression]) => expression).join(', ')}, :a, :b::int4 from (values ('x')) as t("x:a")`;
        const [row] = (await api.client.query<unknown[]>(statement, { a: 'value of a', b: 7 }, { rowMode: 'array' })).rows;
        expect(row).toEqual([...chosen.map(([, expected]) => expected), 'value of a', 7]);
      }),
      { numRuns: 40 },
    );
  });
});
