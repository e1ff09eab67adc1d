/** What the benchmark's tables look like: `mixed` and `nulls` have ten columns, `wide` has sixty. */
export type TableKind = 'mixed' | 'nulls' | 'wide';

/** A table whose name says what the stub server answers with. */
export interface ResultShape {
  readonly kind: TableKind;
  readonly rows: number;
}

interface ColumnKind {
  readonly typeName: string;
  readonly type: number;
  readonly value: (row: number) => Readonly<Record<string, unknown>>;
}

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** The ten types, with their JDBC type codes. */
const columnKinds: readonly ColumnKind[] = [
  { typeName: 'int4', type: 4, value: (row) => ({ longValue: row }) },
  { typeName: 'int8', type: -5, value: (row) => ({ longValue: row * 1_000_003 }) },
  { typeName: 'numeric', type: 2, value: (row) => ({ stringValue: `${row}.${pad(row % 100)}` }) },
  { typeName: 'text', type: 12, value: (row) => ({ stringValue: `customer number ${row}` }) },
  { typeName: 'bool', type: -7, value: (row) => ({ booleanValue: row % 3 === 0 }) },
  { typeName: 'float8', type: 8, value: (row) => ({ doubleValue: row / 7 }) },
  { typeName: 'timestamptz', type: 93, value: (row) => ({ stringValue: `2024-${pad(1 + (row % 12))}-${pad(1 + (row % 28))} 12:${pad(row % 60)}:00.${pad(row % 1000, 3)}` }) },
  { typeName: 'date', type: 91, value: (row) => ({ stringValue: `2024-${pad(1 + (row % 12))}-${pad(1 + (row % 28))}` }) },
  { typeName: 'uuid', type: 1111, value: (row) => ({ stringValue: `00000000-0000-4000-8000-${pad(row, 12)}` }) },
  { typeName: 'jsonb', type: 1111, value: (row) => ({ stringValue: `{"a": ${row}, "tags": ["x", "y"]}` }) },
];

export const columnCount: Readonly<Record<TableKind, number>> = { mixed: 10, nulls: 10, wide: 60 };

export function tableName({ kind, rows }: ResultShape): string {
  return `${kind}_${rows}`;
}

/** The body of an ExecuteStatement answer as Aurora PostgreSQL gives it. */
export function resultBody({ kind, rows }: ResultShape): string {
  const columns = Array.from({ length: columnCount[kind] }, (_, index) => columnKinds[index % columnKinds.length] as ColumnKind);
  return JSON.stringify({
    columnMetadata: columns.map(({ type, typeName }, index) => ({
      arrayBaseColumnType: 0, isAutoIncrement: false, isCaseSensitive: typeName === 'text', isCurrency: false, isSigned: type === 4 || type === -5,
      label: `c${index}`, name: `c${index}`, nullable: 1, precision: 10, scale: 0, schemaName: '', tableName: tableName({ kind, rows }), type, typeName,
    })),
    numberOfRecordsUpdated: 0,
    records: Array.from({ length: rows }, (_, row) => columns.map(({ value }, index) => (isNull(kind, row, index) ? { isNull: true } : value(row)))),
  });
}

/** `nulls`: four of five values; otherwise one of twenty-three. */
function isNull(kind: TableKind, row: number, column: number): boolean {
  return kind === 'nulls' ? (row + column) % 5 !== 0 : (row * 7 + column) % 23 === 22;
}
