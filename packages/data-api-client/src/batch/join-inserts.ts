import { bindSegments, placeholderNames, type BoundStatement } from '../parameters/bind-statement.js';
import type { Parameters, ParameterValue } from '../parameters/parameter-value.js';
import type { Engine, Segment } from '../parameters/scan-statement.js';
import { chunkSets } from './chunk-sets.js';
import type { InsertParts } from './cut-insert.js';

/** PostgreSQL takes 65,535 parameters a statement, the Data API 65,536 characters. */
const maxParameters = 32_000;
const maxCharacters = 60_000;

export interface JoinInsertsOptions {
  readonly chunkSize: number;
  readonly engine: Engine;
  /** Bytes that set number `index` adds to a request. */
  readonly bytesOf: (index: number) => number;
}

/** A statement that does what so many sets ask for. */
export interface JoinedSets {
  readonly bound: BoundStatement;
  readonly sets: number;
}

/** Makes inserts of many rows out of an insert of one; placeholder `k` of row `i` is named `r<i>_<k>`. */
export function joinInserts(parts: InsertParts, sets: readonly Parameters[], { chunkSize, engine, bytesOf }: JoinInsertsOptions): JoinedSets[] {
  const names = [...placeholderNames(parts.tuple)];
  const tupleCharacters = length(parts.tuple) + names.length * 24;
  const rows = Math.max(1, Math.min(chunkSize, Math.floor((maxCharacters - length(parts.before) - length(parts.after)) / tupleCharacters), Math.floor(maxParameters / Math.max(1, names.length))));
  const chunks = chunkSets(sets.map((set, index) => ({ set, index })), rows, ({ index }) => bytesOf(index));
  return chunks.map((chunk) => {
    const tuples = chunk.flatMap((_, row) => (row === 0 ? renamed(parts.tuple, names, row) : [comma, ...renamed(parts.tuple, names, row)]));
    const values = chunk.flatMap(({ set }, row) => names.map((name, place): [string, ParameterValue] => [`r${row}_${place}`, valueOf(set, name)]));
    return { bound: bindSegments([...parts.before, ...tuples, ...parts.after], [Object.fromEntries(values)], engine), sets: chunk.length };
  });
}

const comma: Segment = { kind: 'code', text: ', ', name: '' };

function renamed(tuple: readonly Segment[], names: readonly string[], row: number): Segment[] {
  return tuple.map((segment) => {
    if (segment.kind !== 'placeholder' && segment.kind !== 'ordinal') return segment;
    const place = names.indexOf(segment.kind === 'ordinal' ? `p${segment.name}` : segment.name);
    return { kind: 'placeholder', text: segment.text, name: `r${row}_${place}` };
  });
}

/** The sets were bound once before, so every name has its value. */
function valueOf(set: Parameters, name: string): ParameterValue {
  const values: Readonly<Record<string, ParameterValue>> = Array.isArray(set) ? Object.fromEntries(set.map((value, index) => [`p${index + 1}`, value])) : { ...set };
  return values[name] ?? null;
}

function length(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.text.length, 0);
}
