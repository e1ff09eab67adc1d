import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import type { Reading } from './reading.js';
import type { Condition } from './request.js';
import type { Column, Node } from './schema-graph.js';
import { nodeOf } from './subject.js';
import { likePattern } from './text-match.js';

/** Keeps the rows whose text begins with, holds or ends with some letters, in upper or lower case. `near` are other rows just spoken of, whose text is meant where they have it. */
export function matchCondition(plan: Plan, condition: Extract<Condition, { kind: 'match' }>, reading: Reading, near: Node | null): void {
  const { attribute } = condition;
  const link = attribute === null ? null : ((near === null ? undefined : attribute.links.find((option) => 'metric' !== option.kind && nodeOf(option) === near)) ?? reading.pick(attribute));
  const columns: readonly Column[] = link === null ? (near ?? plan.base).label : link.kind === 'column' ? [link.column] : link.kind === 'label' || link.kind === 'relation' ? link.node.label : [];
  const [first] = columns;
  if (first === undefined || columns.some((column) => column.kind !== 'text' && column.kind !== 'enum')) throw new NotUnderstood(`I cannot tell in which text of ${plural(plan.base)} "${condition.match.text}" is to be found.`);
  const place = plan.place(first.node, { negated: condition.negated });
  const texts = columns.map((column) => (column.kind === 'enum' ? `CAST(${plan.ref(place, column)} AS text)` : plan.ref(place, column)));
  const outside = condition.negated && place.scope !== plan.scope;
  const name = columns.length > 1 ? first.node.words.join('_') : first.column.name;
  place.scope.where.push(`${texts.join(" || ' ' || ")} ${condition.negated && !outside ? 'NOT ILIKE' : 'ILIKE'} ${plan.names.parameter(`${name}_pattern`, likePattern(condition.match))}`);
  const where = { start: 'starts with', inside: 'contains', end: 'ends with' }[condition.match.where];
  plan.described.push(`${columns.length > 1 ? name.replaceAll('_', ' ') : columnInWords(first)} ${condition.negated ? 'not ' : ''}${where} "${condition.match.text}"`);
}
