import { plural } from './names-in-words.js';
import { NotUnderstood } from './not-understood.js';
import { costMargin, waysBetween } from './join-graph.js';
import type { Way } from './join-graph.js';
import { Names, Scope, columnRef } from './query-builder.js';
import { quotedName } from './quoted-name.js';
import type { Column, Edge, Node, SchemaGraph } from './schema-graph.js';

/** The question leaves open which of several joins, columns or meanings it wants. */
export class Ambiguous extends NotUnderstood {}

/** Where a relation stands in the statement: a scope and the keys from its root. */
export interface Place {
  readonly scope: Scope;
  readonly path: readonly Edge[];
  readonly node: Node;
}

/** A subquery over a fact that belongs to the rows asked for. */
export interface Facts {
  readonly scope: Scope;
  readonly down: readonly Edge[];
  readonly negated: boolean;
}

/** The statement in the making: the rows asked for, what stands beside them and what it cost to get there. */
export class Plan {
  readonly scope: Scope;
  readonly basePath: readonly Edge[];
  readonly facts: Facts[] = [];
  /** Derived tables joined after the relations. */
  readonly joined: { readonly scope: Scope; readonly render: () => string }[] = [];
  readonly described: string[] = [];
  /** The subquery that conditions without a place of their own go into, after "without orders ..". */
  open: Facts | null = null;
  /** True once a condition names one of the rows asked for. */
  pinned = false;
  /** Which values columns are held to, to notice contradictions. */
  readonly values: { readonly scope: Scope; readonly column: Column; readonly values: readonly (string | boolean)[] }[] = [];
  /** The facts that the condition at work has put something into, and those of the condition just before it. */
  touched: Facts | null = null;
  adjacent: Facts | null = null;
  /** Other rows than those asked for that were just named without a word about them. */
  justNamed: Node | null = null;
  /** The keys down to facts that a figure was computed over. */
  readonly figured = new Set<string>();
  /** The relations those facts are rows of. */
  readonly figuredNodes = new Set<Node>();
  cost = 0;

  constructor(
    readonly graph: SchemaGraph,
    /** The relation the question is about. */
    readonly base: Node,
    readonly named: ReadonlySet<Node | Edge>,
    /** The relation the FROM clause begins with, and the keys from it to the base. */
    root: { readonly node: Node; readonly path: readonly Edge[] } = { node: base, path: [] },
    /** Shared by the parts of a statement that is put together from several. */
    readonly names: Names = new Names(),
  ) {
    this.scope = new Scope(root.node, this.names);
    this.basePath = root.path;
    this.scope.reach(root.path, true);
  }

  basePlace(): Place {
    return { scope: this.scope, path: this.basePath, node: this.base };
  }

  /** One row of `node` for each row asked for, or null when there may be none or several. */
  placeAsParent(node: Node): Place | null {
    if (node === this.base) return this.basePlace();
    const own = waysBetween(this.base, node, this.named).filter((way) => way.down.length === 0);
    if (own.length > 0) return { scope: this.scope, path: [...this.basePath, ...this.charge(only(own, this.base, node)).up], node };
    if (this.scope.root === node) return { scope: this.scope, path: [], node };
    if (this.scope.root === this.base) return null;
    const fromRoot = waysBetween(this.scope.root, node, this.named).filter((way) => way.down.length === 0);
    return fromRoot.length === 0 ? null : { scope: this.scope, path: this.charge(only(fromRoot, this.scope.root, node)).up, node };
  }

  /**
   * A place for a condition on `node`: beside the rows asked for, or inside an EXISTS over a fact.
   *
   * @throws NotUnderstood when no key leads there, Ambiguous when two lead there equally well
   */
  place(node: Node, options: { readonly negated?: boolean; readonly through?: Node | null; readonly fresh?: boolean } = {}): Place {
    const { negated = false, through = null, fresh = false } = options;
    if (this.open !== null && !negated) {
      const inside = this.insideOpen(node);
      if (inside !== null) return inside;
    }
    if (node === this.base && through === null) return this.basePlace();
    if (this.scope.root !== this.base && !negated) {
      const parent = this.placeAsParent(node);
      if (parent !== null) return parent;
    }
    const all = waysBetween(this.base, node, this.named);
    const passing = through === null || through === this.base ? all : all.filter((way) => way.down.some((edge) => edge.child === through) || way.up.some((edge) => edge.parent === through));
    const way = this.charge(only(passing.length > 0 ? passing : all, this.base, node));
    if (way.down.length === 0) return { scope: this.scope, path: [...this.basePath, ...way.up], node };
    const facts = this.factsOf(way.down, negated, fresh);
    this.touched = facts;
    if (negated) this.open = facts;
    return { scope: facts.scope, path: way.up, node };
  }

  /** A place for `node` inside the subquery that is open, or null. */
  insideOpen(node: Node): Place | null {
    const open = this.open;
    if (open === null || node === this.base) return null;
    if (waysBetween(this.base, node, this.named).some((way) => way.down.length === 0)) return null;
    if (open.scope.root === node) return { scope: open.scope, path: [], node };
    const inside = waysBetween(open.scope.root, node, this.named).filter((way) => way.down.length === 0);
    return inside.length === 0 ? null : { scope: open.scope, path: only(inside, open.scope.root, node).up, node };
  }

