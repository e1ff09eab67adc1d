import { holdsPeople } from './holds-people.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Column, Node } from './schema-graph.js';
import { timeColumns } from './time-column.js';

/** The one column of a relation that a word such as "oldest", "cheapest" or "costing" measures by. */
export function rankedColumn(node: Node, hints: readonly string[], word: string): Column {
  const fitting = [...node.columns.values()].filter((column) => (column.kind === 'number' || column.kind === 'date' || column.kind === 'timestamp') && !node.keyColumns.has(column.column.name) && !node.relation.primaryKey.includes(column.column.name));
  const ofTime = hints.includes('date');
  if (ofTime && holdsPeople(node) && /old|young/.test(word)) throw new NotUnderstood(`I cannot tell by which date "${word}" is meant.`);
  const named = ofTime ? timeColumns(node, true) : fitting.filter((column) => column.words.some((part) => hints.includes(part)));
  const [column, ...others] = named;
  if (column === undefined) throw new NotUnderstood(`${node.relation.name} hold nothing that "${word}" could be measured by.`);
  if (others.length > 0) throw new Ambiguous(`What does "${word}" go by: ${named.map((option) => option.column.name.replaceAll('_', ' ')).join(' or ')}?`);
  return column;
}
