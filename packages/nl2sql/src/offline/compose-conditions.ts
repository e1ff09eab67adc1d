import { weakCost } from './lexicon.js';
import type { Link } from './lexicon.js';
import { costMargin } from './join-graph.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous, plural } from './planner.js';
import type { Place, Plan } from './planner.js';
import { quotedName } from './quoted-name.js';
import type { Reading } from './reading.js';
import type { Condition, NounPhrase } from './request.js';
import type { Column, Edge, Node } from './schema-graph.js';
import { nodeOf } from './subject.js';
import { isTime, parentTimeColumns, timeColumns } from './time-column.js';
import { comparisonCondition, filterCondition, keyCondition, nameCondition, timeCondition, valueCondition } from './values.js';
import { rankedColumn } from './ranked-column.js';
import { derivedFigure } from './derived-figure.js';
import type { Measure } from './subject.js';

type PhraseCondition = Extract<Condition, { kind: 'phrase' }>;

/** Columns that a condition asked to see beside the rows: "students with majors". */
export interface Shown {
  readonly place: Place;
  readonly columns: readonly Column[];
}

/** Puts every condition of a request into the plan; what conditions ask to show comes back. */
export function composeConditions(plan: Plan, conditions: readonly Condition[], reading: Reading, having: (measure: Measure, comparison: () => string) => boolean): readonly Shown[] {
  const shown: Shown[] = [];
  const merged = mergeAlternatives(conditions, reading);
  for (const [index, condition] of merged.entries()) {
    if (plan.open !== null && !plan.open.negated && !continuesFigure(condition)) plan.open = null;
    plan.adjacent = index > 0 ? plan.touched : null;
    plan.touched = null;
    switch (condition.kind) {
      case 'phrase':
        shown.push(...phraseCondition(plan, condition, reading));
        break;
      case 'either':
        putValues(plan, condition.column, condition.values, condition.negated, condition.via);
        break;
      case 'count': {
        const link = condition.phrase.head === null ? null : reading.pick(condition.phrase.head);
        if (link === null || (link.kind !== 'relation' && link.kind !== 'role' && link.kind !== 'value') || condition.phrase.name !== null || condition.phrase.key !== null || condition.phrase.of !== null || condition.phrase.superlative !== null) throw new NotUnderstood(`I cannot count "${condition.phrase.text}".`);
        const measure: Measure = { kind: 'count', node: nodeOf(link), column: null, distinct: condition.phrase.distinct, phrase: condition.phrase };
        if (!having(measure, () => `${condition.comparison} ${plan.names.parameter('limit', condition.value)}`)) {
          const figure = derivedFigure(plan, measure, reading);
          for (const qualifier of [...condition.phrase.before.map((mention) => reading.pick(mention)), ...(link.kind === 'value' ? [link] : [])]) qualifyFigure(plan, qualifier);
          plan.scope.where.push(`${figure.sql} ${condition.comparison} ${plan.names.parameter(`${figure.name}_limit`, condition.value)}`);
        }
        plan.described.push(`number of ${plural(measure.node)} ${condition.comparison} ${condition.value}`);
        break;
      }
      case 'compare':
        compare(plan, condition, reading);
        break;
      case 'time':
        time(plan, condition, reading);
        break;
      case 'verb':
        verbCondition(plan, reading.pick(condition.verb), condition.negated);
        break;
    }
  }
  return shown;
}

/** "more than 20 orders | in 2024": what follows a count without a verb of its own belongs to what is counted. */
function continuesFigure(condition: Condition | Either): boolean {
  if (condition.kind === 'time') return condition.verb === null;
  if (condition.kind === 'either') return condition.via === null && condition.role === 'in';
  return condition.kind === 'phrase' && condition.role === 'in' && condition.via === null;
}

/** "more than 2 graduate courses": only those are counted. */
function qualifyFigure(plan: Plan, link: Link): void {
  const place = plan.open === null || (link.kind !== 'value' && link.kind !== 'filter') ? null : plan.insideOpen(nodeOf(link));
  if (place === null) throw new NotUnderstood('I cannot tell which rows are to be counted.');
  if (link.kind === 'value') place.scope.where.push(valueCondition(plan, place, link.column, link.values, false));
  else if (link.kind === 'filter') place.scope.where.push(filterCondition(plan, place, link.filter, false));
}

