import { describe, expect, it } from 'vitest';
import { suggestChart } from './suggest-chart.js';

const columns = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([name, type]) => ({ name, type }));
const several = (count: number, row: (index: number) => Record<string, unknown>) => Array.from({ length: count }, (_unused, index) => row(index));

describe('a chart', () => {
  it('of a category and a quantity is bars, horizontal when names are many', () => {
    const short = suggestChart(columns(['major', 'text'], ['n', 'int8']), several(3, (index) => ({ major: `m${index}`, n: String(index) })));
    expect(short).toMatchObject({ mark: { type: 'bar' }, encoding: { x: { field: 'major', type: 'nominal', sort: null }, y: { field: 'n', type: 'quantitative' } } });
    expect(short?.data.values[2]).toEqual({ major: 'm2', n: 2 });
    expect(suggestChart(columns(['major', 'text'], ['n', 'int8']), several(20, (index) => ({ major: `m${index}`, n: index })))).toMatchObject({ encoding: { y: { field: 'major' }, x: { field: 'n' } } });
  });

  it('over time is lines, one for each series or measure', () => {
    const months = several(6, (index) => ({ month: `2024-0${index + 1}-01`, sales: index, cost: index }));
    expect(suggestChart(columns(['month', 'date'], ['sales', 'numeric']), months)).toMatchObject({ mark: { type: 'line' }, encoding: { x: { field: 'month', type: 'temporal' }, y: { field: 'sales' } } });
    expect(suggestChart(columns(['month', 'date'], ['sales', 'numeric'], ['cost', 'numeric']), months)).toMatchObject({ transform: [{ fold: ['sales', 'cost'], as: ['measure', 'value'] }], encoding: { color: { field: 'measure' } } });
    // A percentage would lie flat beside a sum.
    const changing = suggestChart(columns(['month', 'date'], ['sales', 'numeric'], ['change_percentage', 'numeric']), several(6, (index) => ({ month: `2024-0${index + 1}-01`, sales: 1_000 * index, change_percentage: index })));
    expect(changing).toMatchObject({ encoding: { y: { field: 'sales' } } });
    expect(changing).not.toHaveProperty('transform');
    const series = several(12, (index) => ({ year: 2020 + (index % 6), region: index < 6 ? 'north' : 'south', sales: index }));
    expect(suggestChart(columns(['year', 'int4'], ['region', 'text'], ['sales', 'float8']), series)).toMatchObject({ mark: { type: 'line' }, encoding: { x: { type: 'ordinal' }, color: { field: 'region' } } });
  });

  it('of two categories and a quantity is grouped bars, of two quantities points', () => {
    const grid = several(8, (index) => ({ region: `r${index % 4}`, status: index < 4 ? 'open' : 'closed', n: index }));
    expect(suggestChart(columns(['region', 'text'], ['status', 'text'], ['n', 'int8']), grid)).toMatchObject({ mark: { type: 'bar' }, encoding: { x: { field: 'region' }, xOffset: { field: 'status' }, color: { field: 'status' } } });
    expect(suggestChart(columns(['height', 'float8'], ['weight', 'float8']), several(30, (index) => ({ height: index, weight: index })))).toMatchObject({ mark: { type: 'point' }, encoding: { x: { field: 'height' }, y: { field: 'weight' } } });
  });

  it('takes ids for names and not for quantities, and leaves them out beside a name', () => {
    expect(suggestChart(columns(['department_id', 'int4'], ['name', 'text'], ['n', 'int8']), several(3, (index) => ({ department_id: index, name: `d${index}`, n: index })))).toMatchObject({ encoding: { x: { field: 'name' } } });
    expect(suggestChart(columns(['id', 'int4'], ['customer_id', 'int4']), several(3, (index) => ({ id: index, customer_id: index })))).toBeNull();
  });

  it('escapes names that Vega-Lite would read as paths', () => {
    expect(suggestChart(columns(['a.b[0]', 'text'], ['n', 'int8']), several(2, (index) => ({ 'a.b[0]': `x${index}`, n: index })))?.encoding.x?.field).toBe('a\\.b\\[0\\]');
  });

  it.each([
    ['one row', columns(['a', 'text'], ['n', 'int8']), several(1, () => ({ a: 'x', n: 1 }))],
    ['no quantity', columns(['a', 'text'], ['b', 'text']), several(5, (index) => ({ a: `${index}`, b: 'x' }))],
    ['a hundred bars', columns(['a', 'text'], ['n', 'int8']), several(100, (index) => ({ a: `x${index}`, n: 1 }))],
    ['twenty series', columns(['d', 'date'], ['s', 'text'], ['n', 'int8']), several(40, (index) => ({ d: `2024-01-0${(index % 2) + 1}`, s: `s${index % 20}`, n: 1 }))],
    ['repeated names without a second category', columns(['a', 'text'], ['n', 'int8']), several(6, (index) => ({ a: `x${index % 2}`, n: index }))],
    ['two columns of one name', columns(['n', 'int8'], ['n', 'int8']), several(3, () => ({ n: 1 }))],
  ])('is none for %s', (_name, list, rows) => {
    expect(suggestChart(list, rows)).toBeNull();
  });
});
