import { createExecuteQuery, createGenerateQuery, type AuditSink } from '@ask-aurora/agent-actions';
import type { DataApiClient } from '@ask-aurora/data-api-client';
import { applyOverlay, createTextToSql, introspect, type Model, type OverlayInput, type SchemaArtifact } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema, type GuardPolicyInput } from '@ask-aurora/sql-guard';
import type { QuestionEngine } from '../answer/ask-question.js';
import { CliError } from '../cli-error.js';
import type { StepTimer } from './step-timer.js';

/** The two actions over one database, with the schema they know. */
export interface DatabaseEngine extends QuestionEngine {
  readonly artifact: SchemaArtifact;
}

/** What is known of a database before its catalog is read. */
export interface Knowledge {
  /** @default the catalog is read */
  readonly artifact?: SchemaArtifact;
  readonly overlay?: OverlayInput | string;
  /** Relations whose values may be read. @default none */
  readonly sampleValues?: readonly string[];
  /** @default exactly the relations and columns of the artifact */
  readonly policy?: GuardPolicyInput;
  readonly onWarning?: (message: string) => void;
}

export interface OpenEngineOptions {
  readonly database: string;
  /** Connected as the read-only role. */
  readonly data: DataApiClient;
  readonly knowledge: Knowledge;
  readonly model: Model;
  readonly audit: AuditSink;
  readonly maxRows: number;
  /** What "today" is, as an ISO date. @default today */
  readonly today?: string;
  readonly timer: StepTimer;
  readonly signal: AbortSignal;
}

/**
 * Builds both actions over one database.
 *
 * @throws {CliError} `database-unsupported` for a server whose grammar the guard does not have.
 */
export async function openEngine({ database, data, knowledge, model, audit, maxRows, today, timer, signal }: OpenEngineOptions): Promise<DatabaseEngine> {
  const artifact = await timer.run(
    `introspect ${database}`,
    () => artifactOf(data, knowledge, signal),
    (found) => ({ relations: found.relations.length, foreignKeys: found.foreignKeys.length, verifiedQueries: found.verifiedQueries.length }),
  );
  const guard = await createGuard({ dialect: 'postgresql', version: grammarOf(artifact), policy: knowledge.policy ?? policyFromSchema(artifact) });
  const textToSql = createTextToSql({ artifact, guard, model, ...(today === undefined ? {} : { today: () => today }) });
  return {
    database,
    artifact,
    generateQuery: createGenerateQuery({ textToSql, audit }),
    executeQuery: createExecuteQuery({ guard, database: data, audit, schemaHash: artifact.hash, limits: { maxRows } }),
  };
}

async function artifactOf(data: DataApiClient, { artifact, overlay, sampleValues, onWarning }: Knowledge, signal: AbortSignal): Promise<SchemaArtifact> {
  const warn = onWarning === undefined ? {} : { onWarning };
  if (artifact !== undefined) return overlay === undefined ? artifact : applyOverlay(artifact, overlay, warn);
  return introspect(async (sql) => (await data.query<Record<string, unknown>>(sql, {}, { signal })).rows, {
    signal,
    ...warn,
    ...(overlay === undefined ? {} : { overlay }),
    ...(sampleValues === undefined ? {} : { sampleValues }),
  });
}

function grammarOf({ dialect, serverVersion }: SchemaArtifact): 16 | 17 | 18 {
  const major = Number.parseInt(serverVersion ?? '17', 10);
  if (dialect === 'postgresql' && (major === 16 || major === 17 || major === 18)) return major;
  throw new CliError('database-unsupported', `Questions can be asked of PostgreSQL 16, 17 and 18; this is ${dialect === 'mysql' ? 'MySQL' : `PostgreSQL ${serverVersion ?? ''}`}.`);
}
