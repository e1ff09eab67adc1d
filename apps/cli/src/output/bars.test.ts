import { suggestChart } from '@ask-aurora/nl2sql';
import { describe, expect, it } from 'vitest';
import { barsOf } from './bars.js';

const columns = [{ name: 'major', type: 'text' }, { name: 'students', type: 'int8' }];
const named = (...values: readonly unknown[]) => values.map((students, index) => ({ major: `m${String(index)}`, students }));
const bars = (rows: readonly Readonly<Record<string, unknown>>[], described = columns) => barsOf(suggestChart(described, rows), rows);

describe('bars beside a table', () => {
  it('are as long as the values, by eighths of a character', () => {
    expect(bars(named(48, 24, 1, 0))).toEqual(['█'.repeat(24), '█'.repeat(12), '▌', '']);
  });

  it('take numbers that came as text, and NULL for none', () => {
    expect(bars(named('10.00', '5.00', null))).toEqual(['█'.repeat(24), '█'.repeat(12), '']);
  });

  it('stand beside a series in time', () => {
    const rows = [{ month: '2024-01-01', revenue: 2 }, { month: '2024-02-01', revenue: 1 }];
    expect(bars(rows, [{ name: 'month', type: 'date' }, { name: 'revenue', type: 'numeric' }])).toEqual(['█'.repeat(24), '█'.repeat(12)]);
  });

  it('find a column whose name Vega-Lite needs escaped', () => {
    const rows = [{ major: 'a', 'x.y': 2 }, { major: 'b', 'x.y': 1 }];
    expect(bars(rows, [{ name: 'major', type: 'text' }, { name: 'x.y', type: 'int8' }])).toEqual(['█'.repeat(24), '█'.repeat(12)]);
  });

  it.each([
    ['negative values', named(3, -1)],
    ['nothing but zeros', named(0, 0)],
    ['one row', named(3)],
  ])('are left out for %s', (_what, rows) => {
    expect(bars(rows)).toBeNull();
  });

  it('are left out for several series', () => {
    const rows = ['a', 'b'].flatMap((major) => ['x', 'y'].map((kind) => ({ major, kind, students: 1 })));
    expect(bars(rows, [...columns, { name: 'kind', type: 'text' }])).toBeNull();
  });
});
