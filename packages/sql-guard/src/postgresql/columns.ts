import type { RelationRule } from '../policy/compiled-policy.js';
import { perRule } from '../policy/per-rule.js';

/**
 * Whether a relation in FROM has a readable column of a name:
 * `maybe` when the policy can't tell but any such column may be read, `computed` when it can't tell because a call or a row made the columns,
 * `hidden` when it exists or may exist and may not be read.
 */
export type Presence = 'yes' | 'no' | 'maybe' | 'computed' | 'hidden' | 'maybe-hidden';

/** What is known of a name that is not among the known ones; the later in this list, the less. */
const knowledge = ['no', 'computed', 'maybe', 'maybe-hidden'] as const;
export type Unlisted = (typeof knowledge)[number];

export const leastKnown = (one: Unlisted, other: Unlisted): Unlisted => (knowledge.indexOf(one) < knowledge.indexOf(other) ? other : one);

/** The columns of one item in FROM, or of a query's result. */
export interface Columns {
  find(name: string): Presence;
  /** All of them; `null` when not all are known. */
  readonly names: readonly string[] | null;
  /** Whether `names` has one name a column in the server's order, so that a list of aliases tells which ones it renames. */
  readonly ordered: boolean;
  /** What `find` says of names that nobody listed. */
  readonly unlisted: Unlisted;
  /** Whether reading all of them at once reveals nothing that may not be read. */
  readonly wildcard: boolean;
  /** What a reference to the column `name` (or `*`, all of them) grows to, when PostgreSQL puts the expression behind it in its place: 1 for a stored one. */
  growth(name: string): number;
  /** Tells `visit` which stored columns are read when the column `name` (or `*`) is. */
  read(name: string, visit: (rule: RelationRule, column: string) => void): void;
}

const systemColumns = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

/** Columns of a table or view, as the policy tells them. */
export const storedColumns = perRule(columnsOfRule);

function columnsOfRule(rule: RelationRule): Columns {
  const unlisted = unlistedColumns(rule);
  return {
    names: rule.complete && rule.visible !== null ? [...rule.visible] : null,
    // A policy lists columns in any order.
    ordered: false,
    unlisted,
    wildcard: rule.wildcard,
    find(name) {
      if (rule.hidden.has(name)) return 'hidden';
      if (rule.visible?.has(name) === true) return 'yes';
      if (systemColumns.has(name)) return 'hidden';
      return unlisted;
    },
    growth: (name) => (name === '*' ? Math.max(1, rule.visible?.size ?? 0) : 1),
    read(name, visit) {
      if (name === '*' && rule.visible !== null) for (const column of rule.visible) visit(rule, column);
      else visit(rule, name);
    },
  };
}

/** What the policy says of columns that it does not list. */
export const unlistedColumns = ({ visible, complete }: RelationRule): Unlisted => (visible === null ? 'maybe' : complete ? 'no' : 'maybe-hidden');

/** Columns of a subquery, a common table expression or a call: whatever they hold was checked where it was read. */
export const derivedColumns = (names: readonly string[], unlisted: Unlisted, ordered = true, growths: readonly number[] = []): Columns => new DerivedColumns(names, unlisted, ordered, null, growths);

class DerivedColumns implements Columns {
  readonly wildcard = true;
  readonly names: readonly string[] | null;
  readonly ordered: boolean;
  readonly unlisted: Unlisted;
  readonly #source: Columns | null;
  readonly #known: ReadonlySet<string> | readonly string[];
  readonly #names: readonly string[];
  /** Of the names, in their order; 1 where there is none. There may be more, of columns without a known name. */
  readonly #growths: readonly number[];
  #growthOf: ReadonlyMap<string, number> | undefined;
  #total: number | undefined;
  #largest: number | undefined;

  constructor(names: readonly string[], unlisted: Unlisted, ordered: boolean, source: Columns | null, growths: readonly number[]) {
    this.names = unlisted === 'no' ? names : null;
    this.ordered = ordered;
    this.unlisted = unlisted;
    this.#source = source;
    this.#names = names;
    this.#growths = growths;
    this.#known = names.length > 12 ? new Set(names) : names;
  }

  find(name: string): Presence {
    const known = this.#known;
    return (Array.isArray(known) ? (known as readonly string[]).includes(name) : (known as ReadonlySet<string>).has(name)) ? 'yes' : this.unlisted;
  }

