import { composeConditions } from './compose-conditions.js';
import { columnInWords, plural } from './names-in-words.js';
import { putMention } from './put-values.js';
import { NotUnderstood } from './not-understood.js';
import type { Place , Plan} from './planner.js';
import { columnRef } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import type { Reading } from './reading.js';
import type { Grouping } from './request.js';
import type { Column, Node } from './schema-graph.js';
import type { Output } from './statement.js';
import { nodeOf } from './subject.js';
import { parentTimeColumns, timeColumns } from './time-column.js';

/** Adds what a grouping is shown by and grouped by. */
export function addGroup(plan: Plan, group: Grouping, reading: Reading, keys: Output[], groupBy: string[], described: string[]): void {
  if (group.kind === 'time') {
    addTimeGroup(plan, group, reading, keys, groupBy, described);
    return;
  }
  const { phrase } = group;
  if (phrase.head === null || phrase.name !== null || phrase.key !== null || phrase.superlative !== null || phrase.aggregate !== null) throw new NotUnderstood(`I cannot group by "${phrase.text}".`);
  const link = reading.pick(phrase.head);
  for (const mention of phrase.before) putMention(plan, reading.pick(mention), false, link.kind === 'column' ? link.column : null);
  if (phrase.of !== null) composeConditions(plan, [{ kind: 'phrase', phrase: phrase.of, negated: false, role: 'in', via: null, or: false }], reading, () => false);
  if (link.kind === 'relation' || link.kind === 'label') addRelationGroup(plan, link.node, parentPlace(plan, link.node), keys, groupBy, described);
  else if (link.kind === 'role') {
    const child = parentPlace(plan, link.edge.child);
    addRelationGroup(plan, link.edge.parent, { scope: child.scope, path: [...child.path, link.edge], node: link.edge.parent }, keys, groupBy, described);
  } else if (link.kind === 'column' && link.column.kind === 'number' && link.cost > 0 && link.column.words.some((word) => word === 'count' || word === 'number')) {
    // "nurses per bed", where wards hold how many beds they have, wants one number divided by the other.
    throw new NotUnderstood(`"${phrase.text}" is a number here, the ${columnInWords(link.column)} of ${plural(link.column.node)}, and nothing to group by. For one figure divided by the other, ask for the "ratio of" the two.`);
  } else if (link.kind === 'column') addColumnGroup(plan, link.column, keys, groupBy, described);
  else throw new NotUnderstood(`I cannot group by "${phrase.text}".`);
}

export function parentPlace(plan: Plan, node: Node): Place {
  const place = plan.placeAsParent(node);
  if (place === null) throw new NotUnderstood(`The database has no keys that give each of the ${plural(plan.scope.root)} one of the ${plural(node)}.`);
  return place;
}

export function addRelationGroup(plan: Plan, node: Node, place: Place, keys: Output[], groupBy: string[], described: string[]): void {
  const alias = place.scope.reach(place.path, true);
  const key = node.relation.primaryKey.map((column) => `${quotedName(alias)}.${quotedName(column)}`);
  const label = node.label.map((column) => columnRef(alias, column));
  const unique = node.label.length > 0 && node.relation.uniqueKeys.some((columns) => columns.every((column) => node.label.some((own) => own.column.name === column)));
  groupBy.push(...[...(unique ? [] : key), ...label].filter((sql) => !groupBy.includes(sql)));
  if (groupBy.length === 0) throw new NotUnderstood(`${plural(node)} have neither a key nor a name to group by.`);
  if (label.length > 0 && label.every((sql) => keys.some((key) => key.sql === sql))) return;
  if (label.length > 0) keys.push(...node.label.map((column) => ({ sql: columnRef(alias, column), name: node.label.length > 1 ? column.column.name : column.column.name === 'name' ? node.words.join('_') : column.column.name })));
  else keys.push(...node.relation.primaryKey.map((column, index) => ({ sql: key[index] ?? '', name: column })));
  described.push(node.words.join(' '));
}

export function addColumnGroup(plan: Plan, column: Column, keys: Output[], groupBy: string[], described: string[]): void {
  const place = parentPlace(plan, column.node);
  const sql = plan.ref(place, column);
  if (keys.some((key) => key.sql === sql)) return;
  keys.push({ sql, name: column.column.name });
  groupBy.push(sql);
  described.push(columnInWords(column));
}

function addTimeGroup(plan: Plan, group: Extract<Grouping, { kind: 'time' }>, reading: Reading, keys: Output[], groupBy: string[], described: string[]): void {
  const link = group.verb === null ? null : reading.pick(group.verb);
  const nodes = link === null ? [plan.base, ...(plan.scope.root === plan.base ? [] : [plan.scope.root])] : [nodeOf(link)];
  const candidates: Column[] = link?.kind === 'column' ? [link.column] : nodes.flatMap((node) => timeColumns(node, group.unit === 'year'));
  if (candidates.length === 0) candidates.push(...parentTimeColumns(plan.base, group.unit === 'year'));
  const [column, ...others] = candidates;
  if (column === undefined) throw new NotUnderstood(`Nothing about ${nodes.map(plural).join(' or ')} says in which ${group.unit} it happened.`);
  if (others.length > 0) throw new NotUnderstood(`I cannot tell which date the ${group.unit} is of: ${candidates.map((option) => columnInWords(option)).join(', ')}.`);
  const ref = plan.ref(parentPlace(plan, column.node), column);
  if (group.unit === 'weekday') {
    const [shown, order] = [`to_char(${ref}, 'FMDay')`, `extract(isodow FROM ${ref})`];
    keys.unshift({ sql: shown, name: 'weekday', order });
    groupBy.unshift(shown, order);
    described.push('weekday');
    return;
  }
  const sql = column.kind === 'number' ? ref : group.unit === 'year' ? `CAST(extract(year FROM ${ref}) AS integer)` : `CAST(date_trunc('${group.unit}', ${ref}) AS date)`;
  keys.unshift({ sql, name: group.unit });
  groupBy.unshift(sql);
  described.push(group.unit);
}
