import { callControl, type ClientContext } from '../client/client-context.js';
import { DataApiError } from '../errors/data-api-error.js';
import { markUndone } from '../errors/mark-undone.js';
import { TransactionAbortedError } from '../errors/transaction-aborted-error.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import { CallDeadline } from '../transport/call-deadline.js';
import { applyMysqlOptions } from './mysql-transaction-options.js';
import { restoreSession } from './restore-session.js';
import { rollBack } from './roll-back.js';
import type { TransactionOptions } from './transaction-options.js';
import { TransactionRunner } from './transaction-runner.js';
import { transactionSettings } from './transaction-settings.js';

/** A transaction that is open until one of its two ends is called. */
export interface OpenTransaction {
  readonly runner: TransactionRunner;
  /** @throws TransactionAbortedError when a statement failed, after rolling back. */
  commit(): Promise<void>;
  /** Never throws: a transaction that cannot be rolled back here is by the service, after three idle minutes. */
  rollback(): Promise<void>;
}

/** Begins a transaction and makes it what its options say. */
export async function openTransaction(context: ClientContext, options: TransactionOptions): Promise<OpenTransaction> {
  const settings = context.engine === 'postgresql' ? transactionSettings(options) : [];
  const life = new CallDeadline(options.timeoutMs, [options.signal]);
  const calls = options.deadlineMs === undefined ? context : { ...context, deadlineMs: options.deadlineMs };
  try {
    // A transaction begun by a request whose answer was lost holds nothing, and ends by itself: beginning twice is safe.
    const id = await begun(context.transport.begin(callControl(calls, { operation: 'begin', inTransaction: false, idempotent: true, signals: [life.signal] })));
    const runner = new TransactionRunner(calls, { id, signal: life.signal, idempotent: options.readOnly ?? false, savepointEach: options.savepoints ?? false });
    /** Aurora MySQL: what the session must be told before another caller gets it. */
    const undo: SqlStatement[] = [];
    const rollback = async (): Promise<void> => {
      await runner.close();
      life.dispose();
      await rollBack(calls, id, undo);
      runner.undone();
    };
    try {
      for (const setting of settings) await runner.control(setting);
      if (context.engine === 'mysql') await applyMysqlOptions(runner, options, undo);
    } catch (error) {
      await rollback();
      throw error;
    }
    const commit = async (): Promise<void> => {
      await runner.close();
      if (runner.failure) {
        await rollback();
        throw new TransactionAbortedError('A statement of the transaction failed, so nothing of it can be committed. Let the error through, or use a savepoint.', { cause: runner.failure });
      }
      try {
        await restoreSession(calls, id, undo, [life.signal]);
      } catch (error) {
        await rollback();
        throw error;
      }
      life.dispose();
      runner.leaveToCommit();
      await context.transport.commit(id, callControl(calls, { operation: 'commit', inTransaction: true, idempotent: false, signals: [options.signal] }));
    };
    return { runner, commit, rollback };
  } catch (error) {
    life.dispose();
    throw error;
  }
}

/** Whether or not the service began a transaction, nothing is in it. */
async function begun<T>(begin: Promise<T>): Promise<T> {
  try {
    return await begin;
  } catch (error) {
    if (DataApiError.isInstance(error)) markUndone(error);
    throw error;
  }
}