  growth(name: string): number {
    const growths = this.#growths;
    if (growths.length === 0) return 1;
    if (name === '*') return (this.#total ??= Math.max(1, growths.reduce((sum, growth) => sum + growth, 0)));
    return (this.#names.length > 12 ? (this.#growthOf ??= growthByName(this.#names, growths)).get(name) : growthAmong(this.#names, growths, name)) ?? (this.#largest ??= largest(growths));
  }

  read(_name: string, visit: (rule: RelationRule, column: string) => void): void {
    this.#source?.read('*', visit);
  }
}

/** What the largest column of a name grows to: a query may call several alike. */
function growthAmong(names: readonly string[], growths: readonly number[], name: string): number | undefined {
  let found: number | undefined;
  for (let index = 0; index < growths.length; index += 1) {
    if (names[index] === name) found = Math.max(found ?? 1, growths[index] ?? 1);
  }
  return found;
}

function growthByName(names: readonly string[], growths: readonly number[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [index, growth] of growths.entries()) {
    const name = names[index];
    if (name !== undefined) found.set(name, Math.max(found.get(name) ?? 1, growth));
  }
  return found;
}

const largest = (growths: readonly number[]): number => growths.reduce((one, other) => Math.max(one, other), 1);

/** Columns after `AS alias (first, second)`, which renames from the left; any of the new names may be any column of the old. */
export function renamedColumns(columns: Columns, aliases: readonly string[]): Columns {
  if (aliases.length === 0) return columns;
  const { names, ordered } = columns;
  if (names !== null && (ordered || aliases.length >= names.length)) return new DerivedColumns([...aliases, ...names.slice(aliases.length)], 'no', true, columns, names.map((name) => columns.growth(name)));
  return {
    // Which of the old names are gone is not known, so none of them is sure to be found here rather than further out.
    find(name) {
      if (aliases.includes(name)) return 'yes';
      const before = columns.find(name);
      return before === 'yes' ? 'maybe' : before;
    },
    names: null,
    ordered: false,
    unlisted: leastKnown(columns.unlisted, 'computed'),
    wildcard: columns.wildcard,
    growth: (name) => (name !== '*' && !aliases.includes(name) ? columns.growth(name) : columns.growth('*')),
    read(_name, visit) {
      columns.read('*', visit);
    },
  };
}

/** Columns of a set operation: the names of the first side. */
export function unitedColumns(first: Columns, second: Columns): Columns {
  const { names, ordered, unlisted } = first;
  const all = second.growth('*');
  const growths = names?.map((name, index) => Math.max(first.growth(name), second.names?.[index] === undefined ? all : second.growth(second.names[index])));
  return growths === undefined || names === null ? { names, ordered, unlisted, wildcard: true, find: (name) => first.find(name), read: () => undefined, growth: (name) => Math.max(first.growth(name), all) } : derivedColumns(names, 'no', ordered, growths);
}

/** Columns of `(a JOIN b) AS j`: those of both sides under one name. */
export function joinedColumns(sides: readonly Columns[]): Columns {
  const names: string[] = [];
  let complete = true;
  for (const side of sides) {
    if (side.names === null) complete = false;
    else names.push(...side.names);
  }
  return {
    names: complete ? names : null,
    // USING and NATURAL merge columns.
    ordered: false,
    unlisted: sides.reduce<Unlisted>((least, side) => leastKnown(least, side.unlisted), 'no'),
    wildcard: sides.every((side) => side.wildcard),
    growth: (name) => (name === '*' ? sides.reduce((sum, side) => sum + side.growth('*'), 0) : largest(sides.filter((side) => side.find(name) !== 'no').map((side) => side.growth(name)))),
    find(name) {
      const found = new Set(sides.map((side) => side.find(name)));
      for (const presence of ['hidden', 'yes', 'maybe-hidden', 'maybe', 'computed'] as const) if (found.has(presence)) return presence;
      return 'no';
    },
    read(name, visit) {
      for (const side of sides) {
        const presence = name === '*' ? 'yes' : side.find(name);
        if (presence === 'yes' || presence === 'maybe' || presence === 'computed') side.read(name, visit);
      }
    },
  };
}
