import pg from 'pg';
import { type Deadline, createDeadline } from '../deadline.js';
import { LocalAuroraError } from '../local-aurora-error.js';

export interface AdministratorOptions {
  /** URL of the database, as a role that may create roles and owns, or is a member of the owners of, what is granted. */
  readonly connectionString: string;
  /** Milliseconds for everything. @default 30000 */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

// Roles are shared by all databases, so the work of two callers in different databases may meet on one row.
const collisions = new Set(['40001', '40P01', '23505', '42710', 'XX000']);

/** Runs work in one transaction, again when it collided with another caller's. */
export async function withAdministrator<Result>({ connectionString, deadlineMs = 30_000, signal }: AdministratorOptions, purpose: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const deadline = createDeadline({ milliseconds: deadlineMs, signal, purpose });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(connectionString, deadline, work);
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      if (attempt === 5 || code === undefined || !collisions.has(code)) throw error;
      await deadline.sleep(20 * attempt);
    }
  }
}

async function transaction<Result>(connectionString: string, deadline: Deadline, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  deadline.check();
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: Math.max(1, deadline.remaining()) });
  client.on('error', () => undefined);
  try {
    await deadline.race(client.connect());
    const { rows } = await client.query<{ version: number }>("SELECT current_setting('server_version_num')::int AS version");
    // Up to 15, a read-only transaction may still create large objects.
    if ((rows[0]?.version ?? 0) < 160_000) throw new LocalAuroraError('role-invalid', 'The read-only role needs PostgreSQL 16 or newer.');
    await client.query(`BEGIN; SET LOCAL statement_timeout = ${Math.ceil(deadline.remaining())}; SET LOCAL search_path = pg_catalog`);
    const result = await deadline.race(work(client));
    await deadline.race(client.query('COMMIT'));
    return result;
  } finally {
    // Without COMMIT, the end of the connection is a rollback.
    await client.end().catch(() => undefined);
  }
}
