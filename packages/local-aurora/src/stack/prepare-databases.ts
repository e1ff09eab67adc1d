import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import type { Deadline } from '../deadline.js';
import type { LocalPostgres } from '../postgres/local-postgres.js';
import { createReadOnlyRole } from '../roles/create-read-only-role.js';
import { scramVerifier } from '../roles/scram-verifier.js';
import { sampleContentVersion } from '../samples/sample-anchor.js';
import { type SampleName, sampleSchemas } from '../samples/sample-name.js';
import { seedSample } from '../samples/seed-sample.js';
import { writeFileWhole } from './write-file-whole.js';

export interface PrepareDatabasesOptions {
  readonly postgres: LocalPostgres;
  readonly samples: readonly SampleName[];
  readonly anchor: string;
  /** Where it is noted that all is done; null for a cluster that is thrown away. */
  readonly directory: string | null;
  readonly deadline: Deadline;
  readonly onStep: (phase: 'roles' | 'seed', message: string) => void;
}

export interface StackRoles {
  readonly admin: { readonly user: string; readonly password: string };
  readonly reader: { readonly user: string; readonly password: string };
}

/** Counts up when roles or grants change, so that kept clusters are brought up to date. */
const setupVersion = 1;

const roleSchema = z.object({ user: z.string(), password: z.string() });
const noteSchema = z.object({ setup: z.literal(setupVersion), content: z.literal(sampleContentVersion), anchor: z.string(), samples: z.array(z.string()), admin: roleSchema, reader: roleSchema });
type Note = z.infer<typeof noteSchema>;

/**
 * Makes databases, rows and roles, or finds from a note that they are there. The note is written last: what a crash left
 * half done is done again, and every step of it can be repeated.
 */
export async function prepareDatabases({ postgres, samples, anchor, directory, deadline, onStep }: PrepareDatabasesOptions): Promise<StackRoles> {
  const path = directory === null ? null : join(directory, 'setup.json');
  const note = path === null ? null : await readNote(path);
  if (note && note.anchor === anchor && samples.every((sample) => note.samples.includes(sample))) return note;

  const wanted = [...new Set([...samples, ...(note?.anchor === anchor ? note.samples.filter(isSample) : [])])];
  const roles: StackRoles = note ? { admin: note.admin, reader: note.reader } : { admin: { user: 'aurora_admin', password: newPassword() }, reader: { user: 'ask_aurora_reader', password: newPassword() } };
  onStep('roles', 'Making the roles');
  await deadline.race(makeAdministrator(postgres, roles.admin, wanted));

  for (const sample of wanted) onStep('seed', `Filling the database ${sample}`);
  const common = () => ({ deadlineMs: Math.max(1, Math.ceil(deadline.remaining())), signal: deadline.signal });
  const seeded = await Promise.allSettled(wanted.map((sample) => seedSample({ connectionString: postgres.connectionString({ database: sample, ...roles.admin }), sample, anchor, ...common() })));
  deadline.check();
  for (const outcome of seeded) if (outcome.status === 'rejected') throw outcome.reason;

  onStep('roles', 'Granting the read-only role its tables');
  for (const sample of wanted) {
    await createReadOnlyRole({
      connectionString: postgres.connectionString({ database: sample }),
      role: roles.reader.user,
      password: roles.reader.password,
      schemas: sampleSchemas[sample],
      tableOwners: [roles.admin.user],
      connectionLimit: 100,
      ...common(),
    });
  }
  const done: Note = { setup: setupVersion, content: sampleContentVersion, anchor, samples: wanted, ...roles };
  if (path !== null) await writeFileWhole(path, JSON.stringify(done));
  return roles;
}

const isSample = (name: string): name is SampleName => name in sampleSchemas;

const newPassword = () => randomBytes(24).toString('base64url');

async function readNote(path: string): Promise<Note | null> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Absent, or of another version of this package: everything is made again.
    return null;
  }
}

/**
 * As Aurora's master user, this one owns databases and makes roles but is no superuser. It matters here too: whoever can
 * reach the local server could otherwise run programs as the user who started it.
 */
async function makeAdministrator(postgres: LocalPostgres, { user, password }: StackRoles['admin'], databases: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.connectionString(), connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const name = pg.escapeIdentifier(user);
    const { rows } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [user]);
    await client.query(`${rows.length > 0 ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN NOSUPERUSER CREATEDB CREATEROLE PASSWORD ${pg.escapeLiteral(await scramVerifier(password))}`);
    await client.query(`GRANT pg_monitor, pg_signal_backend TO ${name}`);
    for (const database of databases) {
      await postgres.createDatabase(database);
      await client.query(`ALTER DATABASE ${pg.escapeIdentifier(database)} OWNER TO ${name}`);
    }
  } finally {
    await client.end();
  }
}
