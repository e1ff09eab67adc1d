/** How the event of a changed schema is named on its bus; rules match these. */
export const schemaChangeEvent = { source: 'ask-aurora.introspection', detailType: 'Database Schema Changed' } as const;

/** The event's detail. */
export interface SchemaChange {
  readonly database: string;
  /** Of the artifact that was written. */
  readonly hash: string;
  /** Null on the first run. */
  readonly previousHash: string | null;
  /** The first hundred; `changeCount` counts them all. */
  readonly changes: readonly {
    readonly change: 'added' | 'removed' | 'changed';
    readonly subject: 'relation' | 'column' | 'foreign-key' | 'enum' | 'metric' | 'filter' | 'verified-query';
    /** As people write it: `sales.orders.status`. */
    readonly path: string;
  }[];
  readonly changeCount: number;
}
