import { describe, expect, it } from 'vitest';
import { renderCsv } from './csv.js';

const columns = (...names: readonly string[]) => names.map((name) => ({ name, type: 'text' }));

describe('renderCsv', () => {
  it.each([
    ['commas, quotes and lines', [{ a: 'x, y', b: 'say "hi"' }, { a: 'one\ntwo', b: 'plain' }], 'a,b\r\n"x, y","say ""hi"""\r\n"one\ntwo",plain\r\n'],
    ['NULL and the empty text', [{ a: null, b: '' }], 'a,b\r\n,""\r\n'],
    ['numbers, truth and JSON', [{ a: 12.5, b: true }, { a: { x: [1, 'y'] }, b: 0 }], 'a,b\r\n12.5,true\r\n"{""x"":[1,""y""]}",0\r\n'],
    ['no rows', [], 'a,b\r\n'],
  ])('writes %s', (_what, rows, expected) => {
    expect(renderCsv({ columns: columns('a', 'b'), rows })).toBe(expected);
  });

  it('quotes column names too', () => {
    expect(renderCsv({ columns: columns('a,b'), rows: [] })).toBe('"a,b"\r\n');
  });
});
