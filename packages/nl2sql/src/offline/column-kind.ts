import type { ArtifactColumn } from '../artifact/schema-artifact.js';

/** What can be asked of a column. */
export type ColumnKind = 'number' | 'text' | 'date' | 'timestamp' | 'boolean' | 'enum' | 'other';

export function columnKind(column: ArtifactColumn, enumNames: ReadonlySet<string>): ColumnKind {
  const type = column.type.toLowerCase();
  if (type.endsWith('[]')) return 'other';
  if (/^(smallint|integer|bigint|numeric|decimal|real|double|float|money|int|tinyint|mediumint)/.test(type)) return 'number';
  if (/^(character|text|varchar|char|citext|longtext|mediumtext|name\b)/.test(type)) return 'text';
  if (/^date$/.test(type)) return 'date';
  if (/^(timestamp|datetime)/.test(type)) return 'timestamp';
  if (/^(boolean|bool)/.test(type)) return 'boolean';
  return enumNames.has(column.type) || type.startsWith('enum') ? 'enum' : 'other';
}
