import { startLocalPostgres, type LocalPostgres } from '@ask-aurora/local-aurora';
import { introspect, type SchemaArtifact } from '@ask-aurora/nl2sql';
import pg from 'pg';
import { defogDatabases, readCorpus } from './corpora.js';

/** defog's databases on a local PostgreSQL. */
export interface DefogServer {
  readonly databases: ReadonlyMap<string, { readonly client: pg.Client; readonly artifact: SchemaArtifact }>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL, loads defog's databases and introspects each, with sample values and column descriptions. */
export async function startDefogServer(): Promise<DefogServer> {
  const postgres: LocalPostgres = await startLocalPostgres();
  const databases = new Map<string, { readonly client: pg.Client; readonly artifact: SchemaArtifact }>();
  for (const name of defogDatabases) {
    await postgres.createDatabase(name);
    const client = new pg.Client({ connectionString: postgres.connectionString({ database: name }) });
    await client.connect();
    await client.query(readCorpus('defog', name, `${name}.sql`));
    await client.query('SET search_path = public');
    await describeColumns(client, name);
    await client.query('ANALYZE');
    const run = async (sql: string) => (await client.query(sql)).rows as Record<string, unknown>[];
    const bare = await introspect(run);
    const artifact = await introspect(run, { sampleValues: [...new Set(bare.relations.map(({ schema }) => `${schema}.*`))] });
    databases.set(name, { client, artifact });
  }
  return {
    databases,
    async stop() {
      for (const { client } of databases.values()) await client.end();
      await postgres.stop();
    },
  };
}

interface ColumnDescriptions {
  readonly table_metadata: Readonly<Record<string, readonly { readonly column_name: string; readonly column_description: string }[]>>;
}

/** defog keeps its column descriptions beside the schema; a real database would hold them as comments. */
async function describeColumns(client: pg.Client, name: string): Promise<void> {
  const { table_metadata: tables } = JSON.parse(readCorpus('defog', name, `${name}.json`)) as ColumnDescriptions;
  const { rows } = await client.query<{ schema: string; relation: string; name: string }>("SELECT table_schema AS schema, table_name AS relation, column_name AS name FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')");
  for (const { schema, relation, name: column } of rows) {
    const described = Object.entries(tables).find(([table]) => table.toLowerCase() === relation.toLowerCase() || table.toLowerCase() === `${schema}.${relation}`.toLowerCase());
    const text = described?.[1].find((entry) => entry.column_name.toLowerCase() === column.toLowerCase())?.column_description;
    if (text !== undefined && text !== '') await client.query(`COMMENT ON COLUMN ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(relation)}.${pg.escapeIdentifier(column)} IS ${pg.escapeLiteral(text)}`);
  }
}
