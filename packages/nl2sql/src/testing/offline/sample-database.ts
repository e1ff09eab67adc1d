import pg from 'pg';
import type { LocalPostgres } from '@ask-aurora/local-aurora';
import type { SchemaArtifact } from '../../artifact/schema-artifact.js';
import { introspect } from '../../introspection/introspect.js';
import type { OverlayInput } from '../../overlay/overlay.js';
import type { ParameterValue } from '../../pipeline/parameter-value.js';
import { positional } from './named-parameters.js';

/** A database of a local server with what the tests ask of it. */
export interface SampleDatabase {
  readonly connectionString: string;
  artifact(schemas: readonly string[], overlay?: OverlayInput): Promise<SchemaArtifact>;
  rows(sql: string, parameters?: Readonly<Record<string, ParameterValue>>): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

/** Makes a database, fills it, and connects to it. */
export async function sampleDatabase(postgres: LocalPostgres, name: string, fill: (connectionString: string) => Promise<void>): Promise<SampleDatabase> {
  await postgres.createDatabase(name);
  const connectionString = postgres.connectionString({ database: name });
  await fill(connectionString);
  const client = new pg.Client({ connectionString });
  await client.connect();
  return {
    connectionString,
    artifact: (schemas, overlay) =>
      introspect(async (sql) => (await client.query(sql)).rows as Record<string, unknown>[], { schemas, sampleValues: schemas.map((schema) => `${schema}.*`), ...(overlay === undefined ? {} : { overlay }) }),
    rows: async (sql, parameters = {}) => (await client.query({ ...positional(sql, parameters), rowMode: 'array' })).rows as unknown[][],
    close: () => client.end(),
  };
}

/** Runs a script of several statements. */
export async function runScript(connectionString: string, script: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(script);
  } finally {
    await client.end();
  }
}
