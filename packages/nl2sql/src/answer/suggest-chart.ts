import { columnKind, type ColumnKind } from './column-kind.js';
import { columnLabel } from './column-label.js';
import type { ResultColumn } from './result-column.js';
import type { EncodingChannel, VegaLiteSpec } from './vega-lite-spec.js';

type Row = Readonly<Record<string, unknown>>;

interface Field {
  readonly column: ResultColumn;
  readonly kind: ColumnKind;
  readonly distinct: number;
}

const mostBars = 40;
const mostSeries = 8;
const mostPoints = 5_000;
const differing = /(?:^|_)(?:percentage|percent|pct|ratio|rate|change|growth|average|avg|mean|median)(?:_|$)/i;

/**
 * Chooses a chart from the columns' types and the shape of the rows, as a Vega-Lite 5 specification with the data inside;
 * null when a table says it better. A specification is data: nothing that a model wrote is ever run to draw it.
 *
 * Rules: a time and quantities make lines, one category and a quantity bars, two categories and a quantity grouped bars,
 * two quantities points. One row, more than 40 bars or more than 5,000 points make none.
 *
 * @example
 * suggestChart([{ name: 'major', type: 'text' }, { name: 'students', type: 'int8' }], rows)?.mark // { type: 'bar', tooltip: true }
 */
export function suggestChart(columns: readonly ResultColumn[], rows: readonly Row[]): VegaLiteSpec | null {
  if (rows.length < 2 || rows.length > mostPoints || new Set(columns.map(({ name }) => name)).size !== columns.length) return null;
  const fields = columns.map((column): Field => {
    const values = rows.map((row) => row[column.name]);
    return { column, kind: columnKind(column, values), distinct: new Set(values.map(String)).size };
  });
  const measures = fields.filter(({ kind }) => kind === 'quantity');
  const times = fields.filter(({ kind }) => kind === 'time');
  const categories = withoutRedundantIds(fields.filter(({ kind }) => kind === 'category' || kind === 'flag'));
  const [measure, second] = measures;
  const [time] = times;
  const [category, otherCategory] = categories;
  if (measure === undefined) return null;
  if (time !== undefined && time.distinct > 1) return lines(time, measures, categories, rows);
  if (category !== undefined && categories.length <= 2) {
    if (otherCategory !== undefined && rows.length > category.distinct) return groupedBars(category, otherCategory, measure, rows);
    return category.distinct === rows.length && rows.length <= mostBars ? bars(category, measure, rows) : measures.length === 2 && second !== undefined && category.distinct > mostBars ? points(measure, second, category, rows) : null;
  }
  return second !== undefined && categories.length === 0 && times.length === 0 && measures.length === 2 ? points(measure, second, undefined, rows) : null;
}

function lines(time: Field, measures: readonly Field[], categories: readonly Field[], rows: readonly Row[]): VegaLiteSpec | null {
  const [series] = categories;
  const [measure] = measures;
  if (measure === undefined || categories.length > 1) return null;
  if (series !== undefined && (series.distinct > mostSeries || measures.length > 1)) return null;
  if (series === undefined && time.distinct !== rows.length) return null;
  const x = timeChannel(time, rows);
  // A percentage or an average beside a sum would share its axis and lie flat on it.
  if (series === undefined && measures.length > 1 && measures.every(({ column }) => !differing.test(column.name))) {
    if (measures.length > 4) return null;
    const names = measures.map(({ column }) => column.name);
    return spec(rows, { type: 'line', point: true, tooltip: true }, { x, y: { field: 'value', type: 'quantitative', title: null }, color: { field: 'measure', type: 'nominal', title: null } }, [{ fold: names, as: ['measure', 'value'] }]);
  }
  return spec(rows, { type: 'line', point: true, tooltip: true }, { x, y: quantity(measure), ...(series === undefined ? {} : { color: nominal(series) }) });
}

function bars(category: Field, measure: Field, rows: readonly Row[]): VegaLiteSpec {
  // Long or many names read better beside horizontal bars; the rows' own order is kept, as the question may rank.
  const long = rows.length > 8 || rows.some((row) => String(row[category.column.name]).length > 12);
  const names = { ...nominal(category), sort: null };
  return spec(rows, { type: 'bar', tooltip: true }, long ? { y: names, x: quantity(measure) } : { x: names, y: quantity(measure) });
}

function groupedBars(category: Field, other: Field, measure: Field, rows: readonly Row[]): VegaLiteSpec | null {
  const [outer, inner] = category.distinct >= other.distinct ? [category, other] : [other, category];
  if (inner.distinct > mostSeries || outer.distinct > mostBars) return null;
  return spec(rows, { type: 'bar', tooltip: true }, { x: { ...nominal(outer), sort: null }, xOffset: { field: fieldName(inner), type: 'nominal' }, y: quantity(measure), color: nominal(inner) });
}

function points(x: Field, y: Field, named: Field | undefined, rows: readonly Row[]): VegaLiteSpec {
  return spec(rows, { type: 'point', tooltip: true }, { x: quantity(x), y: quantity(y), ...(named === undefined ? {} : { detail: { field: fieldName(named), type: 'nominal' } }) });
}

function spec(rows: readonly Row[], mark: VegaLiteSpec['mark'], encoding: VegaLiteSpec['encoding'], transform?: VegaLiteSpec['transform']): VegaLiteSpec {
  return { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', data: { values: rows.map(plainRow) }, mark, encoding, ...(transform === undefined ? {} : { transform }) };
}

/** Quantities that drivers give as text become numbers; the chart's data must be plain JSON. */
function plainRow(row: Row): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (value === null || value === undefined) return [name, null];
      if (typeof value === 'boolean' || typeof value === 'number') return [name, value];
      if (typeof value === 'bigint') return [name, Number(value)];
      if (value instanceof Date) return [name, value.toISOString()];
      if (typeof value === 'string') return [name, /^-?(?:0|[1-9]\d{0,15})(?:\.\d+)?$/.test(value) ? Number(value) : value];
      return [name, JSON.stringify(value)];
    }),
  );
}

function timeChannel({ column, distinct }: Field, rows: readonly Row[]): EncodingChannel {
  const wholeNumbers = rows.every((row) => /^\d{1,4}$/.test(String(row[column.name] ?? '0')));
  return { field: fieldName({ column, kind: 'time', distinct }), type: wholeNumbers ? 'ordinal' : 'temporal', title: columnLabel(column.name) };
}

function quantity(field: Field): EncodingChannel {
  return { field: fieldName(field), type: 'quantitative', title: columnLabel(field.column.name) };
}

function nominal(field: Field): EncodingChannel {
  return { field: fieldName(field), type: 'nominal', title: columnLabel(field.column.name) };
}

/** Vega-Lite reads dots and brackets in a field's name as paths unless they are escaped. */
function fieldName({ column }: Field): string {
  return column.name.replace(/[.[\]\\]/g, '\\$&');
}

/** An id beside a name says the same thing twice. */
function withoutRedundantIds(fields: readonly Field[]): readonly Field[] {
  const named = fields.filter(({ column }) => !/(?:^|_)id$/i.test(column.name));
  return named.length > 0 ? named : fields;
}