interface Either {
  readonly kind: 'either';
  readonly column: Column;
  readonly values: readonly (string | boolean)[];
  readonly negated: boolean;
  readonly role: PhraseCondition['role'];
  readonly via: Link | null;
}

/** Values of one column joined by "or" become one list; an "or" between anything else is not understood. */
function mergeAlternatives(conditions: readonly Condition[], reading: Reading): readonly (Condition | Either)[] {
  const merged: (Condition | Either)[] = [];
  for (const condition of conditions) {
    if (condition.kind !== 'phrase') {
      merged.push(condition);
      continue;
    }
    const value = plainValue(condition, reading);
    const before = merged.at(-1);
    if (condition.or) {
      if (value === null || before?.kind !== 'either' || before.column !== value.column || (condition.negated && !before.negated)) throw new NotUnderstood('I understand "or" only between values of one column.');
      merged[merged.length - 1] = { ...before, values: [...before.values, ...value.values] };
    } else if (value !== null) merged.push({ kind: 'either', column: value.column, values: value.values, negated: condition.negated, role: condition.role, via: condition.via === null ? null : reading.pick(condition.via) });
    else merged.push(condition);
  }
  return merged;
}

function plainValue(condition: PhraseCondition, reading: Reading): Extract<Link, { kind: 'value' }> | null {
  const { phrase } = condition;
  if (phrase.head === null || phrase.before.length > 0 || phrase.name !== null || phrase.key !== null || phrase.of !== null || phrase.superlative !== null) return null;
  const link = reading.pick(phrase.head);
  return link.kind === 'value' ? link : null;
}

function putValues(plan: Plan, column: Column, values: readonly (string | boolean)[], negated: boolean, via: Link | null): void {
  const place = plan.place(column.node, placement(plan, negated, via));
  const outside = negated && place.scope !== plan.scope;
  if (!negated) refuseContradiction(plan, place, column, values);
  place.scope.where.push(valueCondition(plan, place, column, values, negated && !outside));
}

/** One row cannot hold two values of a column: "Physics and Chemistry" may mean either or both. */
function refuseContradiction(plan: Plan, place: Place, column: Column, values: readonly (string | boolean)[]): void {
  const before = plan.values.find((held) => held.scope === place.scope && held.column === column);
  if (before !== undefined && before.values.join() !== values.join()) throw new Ambiguous(`Do you mean ${before.values.join(' or ')} or ${values.join(' or ')}, or ${plural(plan.base)} with both?`);
  plan.values.push({ scope: place.scope, column, values });
}

function placement(plan: Plan, negated: boolean, via: Link | null): { negated: boolean; through: Node | null } {
  return { negated, through: via === null ? null : throughNode(plan, via) };
}

/** The relation a verb names on the way: "enrolled in" goes through enrollments. */
function throughNode(plan: Plan, via: Link): Node | null {
  const node = nodeOf(via);
  return node === plan.base || via.kind === 'role' ? null : node;
}

