import type { Column, Node } from './schema-graph.js';

/** The columns shown when a relation itself is asked for: all that are not personal, and those that name its rows. */
export function displayColumns(node: Node): readonly Column[] {
  return [...node.columns.values()].filter((column) => !column.column.personal || node.label.includes(column));
}
