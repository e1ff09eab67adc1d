/** The columns of the table `sample` that a client writes and reads in its own way. */
export type SampleColumn = 'name' | 'big' | 'amount' | 'at' | 'day' | 'doc' | 'raw' | 'tags' | 'counts' | 'mood' | 'ok' | 'ref';

/** One public client, doing the same work as the others by its own means. */
export interface ClientUnderTest {
  /** Name and version, as in the heading of the table. */
  readonly title: string;
  /** Inserts a row with one value and returns its id. */
  write(column: SampleColumn, value: unknown): Promise<number>;
  /** Reads one value of a row. */
  read(column: SampleColumn, id: number): Promise<unknown>;
  /** Changes the name of a row. */
  rename(id: number, name: string): Promise<void>;
  remove(id: number): Promise<void>;
  /** Ids of the rows whose `ref`, a uuid, equals a string. */
  findByRef(ref: string): Promise<readonly number[]>;
  /** Runs SQL as it is. */
  query(sql: string): Promise<readonly unknown[]>;
  /** Runs statements one after another in a transaction. */
  transaction(statements: readonly string[]): Promise<void>;
  /** Runs statements at the same time in one transaction; null when the client has no way to. */
  overlap(statements: readonly string[]): Promise<void> | null;
}

/** The table that the clients work on. */
export const sampleSchema = [
  "create type mood as enum ('sad', 'glad')",
  `create table sample (id int generated always as identity primary key, name text, big bigint, amount numeric(12, 4), at timestamptz,
     day date, doc jsonb, raw bytea, tags text[], counts int[], mood mood, ok boolean, ref uuid)`,
] as const;
