import type { DataApiClient, Transaction } from '@ask-aurora/data-api-client';
import { sampleMarker, sampleStatements, type SampleName } from '@ask-aurora/local-aurora';
import { CliError } from '../cli-error.js';

export interface SeedStackOptions {
  /** As the administrator. */
  readonly client: DataApiClient;
  readonly database: string;
  readonly sample: SampleName;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** `present` when the database held the sample already. */
export type SeedOutcome = { readonly kind: 'written'; readonly statements: number } | { readonly kind: 'present' };

/**
 * Fills an empty database with a sample in one transaction: wholly or not at all. Schemas that are there stay, with the
 * rights of the read-only role on them.
 *
 * @throws {CliError} `database-not-empty` when the database holds other tables
 */
export async function seedStack({ client, database, sample, signal, onProgress }: SeedStackOptions): Promise<SeedOutcome> {
  const statements = sampleStatements(sample);
  return client.transaction<SeedOutcome>({ signal }, async (transaction) => {
    // Two who seed the same database take turns, and the second finds the work done.
    await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('ask-aurora seed', 0)) IS NULL AS waited");
    if (await holdsSample(transaction, database, sample)) return { kind: 'present' };
    for (const [index, { sql, rows }] of statements.entries()) {
      onProgress(`Writing ${sample}: ${index + 1} of ${statements.length} statements`);
      await transaction.execute(sql, rows === undefined ? {} : { rows });
    }
    await transaction.execute(`COMMENT ON DATABASE ${quoted(database, '"')} IS ${quoted(sampleMarker(sample), "'")}`);
    return { kind: 'written', statements: statements.length };
  });
}

async function holdsSample(transaction: Transaction, database: string, sample: SampleName): Promise<boolean> {
  const { rows: tables } = await transaction.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY 1 LIMIT 6`,
  );
  if (tables.length === 0) return false;
  const { rows: comments } = await transaction.query<{ comment: string | null }>("SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = current_database()");
  if (comments[0]?.comment === sampleMarker(sample)) return true;
  const names = tables.slice(0, 5).map(({ name }) => name).join(', ');
  throw new CliError('database-not-empty', `The database ${database} holds other tables (${names}${tables.length > 5 ? ', ...' : ''}); nothing was written. Seed an empty database.`);
}

function quoted(text: string, mark: '"' | "'"): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}
