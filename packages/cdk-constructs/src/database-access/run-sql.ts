/** One row, by column label. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** Runs one statement with named text parameters, inside whatever transaction it was made for. */
export type RunSql = (sql: string, parameters?: Readonly<Record<string, string>>) => Promise<readonly SqlRow[]>;
