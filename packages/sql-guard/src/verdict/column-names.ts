import type { ColumnName } from './verdict.js';

const place = ({ schema, relation, column }: ColumnName): string => `${schema}\u0000${relation}\u0000${column}`;

/** The columns that a walk recorded by relation, as a verdict lists them: sorted by schema, relation and column. */
export function columnNames(columns: ReadonlyMap<{ readonly schema: string; readonly name: string }, ReadonlySet<string>>): readonly ColumnName[] {
  return [...columns].flatMap(([{ schema, name }, names]) => [...names].map((column) => ({ schema, relation: name, column }))).sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
