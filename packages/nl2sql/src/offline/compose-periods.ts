import { composeConditions } from './compose-conditions.js';
import { composeFigures } from './compose-figures.js';
import { figureExpression, figureName } from './derived-figure.js';
import { addGroup } from './group-keys.js';
import { putHeadQualifiers } from './head-qualifiers.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Plan } from './planner.js';
import { Names } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import { namedBy } from './reading.js';
import type { Reading } from './reading.js';
import type { Condition, Request } from './request.js';
import type { Node, SchemaGraph, Edge } from './schema-graph.js';
import { capitalised, describeMeasure, finishStatement } from './statement.js';
import type { Output, Statement } from './statement.js';
import { isAdditive, subjectOf } from './subject.js';
import type { Measure, Subject } from './subject.js';

/** One figure in each of some times, the times below each other or, for groups, beside each other. */
export function composePeriods(request: Request, reading: Reading, graph: SchemaGraph, leadOf: (request: Request) => Request['lead'], rootOf: (subject: Subject) => { readonly node: Node; readonly path: readonly Edge[] }): Statement {
  const subject = subjectOf({ ...request, lead: leadOf(request) }, reading);
  const [measure, ...more] = subject.measures;
  if (measure === undefined || more.length > 0 || subject.projections.length > 0 || request.order !== null || request.heads.some(({ superlative }) => superlative !== null)) throw new NotUnderstood('I cannot tell which figure is to be compared between the times.');
  if (measure.kind === 'aggregate' && measure.phrase.aggregate === null && !isAdditive(measure.column) && !measure.column.words.some((word) => /^(cost|spend|expense|charge)$/.test(word))) throw new NotUnderstood(`I cannot tell which figure of "${measure.phrase.text}" is to be compared: say "total ${columnInWords(measure.column)}" or "average ${columnInWords(measure.column)}".`);
  return request.groups.length === 0 ? below(request, subject, measure, reading, graph) : beside(request, subject, measure, reading, graph, rootOf);
}

/** The conditions of the request with the time that is compared put in its place. */
function conditionsIn(request: Request, range: Request['periods'][number]['range']): readonly Condition[] {
  const first = request.periods[0]?.range;
  return request.conditions.map((condition) => (isCompared(condition, first) ? { ...condition, range } : condition));
}

function isCompared(condition: Condition, first: Request['periods'][number]['range'] | undefined): condition is Extract<Condition, { kind: 'time' }> {
  return condition.kind === 'time' && condition.range.from === first?.from && condition.range.to === first.to;
}

function below(request: Request, subject: Subject, measure: Measure, reading: Reading, graph: SchemaGraph): Statement {
  const names = new Names();
  const figure = quotedName(figureName(measure));
  const parts = request.periods.map(({ range }) => {
    const plan = new Plan(graph, subject.base, namedBy(request, reading), { node: subject.base, path: [] }, names);
    putHeadQualifiers(plan, request, reading);
    return composeFigures(plan, { ...request, conditions: conditionsIn(request, range) }, subject, reading);
  });
  const rows = parts.map(({ sql }, index) => `SELECT ${index + 1} AS place, '${request.periods[index]?.name ?? ''}' AS period, (\n    ${sql.replaceAll('\n', '\n    ')}\n  ) AS ${figure}`);
  const [first] = parts;
  return {
    sql: `SELECT period, ${figure}\nFROM (\n  ${rows.join('\n  UNION ALL\n  ')}\n) AS periods\nORDER BY place`,
    parameters: names.parameters,
    explanation: parts.map(({ explanation }, index) => (index === 0 ? explanation.replace(/\.$/, '') : `beside that of ${request.periods[index]?.name ?? ''}`)).join(', ') + '.',
    relations: [subject.base],
    cost: first?.cost ?? 0,
  };
}

function beside(request: Request, subject: Subject, measure: Measure, reading: Reading, graph: SchemaGraph, rootOf: (subject: Subject) => { readonly node: Node; readonly path: readonly Edge[] }): Statement {
  if (request.groups.some(({ kind }) => kind === 'time')) throw new NotUnderstood('I compare two times as a whole, not month by month. Ask for the figure by month and year instead.');
  const plan = new Plan(graph, subject.base, namedBy(request, reading), rootOf(subject));
  if (plan.scope.root !== plan.base) throw new NotUnderstood(`A figure over ${plural(plan.base)} would count rows more than once when grouped this way.`);
  putHeadQualifiers(plan, request, reading);
  const first = request.periods[0]?.range;
  composeConditions(plan, request.conditions.filter((condition) => !isCompared(condition, first)), reading, () => false);
  const keys: Output[] = [];
  const groupBy: string[] = [];
  const described: string[] = [];
  for (const group of request.groups) addGroup(plan, group, reading, keys, groupBy, described);
  const expression = figureExpression(measure, plan.scope.reach(plan.basePath, true), false);
  const said = plan.described.length;
  const filters = request.periods.map(({ range }) => plan.capture(() => { composeConditions(plan, conditionsIn(request, range).filter((condition) => isCompared(condition, range)), reading, () => false); }).join(' AND '));
  plan.described.splice(said);
  plan.scope.where.push(`(${filters.map((filter) => `(${filter})`).join(' OR ')})`);
  const outputs = filters.map((filter, index) => ({ sql: `${expression} FILTER (WHERE ${filter})`, name: `${figureName(measure)}_${request.periods[index]?.name.toLowerCase().replace(/[^a-z0-9]+/g, '_') ?? ''}` }));
  const what = `${capitalised(describeMeasure(measure))} in ${request.periods.map(({ name }) => name).join(' and in ')} for each ${described.join(' and ')}`;
  return finishStatement(plan, [...keys, ...outputs], `GROUP BY ${groupBy.join(', ')}`, `ORDER BY ${keys.map(({ sql }) => sql).join(', ')}`, null, what);
}
