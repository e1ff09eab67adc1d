import { mergeAlternatives } from './alternatives.js';
import type { Either } from './alternatives.js';
import { averageCondition } from './average-condition.js';
import { compareCondition } from './compare-condition.js';
import { derivedFigure } from './derived-figure.js';
import type { Link } from './link.js';
import { matchCondition } from './match-condition.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { directedValues, phraseCondition } from './phrase-condition.js';
import type { Shown } from './phrase-condition.js';
import { Ambiguous } from './planner.js';
import type { Plan } from './planner.js';
import { presenceCondition } from './presence-condition.js';
import { putValues } from './put-values.js';
import type { Reading } from './reading.js';
import type { Condition } from './request.js';
import type { Node } from './schema-graph.js';
import { nodeOf } from './subject.js';
import type { Measure } from './subject.js';
import { whenCondition } from './when-condition.js';
import { filterCondition, valueCondition } from './values.js';
import { verbCondition } from './verb-condition.js';

/** Puts every condition of a request into the plan; what conditions ask to show comes back. */
export function composeConditions(plan: Plan, conditions: readonly Condition[], reading: Reading, having: (measure: Measure, comparison: () => string) => boolean): readonly Shown[] {
  const shown: Shown[] = [];
  const merged = mergeAlternatives(conditions, reading);
  for (const [index, condition] of merged.entries()) {
    if (plan.open !== null && !plan.open.negated && !continuesFigure(plan, condition, reading)) plan.open = null;
    plan.adjacent = index > 0 ? plan.touched : null;
    plan.touched = null;
    const near = plan.justNamed;
    plan.justNamed = justNamed(plan, condition, reading);
    const said = plan.described.length;
    const held = plan.open?.scope.where.length ?? 0;
    const before = plan.open;
    if (condition.kind === 'phrase' || condition.kind === 'either') happened(plan, condition.via === null ? null : 'cost' in condition.via ? condition.via : reading.pick(condition.via), condition.negated);
    switch (condition.kind) {
      case 'phrase':
        shown.push(...phraseCondition(plan, condition, reading));
        break;
      case 'either':
        refuseFarther(plan, condition);
        putEither(plan, condition);
        break;
      case 'count': {
        const link = condition.phrase.head === null ? null : reading.pick(condition.phrase.head);
        if (link === null || (link.kind !== 'relation' && link.kind !== 'role' && link.kind !== 'value') || condition.phrase.name !== null || condition.phrase.key !== null || condition.phrase.of !== null || condition.phrase.superlative !== null) throw new NotUnderstood(`I cannot count "${condition.phrase.text}".`);
        const measure: Measure = { kind: 'count', node: nodeOf(link), column: null, distinct: condition.phrase.distinct, phrase: condition.phrase };
        if (!having(measure, () => `${condition.comparison} ${plan.names.parameter('limit', condition.value)}`)) {
          const figure = derivedFigure(plan, measure);
          for (const qualifier of [...condition.phrase.before.map((mention) => reading.pick(mention)), ...(link.kind === 'value' ? [link] : [])]) qualifyFigure(plan, qualifier);
          plan.scope.where.push(`${figure.sql} ${condition.comparison} ${plan.names.parameter(`${figure.name}_limit`, condition.value)}`);
        }
        plan.described.push(`number of ${plural(measure.node)} ${condition.comparison} ${condition.value}`);
        break;
      }
      case 'compare':
        compareCondition(plan, condition, reading, having);
        break;
      case 'average':
        averageCondition(plan, condition, reading);
        break;
      case 'match':
        matchCondition(plan, condition, reading, near);
        break;
      case 'time':
        whenCondition(plan, condition, reading);
        break;
      case 'verb':
        verbCondition(plan, reading.pick(condition.verb), condition.negated, condition.yet === true);
        break;
    }
    if (plan.open?.negated === true && (plan.open !== before || plan.open.scope.where.length > held)) describeAbsence(plan, said, plan.open === before);
  }
  return shown;
}

