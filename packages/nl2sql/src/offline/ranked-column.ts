import { holdsPeople } from './holds-people.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous, plural } from './planner.js';
import type { Column, Node } from './schema-graph.js';
import { personalDates, timeColumns } from './time-column.js';

/** The one column of a relation that a word such as "oldest", "cheapest" or "costing" measures by. */
export function rankedColumn(node: Node, hints: readonly string[], word: string): Column {
  const fitting = [...node.columns.values()].filter((column) => (column.kind === 'number' || column.kind === 'date' || column.kind === 'timestamp') && !node.keyColumns.has(column.column.name) && !node.relation.primaryKey.includes(column.column.name));
  const ofTime = hints.includes('date');
  const people = ofTime && holdsPeople(node);
  const named = people ? peopleDates(node, fitting, word) : ofTime ? timeColumns(node, true) : fitting.filter((column) => column.words.some((part) => hints.includes(part)));
  const [column, ...others] = named;
  if (column === undefined) throw new NotUnderstood(`${node.relation.name} hold nothing that "${word}" could be measured by; name the column that is meant.`);
  if (others.length > 0) throw new Ambiguous(`What does "${word}" go by: ${named.map((option) => option.column.name.replaceAll('_', ' ')).join(' or ')}?`);
  return column;
}

/** People are old by birth and new by the one other date they have. */
function peopleDates(node: Node, fitting: readonly Column[], word: string): readonly Column[] {
  const births = fitting.filter((column) => column.words.some((part) => personalDates.has(part)));
  if (/old/.test(word)) {
    if (births.length === 0) throw new NotUnderstood(`I cannot tell by which date "${word}" is meant: I do not know when ${plural(node)} were born.`);
    return births;
  }
  return fitting.filter((column) => column.kind !== 'number' && !births.includes(column));
}
