import type { RelationRule } from '../policy/compiled-policy.js';
import { perRule } from '../policy/per-rule.js';

/**
 * Whether a relation in FROM has a readable column of a name:
 * `maybe` when the policy can't tell but any such column may be read, `hidden` when it exists or may exist and may not be read.
 */
export type Presence = 'yes' | 'no' | 'maybe' | 'hidden' | 'maybe-hidden';

/** The columns of one item in FROM, or of a query's result. */
export interface Columns {
  find(name: string): Presence;
  /** In order; `null` when not all are known. */
  readonly names: readonly string[] | null;
  /** Whether reading all of them at once reveals nothing that may not be read. */
  readonly wildcard: boolean;
  /** Tells `visit` which stored columns are read when the column `name` (or `*`) is. */
  read(name: string, visit: (rule: RelationRule, column: string) => void): void;
}

const systemColumns = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

/** Columns of a table or view, as the policy tells them. */
export const storedColumns = perRule(columnsOfRule);

function columnsOfRule(rule: RelationRule): Columns {
  return {
    names: rule.complete && rule.visible !== null ? [...rule.visible] : null,
    wildcard: rule.wildcard,
    find(name) {
      if (rule.hidden.has(name)) return 'hidden';
      if (rule.visible?.has(name) === true) return 'yes';
      if (systemColumns.has(name)) return 'hidden';
      if (rule.visible === null) return 'maybe';
      return rule.complete ? 'no' : 'maybe-hidden';
    },
    read(name, visit) {
      if (name === '*' && rule.visible !== null) for (const column of rule.visible) visit(rule, column);
      else visit(rule, name);
    },
  };
}

/** Columns of a subquery, a common table expression or a call: whatever they hold was checked where it was read. */
export const derivedColumns = (names: readonly string[], complete: boolean): Columns => new DerivedColumns(names, complete, null);

/** Columns under new names, of which any may be any column of `source`. */
export const columnsRenaming = (source: Columns, names: readonly string[], complete: boolean): Columns => new DerivedColumns(names, complete, source);

class DerivedColumns implements Columns {
  readonly wildcard = true;
  readonly names: readonly string[] | null;
  readonly #source: Columns | null;
  readonly #known: ReadonlySet<string> | readonly string[];
  readonly #absent: Presence;

  constructor(names: readonly string[], complete: boolean, source: Columns | null) {
    this.names = complete ? names : null;
    this.#source = source;
    this.#known = names.length > 12 ? new Set(names) : names;
    this.#absent = complete ? 'no' : 'maybe';
  }

  find(name: string): Presence {
    const known = this.#known;
    return (Array.isArray(known) ? (known as readonly string[]).includes(name) : (known as ReadonlySet<string>).has(name)) ? 'yes' : this.#absent;
  }

  read(_name: string, visit: (rule: RelationRule, column: string) => void): void {
    this.#source?.read('*', visit);
  }
}

/** Columns after `AS alias (first, second)`, which renames from the left. */
export function renamedColumns(columns: Columns, aliases: readonly string[]): Columns {
  if (aliases.length === 0) return columns;
  return columns.names === null ? columnsRenaming(columns, aliases, false) : columnsRenaming(columns, [...aliases, ...columns.names.slice(aliases.length)], true);
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
    wildcard: sides.every((side) => side.wildcard),
    find(name) {
      const found = new Set(sides.map((side) => side.find(name)));
      for (const presence of ['hidden', 'yes', 'maybe-hidden', 'maybe'] as const) if (found.has(presence)) return presence;
      return 'no';
    },
    read(name, visit) {
      for (const side of sides) {
        const presence = name === '*' ? 'yes' : side.find(name);
        if (presence === 'yes' || presence === 'maybe') side.read(name, visit);
      }
    },
  };
}
