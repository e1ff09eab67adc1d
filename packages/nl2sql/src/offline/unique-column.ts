import type { Column } from './schema-graph.js';

/** Whether a key makes each value of a column stand once. */
export function isUnique(column: Column): boolean {
  const { relation } = column.node;
  return [relation.primaryKey, ...relation.uniqueKeys].some((key) => key.length === 1 && key[0] === column.column.name);
}
