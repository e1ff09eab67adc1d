import type { NamedFilter } from '../artifact/schema-artifact.js';
import { addUnits } from './calendar.js';
import { personNameColumns } from './label-columns.js';
import { columnInWords, plural } from './names-in-words.js';
import { wordsOf } from './words-of.js';
import { NotUnderstood } from './not-understood.js';
import type { Place, Plan } from './planner.js';
import { columnRef } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import type { Comparison } from './request.js';
import type { Column, Node } from './schema-graph.js';
import type { TimeRange } from './time-expression.js';
import { weekdaysInWords } from './weekdays.js';

/** A condition that a column holds one of some values. */
export function valueCondition(plan: Plan, place: Place, column: Column, values: readonly (string | boolean)[], negated: boolean): string {
  const ref = plan.ref(place, column);
  const [first] = values;
  plan.described.push(`${columnInWords(column)} is ${typeof first === 'boolean' ? String(first !== negated) : `${negated ? 'not ' : ''}${values.join(' or ')}`}`);
  if (place.node === plan.base && !negated && values.length === 1 && namesOneRow(column)) plan.pinned = true;
  if (typeof first === 'boolean') {
    const plain = first !== negated;
    return plain ? ref : `NOT ${ref}`;
  }
  const text = column.kind === 'enum' ? `CAST(${ref} AS text)` : ref;
  const parameters = values.map((value) => plan.names.parameter(column.column.name, value));
  if (parameters.length === 1) return negated ? `${text} ${column.column.nullable ? 'IS DISTINCT FROM' : '<>'} ${parameters[0]}` : `${text} = ${parameters[0]}`;
  const list = `${text} ${negated ? 'NOT IN' : 'IN'} (${parameters.join(', ')})`;
  return negated && column.column.nullable ? `(${ref} IS NULL OR ${list})` : list;
}

function namesOneRow(column: Column): boolean {
  const { relation, label } = column.node;
  return (label.length === 1 && label[0] === column) || [relation.primaryKey, ...relation.uniqueKeys].some((key) => key.length === 1 && key[0] === column.column.name);
}

/** A condition that compares a column with a number, or a text with a text. */
export function comparisonCondition(plan: Plan, ref: string, column: Column, comparison: Comparison, value: number | string, to: number | null): string {
  const name = column.column.name;
  plan.described.push(`${columnInWords(column)} ${comparison} ${value}${to === null ? '' : ` and <= ${to}`}`);
  if (typeof value === 'string') return comparison === '=' || comparison === '<>' ? `lower(${ref}) ${comparison} lower(${plan.names.parameter(name, value)})` : unfit(column);
  if (column.kind !== 'number') throw unfit(column);
  if (to !== null) return `${ref} BETWEEN ${plan.names.parameter(`${name}_from`, value)} AND ${plan.names.parameter(`${name}_to`, to)}`;
  return `${ref} ${comparison} ${plan.names.parameter(name, value)}`;
}

function unfit(column: Column): never {
  throw new NotUnderstood(`The ${columnInWords(column)} of ${plural(column.node)} holds no numbers to compare with.`);
}

/** A condition that a date, a timestamp or a year lies in a range. */
export function timeCondition(plan: Plan, ref: string, column: Column, range: TimeRange, negated: boolean): string {
  const name = column.column.name;
  if (range.weekdays !== undefined) {
    if (column.kind === 'number') throw new NotUnderstood(`The ${columnInWords(column)} of ${plural(column.node)} holds years only.`);
    plan.described.push(`${columnInWords(column)} ${negated ? 'not ' : ''}on ${weekdaysInWords(range.weekdays)}`);
    const days = `extract(isodow FROM ${ref}) IN (${range.weekdays.join(', ')})`;
    return negated ? `(${ref} IS NULL OR NOT ${days})` : days;
  }
  const lastDay = range.to === null ? null : addUnits(range.to, 'day', -1);
  plan.described.push(`${columnInWords(column)} ${negated ? 'not ' : ''}${range.from === null ? `before ${range.to}` : range.to === null ? `from ${range.from}` : `from ${range.from} to ${lastDay}`}`);
  const parts: string[] = [];
  if (column.kind === 'number') {
    if (!range.wholeYears) throw new NotUnderstood(`The ${columnInWords(column)} of ${plural(column.node)} holds years only.`);
    const [from, to] = [range.from, range.to].map((date) => (date === null || date === undefined ? null : Number(date.slice(0, 4))));
    if (from !== null && from !== undefined && to === from + 1) parts.push(`${ref} = ${plan.names.parameter(name, from)}`);
    else {
      if (from !== null && from !== undefined) parts.push(`${ref} >= ${plan.names.parameter(`${name}_from`, from)}`);
      if (to !== null && to !== undefined) parts.push(`${ref} < ${plan.names.parameter(`${name}_before`, to)}`);
    }
  } else {
    if (range.from !== null) parts.push(`${ref} >= CAST(${plan.names.parameter(`${name}_from`, range.from)} AS date)`);
    if (range.to !== null) parts.push(`${ref} < CAST(${plan.names.parameter(`${name}_before`, range.to)} AS date)`);
  }
  const whole = parts.join(' AND ');
  // What never happened did not happen in 2023 either.
  return negated ? (column.column.nullable ? `(${ref} IS NULL OR NOT (${whole}))` : `NOT (${whole})`) : whole;
}