function putEither(plan: Plan, either: Either): void {
  const { column, values, negated, toward } = either;
  const words = values.join(' or ');
  if (negated && either.others.some((other) => other.kind === 'presence' && other.column.node === column.node)) throw new Ambiguous(`Do you mean ${plural(column.node)} that have not been ${words}, by the date of it, or those whose ${columnInWords(column)} is another one? Say "not ${words} yet" for the first, "whose ${columnInWords(column)} is not ${words}" for the second.`);
  const place = toward === undefined ? null : directedValues(plan, column, values, toward);
  if (place === null) putValues(plan, either, negated, either.via, either.every === true);
  else place.scope.where.push(valueCondition(plan, place, column, values, negated));
}

/** "orders of customers | whose names start with B": rows named without a word about them are what comes next is said of. */
function justNamed(plan: Plan, condition: Condition | Either, reading: Reading): Node | null {
  if (condition.kind !== 'phrase' || condition.negated || condition.role === 'is') return null;
  const { head, name, key, of, superlative, before: qualifiers } = condition.phrase;
  const link = head === null || name !== null || key !== null || of !== null || superlative !== null || qualifiers.length > 0 ? null : reading.pick(head);
  return link?.kind === 'relation' && link.node !== plan.base ? link.node : null;
}

/** What was put into a subquery for rows that must not exist is said of those: "without orders where ordered on in 2024". */
function describeAbsence(plan: Plan, from: number, more: boolean): void {
  const inside = plan.described.splice(from);
  const missing = plural(plan.open?.scope.root ?? plan.base);
  const last = more ? plan.described.pop() : undefined;
  if (last !== undefined) plan.described.push(`${last}${last.includes(' where ') ? ' and ' : ' where '}${inside.join(' and ')}`);
  else plan.described.push(inside.every((text) => text.startsWith('without ')) && inside.length > 0 ? inside.join(' and ') : `without ${missing}${inside.length === 0 ? '' : ` where ${inside.join(' and ')}`}`);
}

/** "owners with properties in Malmo": a city of the properties just spoken of is not that of the owners. */
function refuseFarther(plan: Plan, either: Either): void {
  const near = plan.adjacent?.scope.root;
  if (near === undefined || either.column.node === near || either.role === 'is') return;
  if (either.others.some((link) => link.kind === 'value' && link.column.node === near)) throw new NotUnderstood(`I cannot tell whether "${either.values.join(' or ')}" is said of ${plural(near)} or of ${plural(either.column.node)}.`);
}

/** "paid by accounts in India": what was paid has a day on which it was. */
function happened(plan: Plan, via: Link | null, negated: boolean): void {
  if (via?.kind !== 'column' || via.column.node !== plan.base || !via.column.column.nullable || (via.column.kind !== 'date' && via.column.kind !== 'timestamp')) return;
  if (negated) throw new NotUnderstood(`I cannot tell whether the ${plural(plan.base)} without a ${columnInWords(via.column)} are wanted too.`);
  presenceCondition(plan, plan.basePlace(), via.column, true);
}

/** "more than 20 orders | in 2024": what follows a count without a verb of its own belongs to what is counted. */
function continuesFigure(plan: Plan, condition: Condition | Either, reading: Reading): boolean {
  if (condition.kind === 'time') return condition.verb === null || nodeOf(reading.pick(condition.verb)) === plan.open?.scope.root;
  if (condition.kind === 'either') return condition.via === null && condition.role === 'in';
  return condition.kind === 'phrase' && condition.role === 'in' && condition.via === null;
}

/** "more than 2 graduate courses": only those are counted. */
export function qualifyFigure(plan: Plan, link: Link): void {
  const place = plan.open === null || (link.kind !== 'value' && link.kind !== 'filter') ? null : plan.insideOpen(nodeOf(link));
  if (place === null) throw new NotUnderstood('I cannot tell which rows are to be counted.');
  if (link.kind === 'value') place.scope.where.push(valueCondition(plan, place, link.column, link.values, false));
  else if (link.kind === 'filter') place.scope.where.push(filterCondition(plan, place, link.filter, false));
}
