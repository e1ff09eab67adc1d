import { describe, expect, it } from 'vitest';
import { printable, renderTable } from './table.js';

describe('renderTable', () => {
  it('aligns numbers to the right and text to the left', () => {
    const text = renderTable(
      [{ name: 'department', type: 'text' }, { name: 'count', type: 'int8' }],
      [['Physics', 12], ['Computer Science', 7]],
    );
    expect(text.split('\n')).toEqual([
      ' department        count',
      ' ────────────────  ─────',
      ' Physics              12',
      ' Computer Science      7',
    ]);
  });

  it('puts beside a row what belongs to it', () => {
    expect(renderTable([{ name: 'a', type: 'text' }], [['long name'], ['b']], ['██', '█']).split('\n')).toEqual([' a', ' ─────────', ' long name  ██', ' b          █']);
  });

  it('tells NULL from an empty string', () => {
    expect(renderTable([{ name: 'a', type: 'text' }, { name: 'b', type: 'text' }], [[null, '']]).split('\n')[2]).toBe(' NULL');
  });

  it('prints objects as JSON', () => {
    expect(renderTable([{ name: 'a', type: 'jsonb' }], [[{ x: [1] }]]).split('\n')[2]).toBe(' {"x":[1]}');
  });
});

describe('printable', () => {
  it('never lets a value control the terminal', () => {
    expect(printable('a\u001B[2Jb\nc')).toBe('a\\x1b[2Jb⏎c');
  });
});
