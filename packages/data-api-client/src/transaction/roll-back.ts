import { callControl, type ClientContext } from '../client/client-context.js';
import { TransactionBusyError } from '../errors/transaction-busy-error.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import { wait } from '../transport/wait.js';
import { restoreSession } from './restore-session.js';

const callMs = 5_000;
const patienceMs = 5_000;

/**
 * Rolls a transaction back, without the caller's signal: that may be what ended it.
 *
 * A statement given up on may still be running, and the service refuses the rollback as long as it does; so it is asked again
 * for some seconds. What is left then, the service rolls back after three idle minutes. Failures reach the hooks only.
 */
export async function rollBack(context: ClientContext, id: string, undo: SqlStatement[]): Promise<void> {
  const start = performance.now();
  for (let pauseMs = 50; ; pauseMs *= 2) {
    try {
      await restoreUnlessLost(context, id, undo);
      await context.transport.rollback(id, callControl(context, { operation: 'rollback', inTransaction: true, idempotent: true }, { deadlineMs: callMs }));
      return;
    } catch (error) {
      if (!TransactionBusyError.isInstance(error) || performance.now() - start + pauseMs > patienceMs) return;
      await wait(pauseMs, undefined);
    }
  }
}

/** What the session cannot be told any more must not keep the transaction from being rolled back. */
async function restoreUnlessLost(context: ClientContext, id: string, undo: SqlStatement[]): Promise<void> {
  try {
    await restoreSession(context, id, undo, [], callMs);
  } catch (error) {
    if (TransactionBusyError.isInstance(error)) throw error;
  }
}
