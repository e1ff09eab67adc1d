import { type RequestBody, requireString } from '../request/request-members.js';
import { runStatement } from '../run-statement.js';
import type { Session } from '../session/session.js';
import { plainStatement } from '../sql/bound-statement.js';
import { readCallTarget } from './call-target.js';
import type { OperationContext } from './operation-context.js';

/**
 * CommitTransaction. PostgreSQL answers the COMMIT of a failed transaction by a rollback, and the status says so.
 * Returns JSON text. @throws {ServiceError} as the service answers
 */
export function commitTransaction(context: OperationContext, body: RequestBody): Promise<string> {
  return endTransaction(context, body, 'COMMIT');
}

/** RollbackTransaction. Returns JSON text. @throws {ServiceError} as the service answers */
export function rollbackTransaction(context: OperationContext, body: RequestBody): Promise<string> {
  return endTransaction(context, body, 'ROLLBACK');
}

async function endTransaction(context: OperationContext, body: RequestBody, command: 'COMMIT' | 'ROLLBACK'): Promise<string> {
  const { secretArn } = readCallTarget(context, body);
  const id = requireString(body, 'transactionId', { maximum: 192 });
  const transaction = context.transactions.enter(id, secretArn);
  try {
    const ended = await finish(context, transaction.session, command);
    return JSON.stringify({ transactionStatus: ended === 'COMMIT' ? 'Transaction Committed' : 'Rollback Complete' });
  } finally {
    context.transactions.end(transaction);
  }
}

async function finish({ clock, limits }: OperationContext, session: Session, text: string): Promise<'COMMIT' | 'ROLLBACK' | null> {
  const timeout = { clock, milliseconds: limits.statementMs, continueAfterTimeout: false };
  const { ended } = await runStatement(session, plainStatement(text), limits, timeout, () => undefined);
  return ended;
}