/** A condition that a row goes by a name. Against a complete list of values the name is checked first. */
export function nameCondition(plan: Plan, place: Place, phrase: { readonly name: string; readonly head: string | null }, negated: boolean): string {
  const { name } = phrase;
  const { node } = place;
  const [first, second] = node.label;
  if (first === undefined) throw new NotUnderstood(`${plural(node)} have no name column to find "${name}" by.`);
  plan.described.push(`${node.words.join(' ')} is ${negated ? 'not ' : ''}"${name}"`);
  const operator = negated ? '<>' : '=';
  const persons = personNameColumns(node);
  if (persons.length > 0 && !/\s/.test(name.trim())) {
    // One word is a first or a last name, and several may bear it.
    const columns = [...new Set([...node.label, ...persons])].map((column) => `lower(${plan.ref(place, column)})`);
    return `lower(${plan.names.parameter(node.words.join('_'), name)}) ${negated ? 'NOT IN' : 'IN'} (${columns.join(', ')})`;
  }
  if (second !== undefined && node.label.length === 2) {
    if (place.node === plan.base && !negated) plan.pinned = true;
    const [a, b] = [plan.ref(place, first), plan.ref(place, second)];
    return `lower(${a} || ' ' || ${b}) ${operator} lower(${plan.names.parameter(node.words.join('_'), name)})`;
  }
  // The relation's own word may belong to the name: "Client A", "Harbour Building".
  const spellings = phrase.head === null ? [name] : [name, `${phrase.head} ${name}`, `${name} ${phrase.head}`];
  const known = first.column.sampleValues.find((value) => spellings.some((spelling) => wordsOf(value).join(' ') === wordsOf(spelling).join(' ')));
  if (known === undefined && first.column.sampleValuesComplete) throw new NotUnderstood(`There is no ${node.words.join(' ')} called "${name}".`);
  if (place.node === plan.base && !negated) plan.pinned = true;
  const wanted = first.column.name === 'name' ? node.words.join('_') : first.column.name;
  const ref = plan.ref(place, first);
  if (known !== undefined) return `${ref} ${operator} ${plan.names.parameter(wanted, known)}`;
  const parameters = spellings.map((spelling) => `lower(${plan.names.parameter(wanted, spelling)})`);
  return parameters.length === 1 ? `lower(${ref}) ${operator} ${parameters[0]}` : `lower(${ref}) ${negated ? 'NOT IN' : 'IN'} (${parameters.join(', ')})`;
}

/** A condition on the single-column numeric key of a relation. */
export function keyCondition(plan: Plan, place: Place, value: number, negated: boolean): string {
  const [key, ...more] = place.node.relation.primaryKey;
  const column = key === undefined ? undefined : place.node.columns.get(key);
  if (column === undefined || more.length > 0 || column.kind !== 'number') throw new NotUnderstood(`${plural(place.node)} have no single number to find ${value} by.`);
  plan.described.push(`${columnInWords(column)} is ${negated ? 'not ' : ''}${value}`);
  if (place.node === plan.base && !negated) plan.pinned = true;
  return `${plan.ref(place, column)} ${negated ? '<>' : '='} ${plan.names.parameter(column.column.name, value)}`;
}

export function filterCondition(plan: Plan, place: Place, filter: NamedFilter, negated: boolean): string {
  const alias = place.scope.reach(place.path, true);
  plan.described.push(`${negated ? 'not ' : ''}${filter.name}`);
  return `${negated ? 'NOT ' : ''}(${withAlias(filter.condition, place.node, alias)})`;
}

/** An overlay's expression with `relation.` turned into the alias that stands for the relation in this statement. */
export function withAlias(expression: string, node: Node, alias: string): string {
  if (alias === node.relation.name) return expression;
  const name = node.relation.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return expression.replace(new RegExp(`(?<![\\w."])"?${name}"?(?=\\.)`, 'g'), quotedName(alias));
}

export function refAt(place: Place, column: Column): string {
  return columnRef(place.scope.reach(place.path, true), column);
}
