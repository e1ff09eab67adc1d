import { isName } from './column-phrases.js';
import { weakCost } from './link.js';
import type { Link } from './link.js';
import { columnInWords, plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { Ambiguous } from './planner.js';
import type { Reading } from './reading.js';
import { isPlural } from './singular.js';
import type { AggregateFunction, NounPhrase, Request } from './request.js';
import type { Column, Edge, Node } from './schema-graph.js';
import type { Metric } from '../artifact/schema-artifact.js';

/** One aggregated figure. A count has no column; a metric brings its own expression. */
export type Measure =
  | { readonly kind: 'count'; readonly node: Node; readonly column: Column | null; readonly distinct: boolean; readonly phrase: NounPhrase }
  | { readonly kind: 'aggregate'; readonly node: Node; readonly function: Exclude<AggregateFunction, 'count'>; readonly column: Column; readonly phrase: NounPhrase }
  | { readonly kind: 'metric'; readonly node: Node; readonly metric: Metric; readonly phrase: NounPhrase };

/** Something asked for by name beside or instead of a relation's own columns. */
export type Projection =
  | { readonly kind: 'column'; readonly column: Column; readonly phrase: NounPhrase }
  | { readonly kind: 'label'; readonly node: Node; readonly phrase: NounPhrase }
  | { readonly kind: 'role'; readonly edge: Edge; readonly phrase: NounPhrase };

/** What the question asks for: rows of a relation, some columns of them, or figures over them. */
export interface Subject {
  readonly base: Node;
  readonly measures: readonly Measure[];
  readonly projections: readonly Projection[];
  /** True when the relation itself was asked for: then its own columns are shown. */
  readonly whole: boolean;
}

export function subjectOf(request: Request, reading: Reading): Subject {
  const measures: Measure[] = [];
  const projections: Projection[] = [];
  let base: Node | null = null;
  let whole = false;
  for (const [index, phrase] of request.heads.entries()) {
    const owner = ownerOf(phrase, reading);
    if (index > 0 && isAlternative(phrase, request.heads[0], reading)) continue;
    refuseForeignPart(phrase, owner, reading);
    if (phrase.head !== null) refuseKind(phrase, reading.pick(phrase.head));
    const measure = measureOf(phrase, index < request.asked ? (index === 0 || request.lead === 'count' ? request.lead : 'show') : 'show', request, reading);
    if (measure !== null) {
      measures.push(measure);
      continue;
    }
    const link = phrase.head === null ? null : reading.pick(phrase.head);
    if (link === null) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
    if (link.kind === 'relation' || link.kind === 'value' || link.kind === 'filter') {
      const node = nodeOf(link);
      if (base === null || base === node) {
        base = node;
        whole = true;
      } else projections.push({ kind: 'label', node, phrase });
      continue;
    }
    if (link.kind === 'presence') throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
    if (link.kind === 'metric') throw new NotUnderstood(`I cannot tell how to show "${phrase.text}" here.`);
    if (request.groups.length > 0 && link.kind === 'column' && link.column.kind === 'number' && !isListOf(request, owner ?? link.column.node, reading)) throw new NotUnderstood(`I cannot tell which figure of "${phrase.text}" is wanted for each group: a total, an average or a count.`);
    base ??= owner ?? laterOwner(request.heads, index, reading) ?? (link.kind === 'role' ? link.edge.child : link.kind === 'label' ? link.node : link.column.node);
    if (link.kind === 'column') projections.push({ kind: 'column', column: link.column, phrase });
    else if (link.kind === 'label') projections.push({ kind: 'label', node: link.node, phrase });
    else projections.push({ kind: 'role', edge: link.edge, phrase });
  }
  const figure = measures[0];
  if (figure !== undefined && measures.some((measure) => measure.node !== figure.node)) throw new NotUnderstood('The question asks for figures over different relations at once.');
  const asked = figure?.node ?? base;
  if (asked === null) throw new NotUnderstood('I cannot tell what the question asks for.');
  return { base: asked, measures, projections: figure !== undefined && base !== null && whole ? [{ kind: 'label', node: base, phrase: firstHead(request) }, ...projections] : projections, whole: whole && figure === undefined };
}

/** "cameras", where a camera is one of the device types: the devices of it may be meant as well. */
function refuseKind(phrase: NounPhrase, link: Link): void {
  if (link.kind !== 'value' || phrase.head === null || !isPlural(phrase.head.text)) return;
  const { node } = link.column;
  const [child] = node.children;
  if (node.label.length !== 1 || node.label[0] !== link.column || child === undefined || link.values.some((value) => isPlural(String(value)))) return;
  throw new Ambiguous(`"${phrase.head.text}" is the name of one of the ${plural(node)}. Do you mean that one, or the ${plural(child.child)} of it? Say "${plural(child.child)} of ${node.words.at(-1) ?? ''} ${link.values.join(' or ')}" for those.`);
}

/** "vans and trucks": one more value of the column the first head is a value of. */
export function isAlternative(phrase: NounPhrase, first: NounPhrase | undefined, reading: Reading): boolean {
  if (phrase.head === null || first === undefined || first.head === null || phrase.before.length > 0) return false;
  const [own, other] = [reading.pick(phrase.head), reading.pick(first.head)];
  return own.kind === 'value' && other.kind === 'value' && own.column === other.column;
}

/** "title and price of each product" asks for each one's own. */
function isListOf(request: Request, node: Node, reading: Reading): boolean {
  return request.groups.every((group) => group.kind === 'phrase' && group.each && group.phrase.head !== null && reading.pick(group.phrase.head).kind === 'relation' && nodeOf(reading.pick(group.phrase.head)) === node);
}

/** Columns whose values are added up when they are asked for by group: "funding by sponsor". */
const additive = new Set(['amount', 'total', 'revenue', 'funding', 'quantity', 'refund', 'turnover', 'donation', 'expense', 'spending', 'payment']);

export function isAdditive(column: Column): boolean {
  return column.kind === 'number' && column.words.some((word) => additive.has(word));
}

/** The one column of a relation that holds sums of money, when the relation itself is to be added up. */
export function amountColumn(node: Node): Column | null {
  const amounts = [...node.columns.values()].filter((column) => column.kind === 'number' && /^(amount|total)$/.test(column.words.at(-1) ?? ''));
  return amounts.length === 1 ? (amounts[0] ?? null) : null;
}

function firstHead(request: Request): NounPhrase {
  const [first] = request.heads;
  if (first === undefined) throw new NotUnderstood('I cannot tell what the question asks for.');
  return first;
}

/** "price of shipments" is not the purchase price of their vehicles: part of a name counts only in its own relation. */
function refuseForeignPart(phrase: NounPhrase, owner: Node | null, reading: Reading): void {
  if (phrase.head === null || owner === null) return;
  const link = reading.pick(phrase.head);
  if (link.kind === 'label' && owner !== link.node) throw new NotUnderstood(`I cannot tell what "${phrase.text}" is.`);
  if (link.kind === 'column' && link.cost >= weakCost && owner !== link.column.node) throw new NotUnderstood(`${plural(owner)} have no "${phrase.head.text}".`);
}

/** "names and salaries of librarians": what the later attribute is asked of, the earlier one is too. */
function laterOwner(heads: readonly NounPhrase[], index: number, reading: Reading): Node | null {
  for (const phrase of heads.slice(index + 1)) {
    const owner = ownerOf(phrase, reading);
    if (owner !== null) return owner;
  }
  return null;
}

/** The relation an attribute is asked of: "names of students". */
function ownerOf(phrase: NounPhrase, reading: Reading): Node | null {
  const link = phrase.of?.head === null || phrase.of === null ? null : reading.pick(phrase.of.head);
  if (link === null) return null;
  return link.kind === 'relation' || link.kind === 'filter' || link.kind === 'value' ? nodeOf(link) : null;
}

export function nodeOf(link: Link): Node {
  switch (link.kind) {
    case 'relation':
    case 'label':
    case 'metric':
    case 'filter':
      return link.node;
    case 'role':
      return link.edge.child;
    case 'column':
    case 'value':
    case 'presence':
      return link.column.node;
  }
}

/** The figure a noun phrase asks for, or null when it asks for rows. */
export function measureOf(phrase: NounPhrase, lead: Request['lead'], request: Request | null, reading: Reading): Measure | null {
  if (phrase.head === null) return null;
  const link = reading.pick(phrase.head);
  if (link.kind === 'metric' && request !== null && (lead === 'count' || (lead === 'rows' && request.groups.length === 0) || lead === 'who')) throw new NotUnderstood(`"${phrase.text}" is a figure, not rows.`);
  if (link.kind === 'metric') {
    // "average refund" is not the metric "refunds", which is a sum.
    const own = /^\s*(\w+)\s*\(/.exec(link.metric.expression)?.[1]?.toLowerCase();
    if ((phrase.aggregate !== null && phrase.aggregate !== own) || (request !== null && phrase.superlative !== null && !phrase.superlative.open)) throw new NotUnderstood(`I cannot compute "${phrase.text}" from ${link.metric.name}.`);
    return { kind: 'metric', node: link.node, metric: link.metric, phrase };
  }
  // "total number of citations", where the rows hold numbers of citations.
  if (phrase.aggregate === 'count' && phrase.superlative?.frequency !== true && link.kind === 'column' && link.column.kind === 'number' && !link.column.node.keyColumns.has(link.column.column.name)) {
    if (/^(the )?(total|overall) /i.test(phrase.text)) return aggregateOf('sum', link.column, phrase);
    throw new NotUnderstood(`I cannot tell whether "${phrase.text}" is to be counted or added up.`);
  }
  const amount = phrase.aggregate === 'sum' && link.kind === 'relation' ? amountColumn(link.node) : null;
  if (amount !== null) {
    if (/^(the )?sum /i.test(phrase.text)) return aggregateOf('sum', amount, phrase);
    throw new Ambiguous(`Do you mean the number of ${plural(amount.node)} or the sum of their ${columnInWords(amount)}?`);
  }
  // "average payment" is that of what was paid; "average payments per member" may be that of how many there were.
  const figure = link.kind === 'relation' && (phrase.aggregate === 'avg' || phrase.aggregate === 'median') ? amountColumn(link.node) : null;
  if (figure !== null && phrase.aggregate !== null) return aggregateOf(phrase.aggregate, figure, phrase);
  if (phrase.aggregate === 'count' || (phrase.aggregate === 'sum' && link.kind === 'relation' && /^(the )?(total|overall|combined) \w+s$/i.test(phrase.text)) || lead === 'count') return countOf(phrase, link, lead, request);
  if (link.kind !== 'column') {
    if (phrase.aggregate !== null) throw new NotUnderstood(`I cannot compute "${phrase.text}".`);
    return null;
  }
  if (phrase.aggregate !== null && link.cost >= weakCost && phrase.of === null && phrase.before.length === 0) {
    const others = phrase.head.links.filter((other) => other.kind === 'column' && other.column !== link.column && other.cost <= link.cost);
    if (others.length > 0) throw new Ambiguous(`Which ${phrase.head.text} do you mean: ${[link, ...others].map((option) => (option.kind === 'column' ? `the ${option.column.words.join(' ')} of ${plural(option.column.node)}` : '')).join(' or ')}?`);
  }
  if (phrase.aggregate !== null) return aggregateOf(phrase.aggregate, link.column, phrase);
  if (lead === 'how-much') return aggregateOf('sum', link.column, phrase);
  if (request !== null && phrase.superlative !== null && !phrase.superlative.open && phrase.superlative.hints === null && phrase.superlative.count === 1 && phrase.superlative.within === undefined) return extreme(phrase, link.column);
  // "total amount per customer", where the column itself is called total amount.
  if (request !== null && request.groups.length > 0 && link.column.kind === 'number' && (/^total /i.test(phrase.text) || (!isPlural(phrase.head.text) && isAdditive(link.column)))) return aggregateOf('sum', link.column, phrase);
  return null;
}

function extreme(phrase: NounPhrase, column: Column): Measure {
  return { kind: 'aggregate', node: column.node, function: phrase.superlative?.direction === 'asc' ? 'min' : 'max', column, phrase };
}

function countOf(phrase: NounPhrase, link: Link, lead: Request['lead'], request: Request | null): Measure | null {
  if (link.kind === 'relation' || link.kind === 'value' || link.kind === 'filter') {
    const tally = [...nodeOf(link).columns.values()].find((column) => column.kind === 'number' && column.words.length === 1 && /^(count|cnt|tally)$/.test(column.words[0] ?? ''));
    if (tally !== undefined) throw new NotUnderstood(`I cannot tell whether rows of ${nodeOf(link).relation.name} are to be counted or their ${tally.column.name} added up.`);
  }
  if (link.kind === 'relation' || link.kind === 'value' || link.kind === 'filter') return { kind: 'count', node: nodeOf(link), column: null, distinct: phrase.distinct, phrase };
  if (link.kind === 'label') return { kind: 'count', node: link.node, column: link.node.label[0] ?? null, distinct: true, phrase };
  if (link.kind !== 'column') throw new NotUnderstood(`I cannot count "${phrase.text}".`);
  if (phrase.superlative?.frequency === true) return { kind: 'count', node: link.column.node, column: null, distinct: false, phrase };
  // "how many Computer Science majors": rows with that value, not values.
  if (phrase.before.length > 0) return { kind: 'count', node: link.column.node, column: null, distinct: false, phrase };
  // "how many credits does Compilers have" asks for the number itself, of one thing.
  const one = request?.conditions.some((condition) => condition.kind === 'phrase') === true && request.groups.length === 0;
  if (link.column.kind === 'number' && lead === 'count' && !link.column.node.keyColumns.has(link.column.column.name)) {
    if (one) return null;
    throw new NotUnderstood(`I cannot tell whether "${phrase.text}" is to be counted or added up.`);
  }
  return { kind: 'count', node: link.column.node, column: link.column, distinct: true, phrase };
}

function aggregateOf(name: AggregateFunction, column: Column, phrase: NounPhrase): Measure {
  if (name === 'count') return { kind: 'count', node: column.node, column, distinct: true, phrase };
  const orders = name === 'min' || name === 'max';
  if (column.kind !== 'number' && !(orders && (column.kind === 'date' || column.kind === 'timestamp'))) throw new NotUnderstood(`"${phrase.text}" asks for a figure, and the ${columnInWords(column)} of ${plural(column.node)} holds no numbers.`);
  if (!orders && isName(column)) throw new NotUnderstood(`The ${columnInWords(column)} names ${plural(column.node)} and is no quantity.`);
  return { kind: 'aggregate', node: column.node, function: name, column, phrase };
}
