import type { VegaLiteSpec } from '@ask-aurora/nl2sql';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const width = 24;

/**
 * A bar for each row, to stand beside the table, where the suggested chart is one series of bars or one line; else `null`.
 * The longest bar is the largest value; negative values make none, because a bar to the left would need an axis.
 */
export function barsOf(chart: VegaLiteSpec | null, rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] | null {
  if (chart === null || (chart.mark.type !== 'bar' && chart.mark.type !== 'line') || chart.encoding.color !== undefined) return null;
  const measure = [chart.encoding.x, chart.encoding.y].find((channel) => channel?.type === 'quantitative')?.field;
  if (measure === undefined) return null;
  const column = measure.replace(/\\([.[\]\\])/g, '$1');
  const values = rows.map((row) => (row[column] === null || row[column] === undefined ? 0 : Number(row[column])));
  const largest = Math.max(...values);
  if (!Number.isFinite(largest) || largest <= 0 || values.some((value) => !(value >= 0))) return null;
  return values.map((value) => bar(value / largest));
}

function bar(share: number): string {
  const filled = Math.round(share * width * 8);
  return '█'.repeat(Math.floor(filled / 8)) + (eighths[filled % 8] ?? '');
}
