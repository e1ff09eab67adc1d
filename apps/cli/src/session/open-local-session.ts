import { createExecuteQuery, createGenerateQuery, type AuditSink } from '@ask-aurora/agent-actions';
import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { sampleNames, sampleOverlay, startLocalAurora, type LocalAurora, type SampleName } from '@ask-aurora/local-aurora';
import { createTextToSql, introspect, type Model, type SchemaArtifact } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import type { QuestionEngine } from '../answer/ask-question.js';
import { CliError } from '../cli-error.js';
import { createStepTimer, type StepTimer } from './step-timer.js';

export interface LocalSessionOptions {
  readonly model: Model;
  readonly audit: AuditSink;
  readonly maxRows: number;
  /** One of the sample databases. @default all of them, each asked in turn */
  readonly database?: string;
  /** What "today" is, as an ISO date. @default the anchor of the sample rows */
  readonly today?: string;
  readonly dataDirectory?: string;
  /** @default any free port */
  readonly dataApiPort?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** The local stack with the two actions over each database. `close` stops what was started. */
export interface LocalSession {
  readonly aurora: LocalAurora;
  readonly engines: readonly QuestionEngine[];
  readonly timer: StepTimer;
  /** The administrator's connection, for checks of the samples. */
  administrator(database: string): DataApiClient;
  close(): Promise<void>;
}

/**
 * Starts (or joins) the local Aurora and builds both actions over its sample databases, through the AWS SDK's own
 * RDS Data API client and the read-only secret.
 *
 * @throws {CliError} `database-unknown` when the database is not one of the samples.
 */
export async function openLocalSession(options: LocalSessionOptions): Promise<LocalSession> {
  const databases = chosenDatabases(options.database);
  const timer = createStepTimer();
  const aurora = await timer.run(
    'start local Aurora',
    () =>
      startLocalAurora({
        signal: options.signal,
        onProgress: (event) => options.onProgress?.(event.message),
        ...(options.dataApiPort === undefined ? {} : { dataApiPort: options.dataApiPort }),
        ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
      }),
    (started) => ({ endpoint: started.dataApi.endpoint, postgresql: started.postgres.version }),
  );
  const engines = databases.map((database) => lazyEngine(database, () => openEngine(aurora, database, options, timer)));
  return { aurora, engines, timer, administrator: (database) => connect(aurora, aurora.adminSecretArn, database), close: () => aurora.stop() };
}

/** An engine that is opened by the first question that gets to it. */
function lazyEngine(database: string, open: () => Promise<QuestionEngine>): QuestionEngine {
  let opened: Promise<QuestionEngine> | undefined;
  const engine = (): Promise<QuestionEngine> => (opened ??= open());
  return {
    database,
    generateQuery: async (input) => (await engine()).generateQuery(input),
    executeQuery: async (input) => (await engine()).executeQuery(input),
  };
}

function chosenDatabases(database: string | undefined): readonly SampleName[] {
  if (database === undefined) return sampleNames;
  const sample = sampleNames.find((name) => name === database);
  if (sample === undefined) throw new CliError('database-unknown', `There is no local database "${database}". Choose one of ${sampleNames.join(', ')}.`);
  return [sample];
}

async function openEngine(aurora: LocalAurora, database: SampleName, options: LocalSessionOptions, timer: StepTimer): Promise<QuestionEngine> {
  const data = connect(aurora, aurora.readOnlySecretArn, database);
  const overlay = sampleOverlay(database);
  const artifact: SchemaArtifact = await timer.run(
    `introspect ${database}`,
    () => introspect(async (sql) => (await data.query<Record<string, unknown>>(sql)).rows, { overlay, sampleValues: Object.keys(overlay.relations), signal: options.signal }),
    (found) => ({ relations: found.relations.length, foreignKeys: found.foreignKeys.length, verifiedQueries: found.verifiedQueries.length }),
  );
  const guard = await createGuard({ dialect: 'postgresql', version: 17, policy: policyFromSchema(artifact) });
  const textToSql = createTextToSql({ artifact, guard, model: options.model, today: () => options.today ?? aurora.anchor });
  return {
    database,
    generateQuery: createGenerateQuery({ textToSql, audit: options.audit }),
    executeQuery: createExecuteQuery({ guard, database: data, audit: options.audit, schemaHash: artifact.hash, limits: { maxRows: options.maxRows } }),
  };
}

/** The unmodified AWS SDK client, pointed at the local endpoint. */
function connect(aurora: LocalAurora, secretArn: string, database: string): DataApiClient {
  const client = new RDSDataClient({ endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  return createDataApiClient({ client, resourceArn: aurora.resourceArn, secretArn, database });
}
