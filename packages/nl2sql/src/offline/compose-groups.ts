import { composeConditions } from './compose-conditions.js';
import { refuseInnerRanking } from './compose-figures.js';
import { figureExpression, figureName } from './derived-figure.js';
import { addColumnGroup, addGroup, addRelationGroup, parentPlace } from './group-keys.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Plan } from './planner.js';
import { placeInWords, rankedRows } from './ranked-rows.js';
import type { Reading } from './reading.js';
import type { Grouping, NounPhrase, Request, Superlative } from './request.js';
import { capitalised, describeMeasure, finishStatement } from './statement.js';
import type { Output, Statement } from './statement.js';
import { isPlural } from './singular.js';
import { measureOf, nodeOf } from './subject.js';
import type { Measure, Subject } from './subject.js';

/** A statement of figures for each of some groups. */
export function composeGroups(plan: Plan, request: Request, subject: Subject, groups: readonly Grouping[], reading: Reading): Statement {
  refuseInnerRanking(request);
  const measures = subject.measures.length > 0 ? subject.measures : impliedCount(subject, request);
  const alias = plan.scope.reach(plan.basePath, true);
  const repeated = plan.scope.root !== plan.base;
  if (repeated && measures.some((measure) => measure.kind !== 'count')) throw new NotUnderstood(`A figure over ${plural(plan.base)} would count rows more than once when grouped this way.`);
  // "distinct customers per month": each is one row here, so those of some fact must be meant.
  if (!repeated && groups.some(({ kind }) => kind === 'time') && measures.some((measure) => measure.kind === 'count' && measure.distinct && measure.column === null)) throw new NotUnderstood(`I cannot tell by what the distinct ${plural(plan.base)} come into each period.`);
  for (const measure of measures) refuseEither(measure, groups, reading);
  const keys: Output[] = [];
  const groupBy: string[] = [];
  const described: string[] = [];
  for (const projection of subject.measures.length > 0 ? subject.projections : []) {
    if (projection.kind === 'label') addRelationGroup(plan, projection.node, parentPlace(plan, projection.node), keys, groupBy, described);
    else if (projection.kind === 'column') addColumnGroup(plan, projection.column, keys, groupBy, described);
    else throw new NotUnderstood(`I cannot group by "${projection.phrase.text}".`);
  }
  for (const group of groups) addGroup(plan, group, reading, keys, groupBy, described);
  const having: string[] = [];
  const outputs = measures.map((measure) => ({ sql: figureExpression(measure, alias, repeated), name: figureName(measure) }));
  composeConditions(plan, request.conditions.filter((condition) => !(condition.kind === 'phrase' && condition.phrase.superlative !== null)), reading, (measure, comparison) => {
    if (measure.node !== plan.base || (measure.kind !== 'count' && repeated) || measure.phrase.before.length > 0) return false;
    having.push(`${figureExpression(measure, alias, repeated)} ${comparison()}`);
    return true;
  });
  const ranking = groupRanking(request, keys, outputs, groups, measures, reading);
  const tail = [`GROUP BY ${groupBy.join(', ')}`, ...(having.length > 0 ? [`HAVING ${having.join(' AND ')}`] : [])].join('\n');
  const what = `${capitalised(measures.map(describeMeasure).join(' and '))} for each ${described.join(' and ')}`;
  const { superlative } = ranking;
  if (superlative?.within !== undefined) {
    const where = plan.described.length === 0 ? '' : `, where ${plan.described.join(' and ')}`;
    const sql = rankedRows(plan, { outputs: [...keys, ...outputs], order: ranking.order.split(', ')[0] ?? '', partition: [], keys: 0, tail, distinct: false }, superlative);
    return { sql, parameters: plan.names.parameters, explanation: `${placeInWords(superlative)} by ${what.charAt(0).toLowerCase()}${what.slice(1)}${where}.`, relations: [plan.base], cost: plan.cost };
  }
  return finishStatement(plan, [...keys, ...outputs], tail, `ORDER BY ${ranking.order}`, ranking.limit, what);
}

