import { derivedFigure } from './derived-figure.js';
import { parentPlace } from './group-keys.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import { Ambiguous } from './planner.js';
import { rankedColumn } from './ranked-column.js';
import type { Reading } from './reading.js';
import type { NounPhrase, Request, Superlative } from './request.js';
import type { Column } from './schema-graph.js';
import { isPlural } from './singular.js';
import type { Output } from './statement.js';
import { quotedName } from './quoted-name.js';
import { isAdditive, measureOf } from './subject.js';
import type { Measure } from './subject.js';

/** Ranks by the superlative of what is asked for: "oldest buildings", "highest salary". */
export function rankHead(plan: Plan, head: NounPhrase, superlative: Superlative, reading: Reading): { order: string; limit: number; output: Output | null } {
  if (superlative.hints === null) {
    if (head.head === null) throw new NotUnderstood(`I cannot tell what "${superlative.word}" goes by.`);
    return rankBy(plan, head, superlative, reading);
  }
  const column = rankedColumn(plan.base, superlative.hints, superlative.word);
  return ordered(plan, column, superlative);
}

/** "the newest buildings": more than one, and the question does not say how many. */
export function refuseUncounted(plan: Plan, superlative: Superlative, text: string): void {
  if (superlative.count === 1 && !superlative.open && superlative.within === undefined && isPlural(text)) throw new Ambiguous(`How many of the ${plural(plan.base)} do you want to see? Say for example "top 5 ${plural(plan.base)} by ..".`);
}

function ordered(plan: Plan, column: Column, superlative: Superlative): { order: string; limit: number; output: Output | null } {
  const place = plan.placeAsParent(column.node);
  if (place === null) throw new NotUnderstood(`Each of the ${plural(plan.base)} has several values of ${columnInWords(column)} to rank by.`);
  const sql = plan.ref(place, column);
  return { order: `${sql} ${superlative.direction.toUpperCase()} NULLS LAST`, limit: superlative.count, output: { sql, name: column.column.name, said: columnInWords(column) } };
}

/** Ranks by what a phrase names: a column, a count of related rows, or a figure. */
export function rankBy(plan: Plan, phrase: NounPhrase, superlative: Superlative, reading: Reading, wholeRows = true): { order: string; limit: number; output: Output | null } {
  if (phrase.head === null && superlative.hints !== null) return ordered(plan, rankedColumn(plan.base, superlative.hints, superlative.word), superlative);
  const link = phrase.head === null ? null : reading.pick(phrase.head);
  if (link === null || phrase.before.length > 0 || phrase.name !== null || phrase.key !== null) throw new NotUnderstood(`I cannot rank by "${phrase.text}".`);
  if (phrase.aggregate === null && link.kind === 'column') {
    // "sold the most units": what adds up over several rows is added up.
    const several = isAdditive(link.column) && link.column.node !== plan.base && plan.placeAsParent(link.column.node) === null;
    if (!several) return ordered(plan, link.column, superlative);
    const figure = derivedFigure(plan, { kind: 'aggregate', node: link.column.node, function: 'sum', column: link.column, phrase });
    return { order: `${figure.sql} ${superlative.direction.toUpperCase()} NULLS LAST`, limit: superlative.count, output: { sql: figure.sql, name: figure.name } };
  }
  // "the depot with the most expensive vehicle" goes by the price, not by how many there are.
  const hinted = link.kind === 'relation' && phrase.aggregate === null && superlative.hints !== null ? rankedColumn(link.node, superlative.hints, superlative.word) : null;
  if (hinted !== null && hinted.node === plan.base) return ordered(plan, hinted, superlative);
  const measure: Measure | null = hinted !== null ? { kind: 'aggregate', node: hinted.node, function: superlative.direction === 'desc' ? 'max' : 'min', column: hinted, phrase } : measureOf({ ...phrase, superlative: null, ...(link.kind === 'relation' && phrase.aggregate !== 'sum' ? { aggregate: 'count' as const } : {}) }, 'show', null, reading);
  if (measure === null) throw new NotUnderstood(`I cannot rank by "${phrase.text}".`);
  if (measure.node === plan.base) throw new NotUnderstood(`I cannot rank ${plural(plan.base)} by "${phrase.text}".`);
  if (!wholeRows) throw new NotUnderstood(`I cannot rank values by "${phrase.text}".`);
  const figure = derivedFigure(plan, measure);
  // Who has no revenue is not among the top by it; who has no orders has none of them.
  if (measure.kind !== 'count') plan.scope.where.push(`${figure.sql} IS NOT NULL`);
  return { order: `${figure.sql} ${superlative.direction.toUpperCase()} NULLS LAST`, limit: superlative.count, output: { sql: figure.sql, name: figure.name } };
}

export function sortBy(plan: Plan, request: Request, outputs: readonly Output[], reading: Reading): { order: string; output: Output | null } {
  const phrase = request.order?.phrase ?? null;
  const direction = request.order?.direction ?? 'asc';
  if (phrase === null) {
    if (request.order?.hints !== null && request.order?.hints !== undefined) return ordered(plan, rankedColumn(plan.base, request.order.hints, direction === 'asc' ? 'first' : 'latest'), { direction, count: 1, open: false, hints: null, word: 'first' });
    // "largest first" needs a number; "sorted descending" goes by what is shown first.
    const ranks = request.order?.byNumber === true;
    const numbers = outputs.filter(({ sql }) => [...plan.base.columns.values()].some((column) => column.kind === 'number' && !plan.base.keyColumns.has(column.column.name) && !plan.base.relation.primaryKey.includes(column.column.name) && sql.endsWith(`.${quotedName(column.column.name)}`)));
    const [first] = ranks ? numbers : outputs;
    if (ranks && numbers.length !== 1) throw new NotUnderstood('I cannot tell by which number the rows are to be sorted.');
    return { order: `${first?.sql} ${direction.toUpperCase()}`, output: null };
  }
  const link = phrase.head === null ? null : reading.pick(phrase.head);
  if (link?.kind === 'label' || (link?.kind === 'relation' && phrase.aggregate === null)) {
    const place = parentPlace(plan, link.node);
    const order = place.node.label.map((column) => `${plan.ref(place, column, false)} ${direction.toUpperCase()}`).join(', ');
    if (order === '') throw new NotUnderstood(`I cannot sort by "${phrase.text}".`);
    return { order, output: null };
  }
  return rankBy(plan, phrase, { direction, count: 1, open: false, hints: null, word: phrase.text }, reading);
}
