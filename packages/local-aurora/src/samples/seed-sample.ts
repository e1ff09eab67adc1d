import pg from 'pg';
import { createDeadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';
import { assertCalendarDate } from './calendar-date.js';
import { sampleAnchor } from './sample-anchor.js';
import { sampleContent } from './sample-content.js';
import { type SampleName, sampleNames, sampleSchemas } from './sample-name.js';
import { marksSample, sampleMarker } from './sample-statements.js';
import { writeSample } from './write-sample.js';

export interface SeedSampleOptions {
  /** A database that holds this sample, or nothing in the sample's schemas yet. The role must own the database. */
  readonly connectionString: string;
  readonly sample: SampleName;
  /** The sample's "today", as an ISO date: all rows lie before it. @default sampleAnchor */
  readonly anchor?: string;
  /** Milliseconds for everything. @default 60000 */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Fills a database with a sample, in one transaction: wholly or not at all. A database that already holds it is left
 * alone; one that holds it for another anchor or from another version of this package is made anew.
 *
 * @throws {LocalAuroraError} `sample-mismatch` when a schema of the sample exists and was not made here;
 * `invalid-option`, `deadline-exceeded`, `aborted`
 */
export async function seedSample(options: SeedSampleOptions): Promise<void> {
  const { connectionString, sample } = options;
  if (!sampleNames.includes(sample)) throw new LocalAuroraError('invalid-option', `No sample ${JSON.stringify(sample)}; there are ${sampleNames.join(', ')}.`);
  const anchor = assertCalendarDate(options.anchor ?? sampleAnchor);
  const deadline = createDeadline({ milliseconds: options.deadlineMs ?? 60_000, signal: options.signal, purpose: `seeding the sample ${sample}` });
  deadline.check();

  const client = new pg.Client({ connectionString, connectionTimeoutMillis: Math.max(1, deadline.remaining()) });
  client.on('error', () => undefined);
  // Cutting the connection makes the server roll back.
  const cut = () => void client.end().catch(() => undefined);
  try {
    await deadline.race(client.connect());
    deadline.signal.addEventListener('abort', cut, { once: true });
    await client.query('BEGIN');
    if (await shouldWrite(client, sample, anchor)) {
      const content = sampleContent(sample, anchor);
      await client.query(content.schemas.map(({ name }) => `DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(name)} CASCADE;`).join('\n'));
      await writeSample(client, content);
      const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
      await client.query(`COMMENT ON DATABASE ${pg.escapeIdentifier(rows[0]?.name ?? '')} IS ${pg.escapeLiteral(sampleMarker(sample, anchor))}`);
    }
    deadline.check();
    await client.query('COMMIT');
  } catch (error) {
    deadline.check();
    throw error;
  } finally {
    deadline.signal.removeEventListener('abort', cut);
    await client.end().catch(() => undefined);
  }
}

async function shouldWrite(client: pg.Client, sample: SampleName, anchor: string): Promise<boolean> {
  // Two processes that seed the same database take turns, and the second finds the work done.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('ask-aurora seed', 0))");
  const found = await client.query<{ marker: string | null }>("SELECT shobj_description(oid, 'pg_database') AS marker FROM pg_database WHERE datname = current_database()");
  const present = found.rows[0]?.marker ?? '';
  const schemas = sampleSchemas[sample];
  const { rows } = await client.query<{ nspname: string }>('SELECT nspname FROM pg_namespace WHERE nspname = ANY ($1)', [schemas]);
  if (present === sampleMarker(sample, anchor) && rows.length === schemas.length) return false;
  if (rows.length > 0 && !marksSample(present, sample)) {
    throw new LocalAuroraError('sample-mismatch', `The database already has the schema ${rows.map(({ nspname }) => nspname).join(', ')}, which was not made by seeding ${sample}. Use another database.`);
  }
  return true;
}
