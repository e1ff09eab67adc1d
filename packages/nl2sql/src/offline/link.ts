import type { Metric, NamedFilter } from '../artifact/schema-artifact.js';
import type { Column, Edge, Node } from './schema-graph.js';

/** What a phrase of a question may stand for. `cost` 0 is a whole name; more is a weaker reading. */
export type Link =
  | { readonly kind: 'relation'; readonly node: Node; readonly cost: number }
  | { readonly kind: 'role'; readonly edge: Edge; readonly cost: number }
  | { readonly kind: 'column'; readonly column: Column; readonly cost: number }
  | { readonly kind: 'label'; readonly node: Node; readonly cost: number }
  | { readonly kind: 'value'; readonly column: Column; readonly values: readonly (string | boolean)[]; /** Joined by "and", which of facts may mean all of them. */ readonly and?: true; /** Set against each other by "vs". */ readonly versus?: true; /** Told from another value by its signs only, as O+ from O-: it must be written in full. */ readonly exact?: true; readonly cost: number }
  /** "unpaid", "returned": whether a date that may be empty is filled in. */
  | { readonly kind: 'presence'; readonly column: Column; readonly present: boolean; readonly cost: number }
  | { readonly kind: 'metric'; readonly metric: Metric; readonly node: Node; readonly cost: number }
  | { readonly kind: 'filter'; readonly filter: NamedFilter; readonly node: Node; readonly cost: number };

export type LinkKind = Link['kind'];

/** From this cost on a phrase names only part of a column's name. */
export const weakCost = 0.6;

/** Whether a link names a metric or a filter of the overlay. */
export function isFigure(link: Link): boolean {
  return link.kind === 'metric' || link.kind === 'filter';
}

/** Whether two links stand for the same thing, at whatever cost. */
export function sameLink(a: Link, b: Link): boolean {
  if (a.kind === 'value' && b.kind === 'value') return a.column === b.column && a.values.join('\0') === b.values.join('\0');
  if (a.kind === 'column' && b.kind === 'column') return a.column === b.column;
  if (a.kind === 'role' && b.kind === 'role') return a.edge === b.edge;
  if ((a.kind === 'relation' || a.kind === 'label') && b.kind === a.kind) return a.node === b.node;
  if (a.kind === 'presence' && b.kind === 'presence') return a.column === b.column && a.present === b.present;
  if (a.kind === 'metric' && b.kind === 'metric') return a.metric === b.metric;
  return a.kind === 'filter' && b.kind === 'filter' && a.filter === b.filter;
}
