/** What a client knows about a write when its call has ended. */
export type Known = 'done' | 'not done' | 'unknown';

/** The ledger has no key on purpose: a write that ran twice must show as two rows, not as an error. */
export const ledgerSchema = [
  'create table ledger (operation int not null, client int not null)',
  'create index on ledger (operation)',
  'create table counter (client int primary key, hits int not null default 0)',
] as const;

export interface LedgerVerdict {
  readonly done: number;
  readonly notDone: number;
  readonly unknown: number;
  /** Unknown writes that turned out to be done. */
  readonly unknownButDone: number;
  /** Writes that are missing although a client was told that they are done. */
  readonly lost: number;
  /** Writes that are there more than once. */
  readonly doubled: number;
  /** Writes that are there although a client was told that they are not done. */
  readonly phantom: number;
}

/** Holds what the clients know against what the database has. */
export function judgeLedger(known: ReadonlyMap<number, Known>, rows: ReadonlyMap<number, number>): LedgerVerdict {
  const count = { done: 0, notDone: 0, unknown: 0, unknownButDone: 0, lost: 0, doubled: 0, phantom: 0 };
  for (const [operation, state] of known) {
    const times = rows.get(operation) ?? 0;
    if (state === 'done') count.done += 1;
    else if (state === 'not done') count.notDone += 1;
    else count.unknown += 1;
    if (times > 1) count.doubled += 1;
    if (state === 'done' && times === 0) count.lost += 1;
    if (state === 'not done' && times > 0) count.phantom += 1;
    if (state === 'unknown' && times > 0) count.unknownButDone += 1;
  }
  for (const operation of rows.keys()) if (!known.has(operation)) count.phantom += 1;
  return count;
}
