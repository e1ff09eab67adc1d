import type { ColumnKind } from './column-kind.js';
import type { ResultColumn } from './result-column.js';

/** The columns that name a row to people, by position, in the order they are said; none when nothing does. */
export function rowName(columns: readonly ResultColumn[], kinds: readonly ColumnKind[]): readonly number[] {
  const candidates = kinds.flatMap((kind, index) => (kind === 'category' || kind === 'time' || kind === 'flag' ? [index] : []));
  const named = (pattern: RegExp): number | undefined => candidates.find((index) => pattern.test(columns[index]?.name ?? ''));
  const [given, family] = [named(/^(?:first|given)_?name$/i), named(/^(?:last|family)_?name$/i)];
  if (given !== undefined && family !== undefined) return [given, family];
  const best = named(/^(?:(?:full|display)_?)?(?:name|title|label)$/i) ?? named(/_(?:name|title)$/i) ?? candidates.find((index) => kinds[index] === 'category' && !/(?:^|_)(?:id|code|sku|key)$/i.test(columns[index]?.name ?? '')) ?? candidates.find((index) => !/(?:^|_)(?:id|code|sku|key)$/i.test(columns[index]?.name ?? '')) ?? candidates[0];
  return best === undefined ? [] : [best];
}
