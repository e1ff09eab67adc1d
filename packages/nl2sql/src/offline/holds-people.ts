import type { Node } from './schema-graph.js';

const nameWords = new Set(['first', 'last', 'full', 'given', 'family', 'surname', 'firstname', 'lastname']);

/** Whether the rows of a relation are people: named by a first, last or full name, or by a personal column. */
export function holdsPeople(node: Node): boolean {
  return node.label.some((column) => column.column.personal) || [...node.columns.values()].some((column) => column.words.at(-1) === 'name' && nameWords.has(column.words[0] ?? ''));
}