/** "average bottles per order": over the order's lines, or of what each order adds up to? */
function refuseEither(measure: Measure, groups: readonly Grouping[], reading: Reading): void {
  if (measure.kind !== 'aggregate' || measure.function !== 'avg' || measure.phrase.of !== null) return;
  const name = measure.column.column.name.toLowerCase();
  if (!isPlural(name.split('_').at(-1) ?? '') || !isPlural(measure.phrase.head?.text ?? '') || /number of/i.test(measure.phrase.text)) return;
  const group = groups.find((item) => item.kind === 'phrase' && item.each && item.phrase.head !== null && reading.pick(item.phrase.head).kind === 'relation' && nodeOf(reading.pick(item.phrase.head)) !== measure.node);
  if (group?.kind !== 'phrase') return;
  const each = group.phrase.text.replace(/^(the|each|every) /i, '');
  throw new Ambiguous(`Do you mean the average ${columnInWords(measure.column)} of the ${plural(measure.node)} of each ${each}, or the average of what each ${each} adds up to? Say "average ${columnInWords(measure.column)} of ${plural(measure.node)} per ${each}" for the first, "average total ${columnInWords(measure.column)} per ${each}" for the second.`);
}

function impliedCount(subject: Subject, request: Request): readonly Measure[] {
  const [phrase] = request.heads;
  if (!subject.whole || phrase === undefined) throw new NotUnderstood(`I cannot tell which figure is wanted for each group: a total, an average or a count.`);
  return [{ kind: 'count', node: subject.base, column: null, distinct: false, phrase }];
}

function groupRanking(request: Request, keys: readonly Output[], outputs: readonly Output[], groups: readonly Grouping[], measures: readonly Measure[], reading: Reading): { order: string; limit: number | null; superlative: Superlative | null } {
  const superlative = request.heads.find((head) => head.superlative !== null && !measures.some((measure) => measure.phrase === head && measure.kind === 'aggregate' && head.aggregate === null))?.superlative ?? null;
  const inCondition = request.conditions.find((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null);
  if (inCondition !== undefined) throw new NotUnderstood('I cannot tell what the question ranks.');
  const byTime = groups.some((group) => group.kind === 'time');
  const [first] = outputs;
  const [key] = keys;
  if (request.order !== null) {
    const target = request.order.phrase === null ? first : orderedOutput(request.order.phrase, keys, outputs, measures, reading);
    if (target === undefined) throw new NotUnderstood(`I cannot sort by "${request.order.phrase?.text}" here.`);
    const direction = request.order.direction ?? superlative?.direction ?? (keys.includes(target) ? 'asc' : 'desc');
    return { order: `${target.sql} ${direction.toUpperCase()} NULLS LAST`, limit: superlative?.count ?? null, superlative };
  }
  if (superlative !== null && superlative.hints !== null) throw new NotUnderstood(`I cannot tell what "${superlative.word}" goes by.`);
  if (byTime && superlative === null) return { order: keys.map(({ sql, order }) => order ?? sql).join(', '), limit: null, superlative };
  return { order: `${first?.sql} ${superlative?.direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST${key === undefined ? '' : `, ${key.sql}`}`, limit: superlative?.count ?? null, superlative };
}

function orderedOutput(phrase: NounPhrase, keys: readonly Output[], outputs: readonly Output[], measures: readonly Measure[], reading: Reading): Output | undefined {
  if (phrase.before.length > 0 || phrase.name !== null || phrase.key !== null) return undefined;
  const measure = measureOf(phrase, 'show', null, reading);
  const index = measure === null ? -1 : measures.findIndex((own) => figureName(own) === figureName(measure) && own.node === measure.node);
  if (index >= 0) return outputs[index];
  const link = phrase.head === null ? null : reading.pick(phrase.head);
  if (link?.kind === 'column') {
    const byColumn = keys.find(({ name }) => name === link.column.column.name);
    const byFigure = measures.findIndex((own) => own.kind === 'aggregate' && own.column === link.column);
    return byColumn ?? outputs[byFigure];
  }
  return link?.kind === 'relation' || link?.kind === 'label' ? keys[0] : undefined;
}
