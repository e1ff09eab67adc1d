import type { GuardPolicy } from './guard-policy.js';
import { relationKey } from './relation-key.js';

/** What follows from what views are said to read. Keys are `relationKey`s of views. */
export interface ViewReads {
  /** Views over what the policy denies. */
  readonly refused: ReadonlySet<string>;
  /** Views without a tenant filter of their own that show rows of every tenant, with the filtered relation as `schema.name`. */
  readonly unfiltered: ReadonlyMap<string, string>;
}

type Table = GuardPolicy['tables'][number];
type Read = Table['reads'][number];

/**
 * Follows `reads` through views over views, because a view shows what the views below it show.
 * A filter on a view ends the search for tenants' rows below it: its owner says which column tells tenants apart there.
 */
export function viewReads(policy: GuardPolicy, isDenied: (schema: string, name: string) => boolean): ViewReads {
  const tables = new Map<string, Table>(policy.tables.map((table) => [relationKey(table.schema, table.name), table]));
  const filtered = new Set(policy.tenantFilters.map(({ schema, table }) => relationKey(schema, table)));
  const refused = new Set<string>();
  const unfiltered = new Map<string, string>();

  const hides = ({ schema, name, columns }: Read): boolean => {
    const hidden = tables.get(relationKey(schema, name))?.hiddenColumns ?? [];
    return columns === undefined ? hidden.length > 0 : columns.some((column) => hidden.includes(column));
  };
  for (const view of policy.tables) {
    const viewKey = relationKey(view.schema, view.name);
    const seen = new Set<string>();
    // Whether only views without a filter of their own lie between this view and what is read.
    const pending = view.reads.map((read) => ({ read, open: !filtered.has(viewKey) }));
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { read, open } = next;
      const readKey = relationKey(read.schema, read.name);
      if (isDenied(read.schema, read.name) || hides(read)) refused.add(viewKey);
      if (open && filtered.has(readKey)) unfiltered.set(viewKey, `${read.schema}.${read.name}`);
      // What is read both through a filter and around it is followed both ways.
      const visit = `${readKey}\u0000${String(open)}`;
      if (seen.has(visit)) continue;
      seen.add(visit);
      for (const below of tables.get(readKey)?.reads ?? []) pending.push({ read: below, open: open && !filtered.has(readKey) });
    }
  }
  return { refused, unfiltered };
}
