import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { deadlineIn } from '../../database-access/deadline.js';
import { logLine } from '../../database-access/log-line.js';
import { CdkConstructsError } from '../../errors/cdk-constructs-error.js';
import { schemaChangeEvent } from '../schema-change-event.js';
import type { SchemaChange } from '../schema-change-event.js';
import { refreshArtifact } from './refresh-artifact.js';
import type { RefreshOutcome } from './refresh-artifact.js';
import { s3ArtifactStore } from './s3-artifact-store.js';

const database = new RDSDataClient({});
const s3 = new S3Client({});
const events = new EventBridgeClient({});

/** Entry of the function behind `ScheduledIntrospection`. A failure is thrown, so that the scheduler tries again. */
export async function handler(_event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<RefreshOutcome> {
  const environment = process.env;
  const bucket = required('ASK_AURORA_ARTIFACT_BUCKET');
  const deadline = deadlineIn(context.getRemainingTimeInMillis() - 5000);
  const overlayKey = environment['ASK_AURORA_OVERLAY_S3'];
  return refreshArtifact(
    { database, store: s3ArtifactStore(s3, { bucket, key: required('ASK_AURORA_ARTIFACT_KEY'), documentPrefix: environment['ASK_AURORA_DOCUMENT_PREFIX'] ?? '' }), publish, log: logLine },
    {
      target: { resourceArn: required('ASK_AURORA_RESOURCE_ARN'), secretArn: required('ASK_AURORA_SECRET_ARN'), database: required('ASK_AURORA_DATABASE') },
      schemas: list('ASK_AURORA_SCHEMAS'),
      sampleValues: list('ASK_AURORA_SAMPLE_VALUES'),
      documents: (environment['ASK_AURORA_DOCUMENT_PREFIX'] ?? '') !== '',
      overlay: overlayKey === undefined ? null : await readObject(overlayKey, deadline.signal),
    },
    deadline,
  );
}

async function publish(change: SchemaChange, signal: AbortSignal): Promise<void> {
  const response = await events.send(
    new PutEventsCommand({ Entries: [{ EventBusName: required('ASK_AURORA_EVENT_BUS'), Source: schemaChangeEvent.source, DetailType: schemaChangeEvent.detailType, Detail: JSON.stringify(change) }] }),
    { abortSignal: signal },
  );
  if ((response.FailedEntryCount ?? 0) > 0) throw new Error(`EventBridge refused the event: ${response.Entries?.[0]?.ErrorCode ?? 'unknown'}.`);
}

async function readObject(url: string, signal: AbortSignal): Promise<string> {
  const { hostname, pathname } = new URL(url);
  const response = await s3.send(new GetObjectCommand({ Bucket: hostname, Key: decodeURIComponent(pathname.slice(1)) }), { abortSignal: signal });
  return (await response.Body?.transformToString()) ?? '';
}

function list(name: string): readonly string[] {
  const value: unknown = JSON.parse(required(name));
  if (Array.isArray(value) && value.every((each): each is string => typeof each === 'string')) return value;
  throw new CdkConstructsError('invalid-event', `The environment variable ${name} must be a JSON array of texts.`);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new CdkConstructsError('invalid-event', `The environment variable ${name} is missing.`);
  return value;
}
