import type { Columns } from './columns.js';

/** One name that FROM brings in. */
export interface ScopeItem {
  /** The name by which it is qualified; `null` for a join or call without one. */
  readonly alias: string | null;
  /** The schema that may qualify it: only of a stored relation without an alias. */
  readonly schema: string | null;
  readonly columns: Columns;
  /** Whether its columns can be named without qualification. */
  readonly exposes: boolean;
}

/** The names visible to an expression: those of its query, then those of the enclosing queries. */
export interface Scope {
  readonly items: readonly ScopeItem[];
  readonly parent: Scope | null;
  /** Bare names that were found to be readable columns from here, and what they grow to: statements name the same columns again and again. */
  resolved?: Map<string, number>;
}

/** Common table expressions in sight, the nearest first. */
export interface CteFrame {
  readonly name: string;
  readonly columns: Columns;
  readonly parent: CteFrame | null;
}

export function findCte(frame: CteFrame | null, name: string): CteFrame | null {
  for (let current = frame; current !== null; current = current.parent) if (current.name === name) return current;
  return null;
}

export const emptyScope: Scope = Object.freeze({ items: [], parent: null });
