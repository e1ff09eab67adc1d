import {
  BeginTransactionCommand, CommitTransactionCommand, ExecuteStatementCommand, RollbackTransactionCommand,
} from '@aws-sdk/client-rds-data';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { waitWithin } from './deadline.js';
import type { Deadline } from './deadline.js';
import type { RunSql, SqlRow } from './run-sql.js';

/** Whose credentials, which database. */
export interface DataApiTarget {
  readonly resourceArn: string;
  readonly secretArn: string;
  readonly database: string;
}

/** Waits between attempts while a paused cluster resumes, in milliseconds; the last one repeats. */
const resumeWaits = [1000, 2000, 4000, 8000];

/**
 * Runs the work in one transaction: committed if it returns, rolled back if it throws.
 *
 * Only the beginning is tried again, while the cluster resumes from a pause: later failures are of the work itself.
 *
 * @throws CdkConstructsError `deadline-exceeded`; else whatever the work or the Data API threw
 */
export async function inTransaction<T>(client: RDSDataClient, target: DataApiTarget, deadline: Deadline, work: (run: RunSql) => Promise<T>): Promise<T> {
  const { signal } = deadline;
  const { transactionId } = await whileResuming(deadline, () => client.send(new BeginTransactionCommand(target), { abortSignal: signal }));
  const transaction = { resourceArn: target.resourceArn, secretArn: target.secretArn, transactionId };
  let result: T;
  try {
    result = await work(runner(client, { ...target, transactionId }, deadline));
  } catch (error) {
    // The failure of the work is what matters; a transaction that isn't rolled back ends by itself after three minutes.
    await client.send(new RollbackTransactionCommand(transaction)).catch(() => undefined);
    throw error;
  }
  await client.send(new CommitTransactionCommand(transaction), { abortSignal: signal });
  return result;
}

/** Runs each statement by itself: for MySQL, whose data definition commits anyway. */
export async function withoutTransaction<T>(client: RDSDataClient, target: DataApiTarget, deadline: Deadline, work: (run: RunSql) => Promise<T>): Promise<T> {
  const run = runner(client, target, deadline);
  await whileResuming(deadline, () => run('SELECT 1 AS awake'));
  return work(run);
}

function runner(client: RDSDataClient, target: DataApiTarget & { readonly transactionId?: string | undefined }, { signal }: Deadline): RunSql {
  return async (sql, parameters = {}) => {
    const response = await client.send(
      new ExecuteStatementCommand({
        ...target,
        sql,
        parameters: Object.entries(parameters).map(([name, stringValue]) => ({ name, value: { stringValue } })),
        ...(/^\s*(SELECT|WITH)\b/i.test(sql) ? { formatRecordsAs: 'JSON' as const } : {}),
      }),
      { abortSignal: signal },
    );
    return response.formattedRecords === undefined ? [] : (JSON.parse(response.formattedRecords) as readonly SqlRow[]);
  };
}

async function whileResuming<T>(deadline: Deadline, attempt: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isResuming(error)) throw error;
      await waitWithin(deadline, resumeWaits[Math.min(failures, resumeWaits.length - 1)] ?? 8000, 'Resuming the database');
    }
  }
}

function isResuming(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'DatabaseResumingException' || (error.name === 'BadRequestException' && / is resuming /.test(error.message));
}
