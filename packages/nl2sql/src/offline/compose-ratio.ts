import { composeConditions } from './compose-conditions.js';
import { composeFigures } from './compose-figures.js';
import { isAdditiveFigure } from './compose-share.js';
import { figureExpression } from './derived-figure.js';
import { addGroup } from './group-keys.js';
import { putHeadQualifiers } from './head-qualifiers.js';
import { NotUnderstood } from './not-understood.js';
import { Plan } from './planner.js';
import { Names } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import { namedBy } from './reading.js';
import type { Reading } from './reading.js';
import type { NounPhrase, Request } from './request.js';
import type { SchemaGraph } from './schema-graph.js';
import { describeMeasure, finishStatement } from './statement.js';
import type { Output, Statement } from './statement.js';
import { subjectOf } from './subject.js';

/** One figure divided by another, each computed on its own under the conditions of the question, with both beside the ratio. */
export function composeRatio(request: Request, reading: Reading, graph: SchemaGraph, leadOf: (request: Request) => Request['lead']): Statement {
  const [above, below, ...more] = request.heads;
  if (above === undefined || below === undefined || more.length > 0) throw new NotUnderstood('I cannot tell which two figures the ratio is of.');
  if (request.order !== null) throw new NotUnderstood('I cannot sort ratios; ask for them without an order.');
  if (request.groups.length > 0) return forEach(request, above, below, reading, graph, leadOf);
  const names = new Names();
  const parts = [above, below].map((head) => {
    const alone: Request = { ...request, heads: [head], asked: 1 };
    const subject = subjectOf({ ...alone, lead: leadOf(alone) }, reading);
    if (subject.measures.length !== 1 || subject.projections.length > 0) throw new NotUnderstood(`I cannot tell which figure "${head.text}" is.`);
    const plan = new Plan(graph, subject.base, namedBy(request, reading), { node: subject.base, path: [] }, names);
    putHeadQualifiers(plan, alone, reading);
    return { head, subject, statement: composeFigures(plan, alone, subject, reading) };
  });
  const [first, second] = parts;
  if (first === undefined || second === undefined) throw new NotUnderstood('I cannot tell which two figures the ratio is of.');
  // "high to low priority tickets": a value without its noun is said of the noun that follows.
  const bare = above.head === null ? null : reading.pick(above.head);
  if (bare?.kind === 'value' && first.subject.base !== second.subject.base) throw new NotUnderstood(`I cannot tell what "${above.text}" is counted of.`);
  if (first.statement.sql === second.statement.sql) throw new NotUnderstood('The two figures of the ratio are the same.');
  const [a = '', b = ''] = distinctNames(above, below).map(quotedName);
  const sql = `SELECT ${a}, ${b}, CAST(${a} AS numeric) / nullif(${b}, 0) AS ratio\nFROM (\n  SELECT ${[first, second].map(({ statement }, index) => `(\n    ${statement.sql.replaceAll('\n', '\n    ')}\n  ) AS ${index === 0 ? a : b}`).join(', ')}\n) AS figures`;
  const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
  return { sql, parameters: names.parameters, explanation: `Ratio of the ${lower(first.statement.explanation)} to the ${lower(second.statement.explanation)}.`, relations: [first.subject.base, second.subject.base], cost: first.statement.cost + second.statement.cost };
}

/** The ratio within each group: both figures are over the same rows, or one of each is a figure of the rows grouped by. */
function forEach(request: Request, above: NounPhrase, below: NounPhrase, reading: Reading, graph: SchemaGraph, leadOf: (request: Request) => Request['lead']): Statement {
  const figures = [above, below].map((head) => {
    const alone: Request = { ...request, heads: [head], asked: 1 };
    const [measure, ...more] = subjectOf({ ...alone, lead: leadOf(alone) }, reading).measures;
    if (measure === undefined || more.length > 0) throw new NotUnderstood(`I cannot tell which figure "${head.text}" is.`);
    return { alone, measure };
  });
  const [first, second] = figures;
  if (first === undefined || second === undefined) throw new NotUnderstood('I cannot tell which two figures the ratio is of.');
  if (first.measure.node !== second.measure.node || !isAdditiveFigure(first.measure) || !isAdditiveFigure(second.measure)) throw new NotUnderstood('I compute a ratio for each group only of two parts of the same rows, such as "ratio of open to closed orders per customer".');
  const base = first.measure.node;
  const plan = new Plan(graph, base, namedBy(request, reading));
  const keys: Output[] = [];
  const groupBy: string[] = [];
  const described: string[] = [];
  for (const group of request.groups) addGroup(plan, group, reading, keys, groupBy, described);
  composeConditions(plan, request.conditions, reading, () => false);
  const alias = plan.scope.reach(plan.basePath, true);
  const restricted = plan.described.splice(0);
  const said: string[] = [];
  const parts = figures.map(({ alone, measure }) => {
    // The two parts may well be of values that exclude each other.
    const held = plan.values.splice(0);
    const filters = plan.capture(() => { putHeadQualifiers(plan, alone, reading); });
    plan.values.splice(0, Infinity, ...held);
    said.push(`${describeMeasure(measure)}${plan.described.length === 0 ? '' : ` with ${plan.described.splice(0).join(' and ')}`}`);
    return `${figureExpression(measure, alias, false)}${filters.length === 0 ? '' : ` FILTER (WHERE ${filters.join(' AND ')})`}`;
  });
  if (parts[0] === parts[1]) throw new NotUnderstood('The two figures of the ratio are the same.');
  plan.described.push(...restricted);
  const [a, b] = distinctNames(above, below);
  const outputs: Output[] = [...keys, { sql: parts[0] ?? '', name: a }, { sql: parts[1] ?? '', name: b }, { sql: `CAST(${parts[0] ?? ''} AS numeric) / nullif(${parts[1] ?? ''}, 0)`, name: 'ratio' }];
  return finishStatement(plan, outputs, `GROUP BY ${groupBy.join(', ')}`, `ORDER BY ${keys.map(({ sql, order }) => order ?? sql).join(', ')}`, null, `Ratio of the ${said.join(' to the ')} for each ${described.join(' and ')}`);
}

function distinctNames(above: NounPhrase, below: NounPhrase): readonly [string, string] {
  const [a, b] = [above, below].map(({ text }) => text.toLowerCase().replace(/^the /, '').replace(/[^a-z0-9]+/g, '_').replace(/^_|_$|^(?=\d)/g, '') || 'figure');
  return [a ?? 'first', a === b || b === undefined ? `${b}_2` : b];
}