/** Conditions of a noun phrase that stands for rows of another relation, or for a value. */
export function phraseCondition(plan: Plan, condition: PhraseCondition, reading: Reading): readonly Shown[] {
  const { phrase, negated } = condition;
  if (phrase.superlative !== null || phrase.aggregate !== null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" restricts.`);
  const via = condition.via === null ? null : reading.pick(condition.via);
  if (phrase.head === null) {
    if (phrase.name === null) return [];
    if (via?.kind === 'column' && via.column.kind === 'text') return columnCondition(plan, { ...condition, via: null }, via.column, null, reading);
    const place = personPlace(plan, phrase.name, negated, via);
    place.scope.where.push(nameCondition(plan, place, { name: phrase.name, head: null }, negated && place.scope === plan.scope));
    return [];
  }
  const link = reading.pick(phrase.head);
  if (via?.kind === 'column' && (via.column.kind === 'text' || via.column.kind === 'enum')) {
    if (link.kind !== 'value' || link.column !== via.column) throw new NotUnderstood(`I cannot tell what "${phrase.text}" has to do with ${via.column.column.name.replaceAll('_', ' ')}.`);
  }
  const shown: Shown[] = [];
  if (link.kind === 'relation' || link.kind === 'role') {
    const node = link.kind === 'role' ? link.edge.parent : link.node;
    const specific = phrase.name !== null || phrase.key !== null || phrase.before.length > 0;
    if (!specific && link.kind === 'relation' && node === plan.base && phrase.of === null) {
      if (negated) throw new NotUnderstood(`I cannot tell which ${plural(node)} are to be left out.`);
      return [];
    }
    if (!specific && negated) return absence(plan, node, link, via);
    const place = link.kind === 'role' ? rolePlace(plan, link.edge) : plan.place(node, placement(plan, negated, via));
    const inverted = negated && place.scope === plan.scope;
    place.scope.reach(place.path, true);
    putQualifiers(plan, place, phrase, reading, inverted);
    if (!specific && place.scope === plan.scope && place.path.length > plan.basePath.length && condition.role === 'with') shown.push({ place, columns: node.label });
    if (phrase.of !== null) shown.push(...phraseCondition(plan, { ...condition, phrase: phrase.of, role: 'in', via: null, negated: false }, reading));
    return shown;
  }
  if (link.kind === 'value') {
    putValues(plan, link.column, link.values, negated, via);
    for (const mention of phrase.before) putMention(plan, reading.pick(mention), negated);
    if (phrase.name !== null || phrase.key !== null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
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
    if (known === undefined && column.column.sampleValuesComplete) throw new NotUnderstood(`No row has the ${column.column.name.replaceAll('_', ' ')} "${phrase.name}".`);
    place.scope.where.push(comparisonCondition(plan, plan.ref(place, column), column, negated ? '<>' : '=', phrase.name, null));
    return [];
  }
  if (condition.role !== 'with' || place.scope !== plan.scope || phrase.of !== null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is to be.`);
  if (negated) place.scope.where.push(`${plan.ref(place, column)} IS NULL`);
  else if (column.column.nullable) place.scope.where.push(`${plan.ref(place, column)} IS NOT NULL`);
  plan.described.push(`${negated ? 'no' : 'with'} ${column.column.name.replaceAll('_', ' ')}`);
  return negated ? [] : [{ place, columns: [column] }];
}

function putQualifiers(plan: Plan, place: Place, phrase: NounPhrase, reading: Reading, negated: boolean): void {
  for (const mention of phrase.before) {
    const link = reading.pick(mention);
    if (link.kind === 'value' && link.column.node === place.node) place.scope.where.push(valueCondition(plan, place, link.column, link.values, negated));
    else if (link.kind === 'filter' && link.node === place.node) place.scope.where.push(filterCondition(plan, place, link.filter, negated));
    else if (negated) throw new NotUnderstood(`I cannot tell what is excluded by "${phrase.text}".`);
    else putMention(plan, link, false);
  }
  if (phrase.name !== null) place.scope.where.push(nameCondition(plan, place, { name: phrase.name, head: phrase.head?.text ?? null }, negated));
  if (phrase.key !== null) place.scope.where.push(keyCondition(plan, place, phrase.key, negated));
}

/** A value, a named filter or a relation that qualifies rows from beside them. */
export function putMention(plan: Plan, link: Link, negated: boolean, headColumn: Column | null = null): void {
  if (link.kind === 'value') putValues(plan, link.column, link.values, negated, null);
  else if (link.kind === 'filter') {
    const place = plan.place(link.node, { negated });
    place.scope.where.push(filterCondition(plan, place, link.filter, negated && place.scope === plan.scope));
  } else if (link.kind === 'relation') {
    if (link.node === plan.base || plan.scope.root === link.node) return;
    if (headColumn !== null && headColumn.node !== link.node) throw new NotUnderstood(`${plural(link.node)} have no ${headColumn.column.name.replaceAll('_', ' ')}.`);
    if (link.cost > 0) throw new NotUnderstood(`I cannot tell what ${plural(link.node)} have to do with the ${plural(plan.base)} asked for.`);
    const place = plan.place(link.node);
    place.scope.reach(place.path, true);
  } else throw new NotUnderstood('I cannot tell what a word before the noun restricts.');
}

/** The rows that stand in no relation to any row of `node`. */
function absence(plan: Plan, node: Node, link: Link, via: Link | null): readonly Shown[] {
  plan.described.push(`without ${plural(node)}`);
  if (link.kind === 'role') {
    plan.scope.where.push(missingKey(plan, link.edge, plan.basePlace()));
    return [];
  }
  const place = plan.place(node, placement(plan, true, via));
  const [edge, ...more] = place.scope === plan.scope ? place.path.slice(plan.basePath.length) : [];
  if (place.scope !== plan.scope) place.scope.reach(place.path, true);
  else if (edge !== undefined && more.length === 0) plan.scope.where.push(missingKey(plan, edge, plan.basePlace()));
  else throw new NotUnderstood(`I cannot tell which rows have no ${plural(node)}.`);
  return [];
}

function missingKey(plan: Plan, edge: Edge, place: Place): string {
  const alias = place.scope.reach(place.path, true);
  return edge.key.from.columns.map((column) => `${quotedName(alias)}.${quotedName(column)} IS NULL`).join(' OR ');
}

function rolePlace(plan: Plan, edge: Edge): Place {
  if (edge.child === plan.base) return { scope: plan.scope, path: [...plan.basePath, edge], node: edge.parent };
  const place = plan.place(edge.child);
  return { scope: place.scope, path: [...place.path, edge], node: edge.parent };
}

/** Where a bare name such as "Maria Lopez" can be: the one relation near by whose rows have names that no list of values holds. */
function personPlace(plan: Plan, name: string, negated: boolean, via: Link | null): Place {
  if (via?.kind === 'role') return rolePlace(plan, via.edge);
  const named = (node: Node): boolean => node.label.length > 0 && node.label.every((column) => !column.column.sampleValuesComplete);
  const people = plan.graph.nodes.filter(named);
  const near = people.map((node) => ({ node, cost: plan.costTo(node) })).filter(({ cost }) => cost < Infinity);
  near.sort((a, b) => a.cost - b.cost);
  const [best, next] = near;
  if (best === undefined) throw new NotUnderstood(`I do not know what "${name}" is.`);
  if (next !== undefined && next.cost - best.cost < costMargin) throw new Ambiguous(`Is "${name}" one of the ${plural(best.node)} or one of the ${plural(next.node)}?`);
  return plan.place(best.node, placement(plan, negated, via));
}

function compare(plan: Plan, condition: Extract<Condition, { kind: 'compare' }>, reading: Reading): void {
  const { attribute, aggregate, hints, comparison, value, to } = condition;
  const link = attribute === null ? null : reading.pick(attribute);
  if (link?.kind === 'metric' || aggregate !== null) {
    if (link === null || (link.kind !== 'metric' && link.kind !== 'column' && link.kind !== 'relation')) throw new NotUnderstood(`I cannot compute "${attribute?.text}".`);
    if (typeof value !== 'number' || to !== null) throw new NotUnderstood(`I cannot compare "${attribute?.text}" with that.`);
    const phrase = emptyPhrase(attribute?.text ?? '');
    const measure: Measure =
      link.kind === 'metric'
        ? { kind: 'metric', node: link.node, metric: link.metric, phrase }
        : link.kind === 'relation' || aggregate === 'count' || aggregate === null
          ? { kind: 'count', node: nodeOf(link), column: null, distinct: false, phrase }
          : { kind: 'aggregate', node: link.column.node, function: aggregate, column: link.column, phrase };
    const figure = derivedFigure(plan, measure, reading);
    plan.scope.where.push(`${figure.sql} ${comparison} ${plan.names.parameter(`${figure.name}_limit`, value)}`);
    plan.described.push(`${figure.name.replaceAll('_', ' ')} ${comparison} ${value}`);
    return;
  }
  if (link?.kind === 'label' || (link?.kind === 'relation' && typeof value === 'string')) {
    if (typeof value !== 'string') throw new NotUnderstood(`I cannot compare "${attribute?.text}" with a number.`);
    const place = plan.place(nodeOf(link));
    place.scope.where.push(nameCondition(plan, place, { name: value, head: null }, comparison === '<>'));
    return;
  }
  if (link?.kind === 'column' && link.cost >= weakCost && link.column.node !== plan.base) throw new NotUnderstood(`${plural(plan.base)} have no "${attribute?.text}".`);
  const column = link?.kind === 'column' ? link.column : rankedColumn(plan.base, hints ?? [], attribute?.text ?? hints?.[0] ?? 'that');
  const place = plan.place(column.node);
  place.scope.where.push(comparisonCondition(plan, plan.ref(place, column), column, comparison, value, to));
}

function emptyPhrase(text: string): NounPhrase {
  return { text, aggregate: null, distinct: false, superlative: null, before: [], head: null, name: null, key: null, of: null };
}

function time(plan: Plan, condition: Extract<Condition, { kind: 'time' }>, reading: Reading): void {
  const { range, verb, negated } = condition;
  const link = verb === null ? null : reading.pick(verb);
  if (link !== null && link.kind === 'column') {
    if (!isTime(link.column, range.wholeYears) && !(link.column.kind === 'number' && range.wholeYears)) throw new NotUnderstood(`"${verb?.text}" is not something that happens at a time here.`);
    putTime(plan, link.column, condition);
    return;
  }
  if (link !== null && link.kind !== 'relation') throw new NotUnderstood(`I cannot tell when "${verb?.text}" happens.`);
  const nodes = link?.kind === 'relation' ? [link.node] : plan.open !== null ? [plan.open.scope.root] : involved(plan);
  const own = nodes.flatMap((node) => timeColumns(node, range.wholeYears));
  const candidates = own.length > 0 ? own : parentTimeColumns(plan.open?.scope.root ?? plan.base, range.wholeYears);
  const [column, ...others] = candidates;
  if (column === undefined) throw new NotUnderstood(`Nothing about ${nodes.map(plural).join(' or ')} says when it happened.`);
  if (others.length > 0) throw new Ambiguous(`Which date do you mean: ${candidates.map((option) => `${plural(option.node)} ${option.column.name.replaceAll('_', ' ')}`).join(', ')}?`);
  const before = plan.cost;
  putTime(plan, column, { ...condition, negated });
  // That an order line happened when its order did is no leap.
  if (own.length === 0) plan.cost = before;
}

function putTime(plan: Plan, column: Column, condition: Extract<Condition, { kind: 'time' }>): void {
  const place = plan.place(column.node, { negated: condition.negated });
  const outside = condition.negated && place.scope !== plan.scope;
  place.scope.where.push(timeCondition(plan, plan.ref(place, column), column, condition.range, condition.negated && !outside));
}

/** The relations a date without a verb may belong to: the one asked for, the facts in play and those the question names. */
function involved(plan: Plan): readonly Node[] {
  const nodes = new Set<Node>([plan.base, plan.scope.root, ...plan.facts.filter((facts) => !facts.negated).map((facts) => facts.scope.root)]);
  for (const named of plan.named) if ('relation' in named) nodes.add(named);
  return [...nodes];
}

/** A verb without anything after it: "students who enrolled", "completed" as a date that is set. */
function verbCondition(plan: Plan, link: Link, negated: boolean): void {
  const node = nodeOf(link);
  if (negated) {
    if (node === plan.base || link.kind === 'role') throw new NotUnderstood('I cannot tell what the question excludes.');
    absence(plan, node, link, null);
    return;
  }
  // "placed more than 60 orders": the verb and the figure are about the same facts.
  if (plan.figuredNodes.has(node)) return;
  if (node === plan.base || plan.scope.root === node) {
    if (link.kind === 'column' && link.column.column.nullable && link.column.node === plan.base) plan.scope.where.push(`${plan.ref(plan.basePlace(), link.column)} IS NOT NULL`);
    return;
  }
  if (link.kind === 'role') throw new NotUnderstood('I cannot tell who or what a verb of the question refers to.');
  const place = plan.place(node);
  place.scope.reach(place.path, true);
}
