import { composeFigures } from './compose-figures.js';
import { putHeadQualifiers } from './head-qualifiers.js';
import { NotUnderstood } from './not-understood.js';
import { Plan } from './planner.js';
import { Names } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import { namedBy } from './reading.js';
import type { Reading } from './reading.js';
import type { NounPhrase, Request } from './request.js';
import type { SchemaGraph } from './schema-graph.js';
import type { Statement } from './statement.js';
import { subjectOf } from './subject.js';

/** One figure divided by another, each computed on its own under the conditions of the question, with both beside the ratio. */
export function composeRatio(request: Request, reading: Reading, graph: SchemaGraph, leadOf: (request: Request) => Request['lead']): Statement {
  const [above, below, ...more] = request.heads;
  if (above === undefined || below === undefined || more.length > 0) throw new NotUnderstood('I cannot tell which two figures the ratio is of.');
  if (request.groups.length > 0 || request.order !== null) throw new NotUnderstood('I compute a ratio over all rows only, not for each group.');
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
  const [a, b] = distinctNames(above, below);
  const sql = `SELECT ${a}, ${b}, CAST(${a} AS numeric) / nullif(${b}, 0) AS ratio\nFROM (\n  SELECT ${[first, second].map(({ statement }, index) => `(\n    ${statement.sql.replaceAll('\n', '\n    ')}\n  ) AS ${index === 0 ? a : b}`).join(', ')}\n) AS figures`;
  const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
  return { sql, parameters: names.parameters, explanation: `Ratio of the ${lower(first.statement.explanation)} to the ${lower(second.statement.explanation)}.`, relations: [first.subject.base, second.subject.base], cost: first.statement.cost + second.statement.cost };
}

function distinctNames(above: NounPhrase, below: NounPhrase): readonly [string, string] {
  const [a, b] = [above, below].map(({ text }) => text.toLowerCase().replace(/^the /, '').replace(/[^a-z0-9]+/g, '_').replace(/^_|_$|^(?=\d)/g, '') || 'figure');
  return [quotedName(a ?? 'first'), quotedName(a === b || b === undefined ? `${b}_2` : b)];
}
