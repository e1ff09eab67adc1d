import type { RunSql } from '../../database-access/run-sql.js';
import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import { requireManagedRole } from '../../read-only-role/require-managed-role.js';
import { findColumnType, findRole, managedRoleComment } from '../../read-only-role/statements/postgresql-catalog.js';
import { clearPrivilegeStatements, dropRoleStatements } from '../../read-only-role/statements/postgresql-role.js';
import { quoteIdentifier, quoteLiteral } from '../../read-only-role/statements/quote.js';

/** The table that a Bedrock knowledge base keeps its vectors in, and the login that may write to it alone. */
export interface VectorStoreSpecification {
  readonly role: string;
  readonly database: string;
  readonly schema: string;
  readonly table: string;
  readonly dimensions: number;
}

/** The columns of the table, by what Bedrock calls them. */
export const vectorColumns = { primaryKeyField: 'id', vectorField: 'embedding', textField: 'chunks', metadataField: 'metadata', customMetadataField: 'custom_metadata' } as const;

/**
 * The statements, without those about the role; indexes as Bedrock asks for them: HNSW over cosine distance, and full
 * text over the chunks.
 */
export function vectorTableStatements({ schema, table, dimensions, role }: VectorStoreSpecification): readonly string[] {
  const name = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
  const index = (suffix: string): string => quoteIdentifier(`${table}_${suffix}`.slice(0, 63));
  return [
    'CREATE EXTENSION IF NOT EXISTS vector',
    `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`,
    `CREATE TABLE IF NOT EXISTS ${name} (id uuid PRIMARY KEY, embedding vector(${dimensions}) NOT NULL, chunks text NOT NULL, metadata json NOT NULL, custom_metadata jsonb)`,
    `CREATE INDEX IF NOT EXISTS ${index('embedding')} ON ${name} USING hnsw (embedding vector_cosine_ops) WITH (ef_construction = 256)`,
    `CREATE INDEX IF NOT EXISTS ${index('chunks')} ON ${name} USING gin (to_tsvector('simple', chunks))`,
    `CREATE INDEX IF NOT EXISTS ${index('custom_metadata')} ON ${name} USING gin (custom_metadata)`,
    `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${quoteIdentifier(role)}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE ${name} TO ${quoteIdentifier(role)}`,
  ];
}

/**
 * Makes the login and the table in one transaction.
 *
 * @throws CdkConstructsError `role-conflict`, `role-unsafe`, or `invalid-props` when the table has other dimensions
 */
export async function applyVectorStore(run: RunSql, specification: VectorStoreSpecification, verifier: string): Promise<void> {
  const { role, schema, table, dimensions } = specification;
  const existing = await findRole(run, role);
  if (existing !== null) requireManagedRole(role, existing);
  const attributes = `LOGIN NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 50 PASSWORD ${quoteLiteral(verifier)}`;
  await run(`${existing === null ? 'CREATE' : 'ALTER'} ROLE ${quoteIdentifier(role)} ${attributes}`);
  await run(`COMMENT ON ROLE ${quoteIdentifier(role)} IS ${quoteLiteral(managedRoleComment)}`);
  for (const statement of vectorTableStatements(specification)) await run(statement);
  const type = await findColumnType(run, { schema, name: table }, vectorColumns.vectorField);
  if (type !== `vector(${dimensions})`) {
    throw new CdkConstructsError('invalid-props', `The table ${schema}.${table} holds ${String(type)}, not vector(${dimensions}); choose another table for other dimensions.`);
  }
}

/** Drops the table and the login; the schema and the extension may be used by others and stay. */
export async function dropVectorStore(run: RunSql, { role, schema, table }: VectorStoreSpecification): Promise<void> {
  const existing = await findRole(run, role);
  if (existing === null || !existing.managed) return;
  await run(`DROP TABLE IF EXISTS ${quoteIdentifier(schema)}.${quoteIdentifier(table)}`);
  for (const statement of clearPrivilegeStatements(role)) await run(statement);
  for (const statement of dropRoleStatements(role)) await run(statement);
}
