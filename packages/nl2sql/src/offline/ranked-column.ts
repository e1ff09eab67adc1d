import { holdsPeople } from './holds-people.js';
import { ownWords } from './label-columns.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Column, Node } from './schema-graph.js';
import { lengthNames, lengths, lengthUnits } from './scale-words.js';
import { personalDates, timeColumns } from './time-column.js';

/** The one column of a relation that a word such as "oldest", "cheapest" or "costing" measures by. */
export function rankedColumn(node: Node, hints: readonly string[], word: string): Column {
  const fitting = [...node.columns.values()].filter((column) => (column.kind === 'number' || column.kind === 'date' || column.kind === 'timestamp') && !node.keyColumns.has(column.column.name) && !node.relation.primaryKey.includes(column.column.name));
  const ofTime = hints.includes('date');
  // Who has a day of birth is old by it, whatever else the rows say of people.
  const people = ofTime && (holdsPeople(node) || (/old/.test(word) && fitting.some(isBirth)));
  const named = people ? peopleDates(node, fitting, word) : ofTime ? timeColumns(node, true) : fitting.filter((column) => column.words.some((part) => hints.includes(part)) && (hints !== lengths || isLength(column)));
  const [column, ...others] = named;
  if (column === undefined) throw new NotUnderstood(`${plural(node)} hold nothing that "${word}" could be measured by; name the column that is meant.`);
  if (others.length > 0) throw new Ambiguous(`What does "${word}" go by: ${named.map((option) => columnInWords(option)).join(' or ')}?`);
  return column;
}

/** `duration_min` and `pages` are how long something is; `delay_minutes` and `print_pages` tell of something else. */
function isLength(column: Column): boolean {
  const own = ownWords(column.node, column.words);
  return own.every((word) => lengths.includes(word) || lengthNames.includes(word) || word === 'min') || own.every((word) => !lengthUnits.includes(word));
}

/** People are old by birth and new by the one other date they have. */
function peopleDates(node: Node, fitting: readonly Column[], word: string): readonly Column[] {
  const births = fitting.filter(isBirth);
  if (/old/.test(word)) {
    if (births.length === 0) throw new NotUnderstood(`I cannot tell by which date "${word}" is meant: I do not know when ${plural(node)} were born.`);
    return births;
  }
  return fitting.filter((column) => column.kind !== 'number' && !births.includes(column));
}

function isBirth(column: Column): boolean {
  return column.words.some((part) => personalDates.has(part));
}
