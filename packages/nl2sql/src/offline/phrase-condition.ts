import { absence } from './absence.js';
import type { Link } from './link.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { directedEdge } from './direction.js';
import type { Direction } from './direction.js';
import { personPlace, placement, rolePlace } from './placement.js';
import type { Place, Plan } from './planner.js';
import { presenceCondition } from './presence-condition.js';
import { putMention, putValues } from './put-values.js';
import type { Reading } from './reading.js';
import type { Condition, NounPhrase } from './request.js';
import type { Column } from './schema-graph.js';
import { nodeOf } from './subject.js';
import { comparisonCondition, filterCondition, keyCondition, nameCondition, valueCondition } from './values.js';

export type PhraseCondition = Extract<Condition, { kind: 'phrase' }>;

/** Columns that a condition asked to see beside the rows: "students with majors". */
export interface Shown {
  readonly place: Place;
  readonly columns: readonly Column[];
}

/** Conditions of a noun phrase that stands for rows of another relation, or for a value. */
export function phraseCondition(plan: Plan, condition: PhraseCondition, reading: Reading): readonly Shown[] {
  const { phrase, negated } = condition;
  if (condition.every === true && phrase.head === null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
  if (phrase.superlative !== null || phrase.aggregate !== null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" restricts.`);
  const via = condition.via === null ? null : reading.pick(condition.via);
  if (phrase.head === null) {
    if (phrase.name === null) return [];
    if (via?.kind === 'column' && via.column.kind === 'text') return columnCondition(plan, { ...condition, via: null }, via.column, null, reading);
    const place = personPlace(plan, phrase.name, negated, via, { beside: condition.role !== 'is', located: condition.located === true });
    place.scope.where.push(nameCondition(plan, place, { name: phrase.name, head: null }, negated && place.scope === plan.scope));
    return [];
  }
  const link = reading.pick(phrase.head);
  if (via?.kind === 'column' && (via.column.kind === 'text' || via.column.kind === 'enum')) {
    if (link.kind !== 'value' || link.column !== via.column) throw new NotUnderstood(`I cannot tell what "${phrase.text}" has to do with ${columnInWords(via.column)}.`);
  }
  const directed = directedPlace(plan, condition, link);
  if (directed !== null) {
    putQualifiers(plan, directed, { ...phrase, before: link.kind === 'value' ? [...phrase.before, { text: phrase.head.text, links: [link] }] : phrase.before }, reading, negated);
    return [];
  }
  const shown: Shown[] = [];
  if (link.kind === 'relation' || link.kind === 'role') {
    const node = link.kind === 'role' ? link.edge.parent : link.node;
    const specific = phrase.name !== null || phrase.key !== null || phrase.before.length > 0;
    if (!specific && link.kind === 'relation' && node === plan.base && phrase.of === null) {
      if (negated) throw new NotUnderstood(`I cannot tell which ${plural(node)} are to be left out.`);
      return [];
    }
    if (!specific && negated && phrase.of === null) return absence(plan, node, link, via);
    const every = condition.every === true;
    const place = link.kind === 'role' ? rolePlace(plan, link.edge) : plan.place(node, { ...placement(plan, negated, via), fresh: every });
    if (every && (link.kind === 'role' || !specific || place.scope === plan.scope)) throw new NotUnderstood(`I cannot tell how ${plural(plan.base)} can have both of "${phrase.text}" and another.`);
    const inverted = negated && place.scope === plan.scope;
    place.scope.reach(place.path, true);
    putQualifiers(plan, place, phrase, reading, inverted);
    if (!specific && place.scope === plan.scope && place.path.length > plan.basePath.length && condition.role === 'with') shown.push({ place, columns: node.label });
    // "never a ticket of Company A": the company is that of the ticket there is none of.
    const owner = phrase.of?.head === null || phrase.of === null ? null : nodeOf(reading.pick(phrase.of.head));
    if (negated && phrase.of !== null && (owner === null || plan.insideOpen(owner) === null)) throw new NotUnderstood(`I cannot tell which ${plural(node)} are to be left out.`);
    if (phrase.of !== null) shown.push(...phraseCondition(plan, { ...condition, phrase: phrase.of, role: 'in', via: null, negated: false }, reading));
    return shown;
  }
  if (link.kind === 'value') {
    putValues(plan, link, negated, via);
    for (const mention of phrase.before) putMention(plan, reading.pick(mention), negated);
    if (phrase.name !== null || phrase.key !== null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
    return [];
  }
  if (link.kind === 'presence') {
    presenceCondition(plan, plan.place(link.column.node, { through: placement(plan, false, via).through }), link.column, link.present !== negated);
    return [];
  }
  if (link.kind === 'filter') {
    const place = plan.place(link.node, placement(plan, negated, via));
    place.scope.where.push(filterCondition(plan, place, link.filter, negated && place.scope === plan.scope));
    return [];
  }
  if (link.kind === 'label') {
    if (phrase.name === null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is to be.`);
    const place = plan.place(link.node, placement(plan, negated, via));
    place.scope.where.push(nameCondition(plan, place, { name: phrase.name, head: null }, negated && place.scope === plan.scope));
    return [];
  }
  if (link.kind === 'column') return columnCondition(plan, condition, link.column, via, reading);
  throw new NotUnderstood(`I cannot tell what "${phrase.text}" restricts.`);
}

/** "from London", "to Heathrow", where one key says where rows come from and another where they go. */
function directedPlace(plan: Plan, { phrase, toward, every }: PhraseCondition, link: Link): Place | null {
  if (toward === undefined || every === true || phrase.of !== null) return null;
  if (link.kind === 'value') return directedValues(plan, link.column, link.values, toward);
  const specific = phrase.name !== null || phrase.key !== null || phrase.before.length > 0;
  if (link.kind !== 'relation' || !specific) return null;
  const edge = directedEdge(plan.base, nodeOf(link), toward);
  return edge === null ? null : rolePlace(plan, edge);
}

/** Where values behind "from" or "to" are to be looked for, or null when no side is told apart. */
export function directedValues(plan: Plan, column: Column, values: readonly (string | boolean)[], toward: Direction): Place | null {
  // A code that stands in the keys themselves: that of the other side is not meant.
  const own = column.node === plan.base ? plan.base.parents.find((edge) => edge.key.from.columns.includes(column.column.name)) : undefined;
  const wanted = own === undefined ? null : directedEdge(plan.base, own.parent, toward);
  if (wanted !== null && wanted !== own) throw new NotUnderstood(`None of the ${plural(plan.base)} has this ${wanted.role.join(' ')}.`);
  const edge = own === undefined ? directedEdge(plan.base, column.node, toward) : null;
  const key = edge === null ? undefined : plan.base.columns.get(edge.key.from.columns[0] ?? '');
  // The key itself holds the code: the same rows, without a join.
  if (edge?.key.to.columns[0] === column.column.name && values.every((value) => typeof value === 'string' && key?.column.sampleValues.includes(value) === true)) throw new NotUnderstood(`The code stands in ${plural(plan.base)} themselves.`);
  return edge === null ? null : rolePlace(plan, edge);
}

function columnCondition(plan: Plan, condition: PhraseCondition, column: Column, via: Link | null, reading: Reading): readonly Shown[] {
  const { phrase, negated } = condition;
  const place = plan.place(column.node, placement(plan, negated && phrase.name !== null, via));
  const values = phrase.before.map((mention) => reading.pick(mention));
  if (values.length > 0) {
    for (const value of values) {
      if (value.kind !== 'value' || value.column !== column) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is to be.`);
      place.scope.where.push(valueCondition(plan, place, column, value.values, negated));
    }
    return [];
  }
  if (phrase.name !== null) {
    const known = column.column.sampleValues.find((value) => value.toLowerCase() === phrase.name?.toLowerCase());
    if (known === undefined && column.column.sampleValuesComplete) throw new NotUnderstood(`No row has the ${columnInWords(column)} "${phrase.name}"; there is ${column.column.sampleValues.slice(0, 6).join(', ')}${column.column.sampleValues.length > 6 ? ' and more' : ''}.`);
    place.scope.where.push(comparisonCondition(plan, plan.ref(place, column), column, negated ? '<>' : '=', phrase.name, null));
    return [];
  }
  if (condition.role !== 'with' || place.scope !== plan.scope || phrase.of !== null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is to be.`);
  if (negated && !column.column.nullable) {
    if (column.kind !== 'number') throw new NotUnderstood(`Each of the ${plural(column.node)} has a ${columnInWords(column)}.`);
    place.scope.where.push(`${plan.ref(place, column)} = 0`);
  } else if (negated) place.scope.where.push(`${plan.ref(place, column)} IS NULL`);
  else if (column.column.nullable) place.scope.where.push(`${plan.ref(place, column)} IS NOT NULL`);
  plan.described.push(`${negated ? 'no' : 'with'} ${columnInWords(column)}`);
  return negated ? [] : [{ place, columns: [column] }];
}

function putQualifiers(plan: Plan, place: Place, phrase: NounPhrase, reading: Reading, negated: boolean): void {
  for (const mention of phrase.before) {
    const link = reading.pick(mention);
    if (link.kind === 'value' && link.column.node === place.node) place.scope.where.push(valueCondition(plan, place, link.column, link.values, negated));
    else if (link.kind === 'filter' && link.node === place.node) place.scope.where.push(filterCondition(plan, place, link.filter, negated));
    else if (negated) throw new NotUnderstood(`I cannot tell what is excluded by "${phrase.text}".`);
    // "students in Physics courses": a major of the students is not what "Physics" says of the courses.
    else if (link.kind === 'value' && link.column.node === plan.base) throw new NotUnderstood(`I cannot tell what "${mention.text}" says of ${plural(place.node)}.`);
    else putMention(plan, link, false);
  }
  if (phrase.name !== null) place.scope.where.push(nameCondition(plan, place, { name: phrase.name, head: phrase.head?.text ?? null }, negated));
  if (phrase.key !== null) place.scope.where.push(keyCondition(plan, place, phrase.key, negated));
}
