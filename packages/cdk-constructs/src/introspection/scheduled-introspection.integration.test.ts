import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseArtifact } from '@ask-aurora/nl2sql';
import { ArtifactSource } from '../query-actions/artifact-source.js';
import { existingQueryAccess } from '../read-only-role/existing-query-access.js';
import { secretArns, startAuroraLikeDatabase } from '../testing/aurora-like-database.js';
import type { AuroraLikeDatabase } from '../testing/aurora-like-database.js';
import { deployStack } from '../testing/deployed-stack.js';
import { lambdaContext, loadHandler } from '../testing/load-handler.js';
import type { Handler } from '../testing/load-handler.js';
import { startLocalEventBus } from '../testing/local-event-bus.js';
import type { LocalEventBus } from '../testing/local-event-bus.js';
import { startLocalS3 } from '../testing/local-s3.js';
import type { LocalS3 } from '../testing/local-s3.js';
import { ScheduledIntrospection } from './scheduled-introspection.js';
import { schemaChangeEvent } from './schema-change-event.js';
import type { SchemaChange } from './schema-change-event.js';

describe('introspection by the built handler', () => {
  let aurora: AuroraLikeDatabase;
  let s3: LocalS3;
  let bus: LocalEventBus;
  let handler: Handler;
  const run = (): Promise<unknown> => handler({}, lambdaContext);
  const lastChange = (): SchemaChange => JSON.parse(bus.entries.at(-1)?.Detail ?? 'null') as SchemaChange;

  beforeAll(async () => {
    aurora = await startAuroraLikeDatabase(17, { role: 'reader' });
    [s3, bus] = await Promise.all([startLocalS3(new Map([['overlays/words.json', JSON.stringify({ formatVersion: 1, relations: { 'sales.orders': { synonyms: ['purchases'] } } })]])), startLocalEventBus()]);
    await aurora.sql('admin', 'CREATE SCHEMA sales', 'CREATE TABLE sales.orders (id int PRIMARY KEY, total numeric NOT NULL)', "COMMENT ON TABLE sales.orders IS 'What was sold'",
      'CREATE TABLE sales.hidden (id int)', "CREATE ROLE reader LOGIN PASSWORD 'first-Password-0123456789'", 'GRANT USAGE ON SCHEMA sales TO reader', 'GRANT SELECT ON sales.orders TO reader');
    const stack = deployStack(aurora.clusterArn, (scope, database) => new ScheduledIntrospection(scope, 'Schema', {
      access: existingQueryAccess({ database, secret: Secret.fromSecretCompleteArn(scope, 'Reader', secretArns.role) }), schemas: ['sales'],
      overlay: ArtifactSource.fromBucket(Bucket.fromBucketName(scope, 'Overlays', 'overlays') as IBucket, 'words.json'), storage: { bucket: Bucket.fromBucketName(scope, 'Artifacts', 'artifacts') as IBucket, documentPrefix: 'documents/' },
    }));
    handler = await loadHandler('introspect-schema', { ...aurora.environment, AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint, ...stack.environment('Schema') });
  });
  afterAll(async () => {
    await Promise.all([s3.stop(), bus.stop()]);
    await aurora.stop();
  });

  test('writes what the role can read, a document each, and says so', async () => {
    expect(await run()).toMatchObject({ changed: true });
    const artifact = parseArtifact(JSON.parse(s3.objects.get('artifacts/schema.json') ?? ''));
    expect(artifact.relations.map((relation) => relation.name)).toEqual(['orders']);
    expect(artifact.relations[0]?.synonyms).toEqual(['purchases']);
    expect(s3.objects.get('artifacts/documents/sales.orders.txt')).toBe('table sales.orders: What was sold\nAlso called: purchases\n- id integer, never null\n- total numeric, never null\nKey: id\n');
    expect(bus.entries[0]).toMatchObject({ Source: schemaChangeEvent.source, DetailType: schemaChangeEvent.detailType, EventBusName: 'default' });
    expect(lastChange()).toMatchObject({ database: 'shop', previousHash: null, hash: artifact.hash });
  });

  test('does nothing when nothing changed', async () => {
    const before = bus.entries.length;
    expect(await run()).toMatchObject({ changed: false, changeCount: 0 });
    expect(bus.entries).toHaveLength(before);
  });

  test('tells what changed, and removes the documents of relations that are gone', async () => {
    const previous = lastChange().hash;
    await aurora.sql('admin', 'ALTER TABLE sales.orders RENAME TO invoices', 'ALTER TABLE sales.invoices ADD COLUMN due date');
    expect(await run()).toMatchObject({ changed: true });
    expect(lastChange()).toMatchObject({ previousHash: previous });
    expect(lastChange().changes).toEqual(expect.arrayContaining([{ change: 'removed', subject: 'relation', path: 'sales.orders' }, { change: 'added', subject: 'column', path: 'sales.invoices.due' }]));
    expect([...s3.objects.keys()].filter((key) => key.startsWith('artifacts/documents/'))).toEqual(['artifacts/documents/sales.invoices.txt']);
  });

  test('replaces an artifact that it cannot read', async () => {
    s3.objects.set('artifacts/schema.json', '{"formatVersion": 0}');
    expect(await run()).toMatchObject({ changed: true });
    expect(lastChange().previousHash).toBeNull();
  });
});
