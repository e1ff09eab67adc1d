import type { AuditSink } from '@ask-aurora/agent-actions';
import type { DataApiClient } from '@ask-aurora/data-api-client';
import { sampleNames, sampleOverlay, startLocalAurora, type LocalAurora, type SampleName } from '@ask-aurora/local-aurora';
import type { Model } from '@ask-aurora/nl2sql';
import type { QuestionEngine } from '../answer/ask-question.js';
import { connectLocally, sampleNamed } from './connect-locally.js';
import { openEngine, type DatabaseEngine } from './open-engine.js';
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
  /** Lets other commands join this stack while it is up; a short-lived one is waited for instead. @default false */
  readonly share?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** The local stack with the two actions over each database. `close` stops what was started. */
export interface LocalSession {
  readonly aurora: LocalAurora;
  /** Each is opened by the first question that gets to it. */
  readonly engines: readonly QuestionEngine[];
  /** @throws {CliError} `database-unknown` */
  engine(database: string): Promise<DatabaseEngine>;
  readonly timer: StepTimer;
  /** A connection with the read-only secret. */
  reader(database: string): DataApiClient;
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
        share: options.share === true,
        signal: options.signal,
        onProgress: (event) => options.onProgress?.(event.message),
        ...(options.dataApiPort === undefined ? {} : { dataApiPort: options.dataApiPort }),
        ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
      }),
    (started) => ({ endpoint: started.dataApi.endpoint, postgresql: started.postgres.version }),
  );
  const opened = new Map<SampleName, Promise<DatabaseEngine>>();
  const engineOf = (database: SampleName): Promise<DatabaseEngine> => {
    const engine = opened.get(database) ?? openSample(aurora, database, options, timer);
    opened.set(database, engine);
    return engine;
  };
  return {
    aurora,
    timer,
    engines: databases.map((database) => ({
      database,
      generateQuery: async (input) => (await engineOf(database)).generateQuery(input),
      executeQuery: async (input) => (await engineOf(database)).executeQuery(input),
    })),
    engine: async (database) => engineOf(sampleNamed(database)),
    reader: (database) => connectLocally(aurora, aurora.readOnlySecretArn, sampleNamed(database)),
    administrator: (database) => connectLocally(aurora, aurora.adminSecretArn, database),
    close: () => aurora.stop(),
  };
}

function chosenDatabases(database: string | undefined): readonly SampleName[] {
  return database === undefined ? sampleNames : [sampleNamed(database)];
}

async function openSample(aurora: LocalAurora, database: SampleName, options: LocalSessionOptions, timer: StepTimer): Promise<DatabaseEngine> {
  const overlay = sampleOverlay(database);
  return openEngine({
    database,
    data: connectLocally(aurora, aurora.readOnlySecretArn, database),
    knowledge: { overlay, sampleValues: Object.keys(overlay.relations) },
    model: options.model,
    audit: options.audit,
    maxRows: options.maxRows,
    today: options.today ?? aurora.anchor,
    timer,
    signal: options.signal,
  });
}
