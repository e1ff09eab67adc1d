import type { AuditSink } from '@ask-aurora/agent-actions';
import type { DataApiClient } from '@ask-aurora/data-api-client';
import { parseArtifact, type Model } from '@ask-aurora/nl2sql';
import type { GuardPolicyInput } from '@ask-aurora/sql-guard';
import type { DatabaseFlags } from '../commands/database-flags.js';
import type { KnowledgeFlags } from '../commands/knowledge-flags.js';
import { readJsonFile, readTextFile } from '../files/read-text-file.js';
import { openConnection } from './open-connection.js';
import { openEngine, type DatabaseEngine, type Knowledge } from './open-engine.js';
import { createStepTimer, type StepTimer } from './step-timer.js';

export interface DatabaseSessionOptions extends DatabaseFlags, KnowledgeFlags {
  readonly database?: string;
  readonly model: Model;
  readonly audit: AuditSink;
  readonly maxRows: number;
  readonly today?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
  readonly onWarning: (message: string) => void;
}

/** One database of the user's, ready to be asked. */
export interface DatabaseSession {
  readonly engine: DatabaseEngine;
  /** The connection itself, as the read-only role. */
  readonly reader: DataApiClient;
  readonly timer: StepTimer;
  close(): Promise<void>;
}

/** True when the flags name a database that is not one of the local samples. */
export const namesDatabase = ({ resourceArn, secretArn, databaseUrl }: DatabaseFlags): boolean => resourceArn !== undefined || secretArn !== undefined || databaseUrl !== undefined;

/**
 * Connects to a database of the user's and builds both actions over it. Files are read before anything is connected to.
 *
 * @throws {CliError} `invalid-argument`, `file-unreadable`, `database-unsupported`
 */
export async function openDatabaseSession(options: DatabaseSessionOptions): Promise<DatabaseSession> {
  const knowledge = await readKnowledge(options);
  const timer = createStepTimer();
  options.onProgress('Connecting to the database');
  const connection = await timer.run('connect', () => openConnection(options));
  try {
    options.onProgress('Reading the schema');
    const { model, audit, maxRows, today, signal } = options;
    const engine = await openEngine({ database: connection.database, data: connection.client, knowledge, model, audit, maxRows, timer, signal, ...(today === undefined ? {} : { today }) });
    return { engine, reader: connection.client, timer, close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function readKnowledge({ schema, overlay, sampleValues, policy, onWarning }: DatabaseSessionOptions): Promise<Knowledge> {
  return {
    onWarning,
    ...(schema === undefined ? {} : { artifact: parseArtifact(await readJsonFile(schema)) }),
    ...(overlay === undefined ? {} : { overlay: await readTextFile(overlay) }),
    ...(sampleValues === undefined ? {} : { sampleValues }),
    ...(policy === undefined ? {} : { policy: (await readJsonFile(policy)) as GuardPolicyInput }),
  };
}
