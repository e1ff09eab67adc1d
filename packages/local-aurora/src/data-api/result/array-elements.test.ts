import { describe, expect, test } from 'vitest';
import { arrayElements } from './array-elements.js';

describe('arrayElements', () => {
  test.each<[string, (string | null)[]]>([
    ['{}', []],
    ['{1,2}', ['1', '2']],
    ['{1,NULL}', ['1', null]],
    ['{"NULL","",null}', ['NULL', '', 'null']],
    ['{"a,b","c\\"d","e\\\\f","{g}"}', ['a,b', 'c"d', 'e\\f', '{g}']],
    ['[0:1]={1,2}', ['1', '2']],
    ['{"2024-01-01 00:00:00+00"}', ['2024-01-01 00:00:00+00']],
  ])('%s', (text, elements) => {
    expect(arrayElements(text)).toEqual(elements);
  });

  test('refuses more than one dimension', () => {
    expect(() => arrayElements('{{1},{2}}')).toThrow(expect.objectContaining({ name: 'UnsupportedResultException', message: 'The result contains a multidimensional array' }));
  });
});