  /** Takes over the facts of the condition just before for a figure: "failed | more than 2 courses" counts the failed ones. */
  adoptFacts(down: readonly Edge[]): Scope | null {
    const key = down.map((edge) => edge.id).join(' ');
    const index = this.facts.findIndex((facts) => !facts.negated && facts.down.map((edge) => edge.id).join(' ') === key);
    const facts = this.facts[index];
    this.figured.add(key);
    for (const edge of down) this.figuredNodes.add(edge.child);
    if (facts === undefined) return null;
    if (facts !== this.adjacent) throw new NotUnderstood('The question counts facts and restricts them in one breath; I cannot tell which it restricts.');
    this.facts.splice(index, 1);
    facts.scope.where.shift();
    return facts.scope;
  }

  factsOf(down: readonly Edge[], negated: boolean, fresh: boolean): Facts {
    const key = down.map((edge) => edge.id).join(' ');
    if (this.figured.has(key)) throw new NotUnderstood('The question counts facts and restricts them in one breath; I cannot tell which it restricts.');
    const present = fresh || negated ? undefined : this.facts.find((facts) => !facts.negated && facts.down.map((edge) => edge.id).join(' ') === key);
    if (present !== undefined) return present;
    const root = down.at(-1)?.child ?? this.base;
    const facts: Facts = { scope: new Scope(root, this.names), down, negated };
    const nearest = facts.scope.reach([...down.slice(1)].reverse(), true);
    const first = down[0];
    if (first !== undefined) {
      const baseAlias = this.scope.reach(this.basePath, true);
      facts.scope.where.push(first.key.from.columns.map((column, index) => `${quotedName(nearest)}.${quotedName(column)} = ${quotedName(baseAlias)}.${quotedName(first.key.to.columns[index] ?? '')}`).join(' AND '));
    }
    this.facts.push(facts);
    return facts;
  }

  /** What `put` adds as conditions, as expressions that restrict nothing: the rows that do not meet them stay. */
  capture(put: () => void): readonly string[] {
    const conditions = this.scope.where.splice(0);
    const facts = this.facts.splice(0);
    this.scope.optional = true;
    put();
    this.scope.optional = false;
    const captured = this.conditions();
    this.scope.where.splice(0, Infinity, ...conditions);
    this.facts.splice(0, Infinity, ...facts);
    return captured;
  }

  /** What it costs to get from the rows asked for to `node`; infinite when no key leads there. */
  costTo(node: Node): number {
    return node === this.base ? 0 : (waysBetween(this.base, node, this.named)[0]?.cost ?? Infinity);
  }

  charge(way: Way): Way {
    this.cost += way.cost;
    return way;
  }

  /** The column at a place, its relation joined. */
  ref(place: Place, column: Column, inner = true): string {
    return columnRef(place.scope.reach(place.path, inner), column);
  }

  fromClause(): string {
    return [this.scope.fromClause(), ...this.joined.map(({ render }) => render())].join('\n');
  }

  whereClause(): string {
    const conditions = this.conditions();
    return conditions.length === 0 ? '' : `WHERE ${conditions.join('\n  AND ')}`;
  }

  private conditions(): readonly string[] {
    return [...this.scope.where, ...this.facts.map(({ scope, negated }) => `${negated ? 'NOT ' : ''}EXISTS (\n  SELECT 1\n  ${scope.fromClause().replaceAll('\n', '\n  ')}\n  WHERE ${scope.where.join('\n    AND ')}\n)`)];
  }
}

/** The one way that is clearly cheapest. */
export function only(ways: readonly Way[], from: Node, to: Node): Way {
  const [best, next] = ways;
  if (best === undefined) throw new NotUnderstood(unrelated(from, to));
  if (next !== undefined && next.cost - best.cost < costMargin) {
    const options = [best, next].map(describeWay);
    throw new Ambiguous(`There is more than one way to relate ${plural(from)} to ${plural(to)}: ${options[0]} or ${options[1]}. Which one do you mean?`);
  }
  return best;
}

/** Relations that are far from each other have to be named along the way, since the nearest way need not be the one meant. */
function unrelated(from: Node, to: Node): string {
  const [far] = waysBetween(from, to, { has: () => true });
  const between = far === undefined ? [] : [...far.down.map((edge) => edge.child), ...far.up.map((edge) => edge.parent)].slice(0, -1);
  if (between.length === 0) return `The database has no keys that relate ${plural(from)} to ${plural(to)}.`;
  return `I see ${plural(from)} related to ${plural(to)} only through ${between.map(plural).join(' and ')}. Say so in the question if that is meant.`;
}

function describeWay(way: Way): string {
  const edges = [...way.down, ...way.up];
  const [first, ...more] = edges;
  if (first !== undefined && more.length === 0 && first.role.length > 0) return `by the ${first.role.join(' ')}`;
  return `by ${edges.map((edge) => `${edge.key.from.relation}.${edge.key.from.columns.join('+')}`).join(' and ')}`;
}
