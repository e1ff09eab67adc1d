import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { parse } from 'libpg-query-17';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAuroraLikeDatabase } from '../testing/aurora-like-database.js';
import type { AuroraLikeDatabase } from '../testing/aurora-like-database.js';
import { deployStack } from '../testing/deployed-stack.js';
import { lambdaContext, loadHandler } from '../testing/load-handler.js';
import type { Handler } from '../testing/load-handler.js';
import { auroraVectorStorage } from './aurora-vector-storage.js';
import { vectorTableStatements } from './handler/apply-vector-store.js';

const specification = { role: 'keeper', database: 'shop', schema: 'ask_knowledge', table: 'chunks', dimensions: 1024 };

describe('the table of a knowledge base', () => {
  let aurora: AuroraLikeDatabase;
  let handler: Handler;
  let properties: Readonly<Record<string, unknown>>;
  const send = (type: string): Promise<unknown> => handler({ RequestType: type, PhysicalResourceId: 'existing', ResourceProperties: properties }, lambdaContext);

  beforeAll(async () => {
    aurora = await startAuroraLikeDatabase(17, { role: 'keeper' });
    properties = deployStack(aurora.clusterArn, (scope, database) => auroraVectorStorage(scope, 'Vectors', {
      database, dimensions: specification.dimensions, roleName: specification.role, role: new Role(scope, 'KnowledgeBase', { assumedBy: new ServicePrincipal('bedrock.amazonaws.com') }), operation: {},
    })).properties('Custom::AskAuroraVectorStore');
    expect(JSON.parse(String(properties['Specification']))).toEqual(specification);
    handler = await loadHandler('vector-store', aurora.environment);
  });
  afterAll(async () => {
    await aurora.stop();
  });

  test.each(vectorTableStatements(specification))('is made by statements of PostgreSQL: %s', async (statement) => {
    expect((await parse(statement)).stmts).toHaveLength(1);
  });

  test('leaves nothing behind where pgvector is missing, as on the server of this test', async () => {
    await expect(send('Create')).rejects.toThrow(/extension "vector" is not available|vector\.control/);
    expect(await aurora.sql('admin', "SELECT rolname FROM pg_roles WHERE rolname = 'keeper' UNION ALL SELECT nspname FROM pg_namespace WHERE nspname = 'ask_knowledge'")).toEqual([]);
  });

  test('is gone with its login when it is deleted, and deleting twice does no harm', async () => {
    await aurora.sql('admin', "CREATE ROLE keeper LOGIN PASSWORD 'first-Password-0123456789'", "COMMENT ON ROLE keeper IS 'Read-only role managed by @ask-aurora/cdk-constructs'", 'CREATE SCHEMA ask_knowledge', 'CREATE TABLE ask_knowledge.chunks (id uuid)', 'GRANT SELECT ON ask_knowledge.chunks TO keeper');
    expect(await send('Delete')).toEqual({ PhysicalResourceId: 'existing' });
    await send('Delete');
    expect(await aurora.sql('admin', "SELECT rolname FROM pg_roles WHERE rolname = 'keeper' UNION ALL SELECT relname FROM pg_class WHERE relname = 'chunks'")).toEqual([]);
  });
});
