import { databaseError } from '../database-error.js';
import { readString, type RequestBody } from '../request/request-members.js';
import { ServiceError } from '../service-error.js';
import type { Session } from '../session/session.js';
import type { CallTarget } from './call-target.js';
import type { OperationContext } from './operation-context.js';

/** A session for one call: the transaction's own, or one lent by the pool. */
export interface CallSession {
  readonly session: Session;
  readonly inTransaction: boolean;
  /** Gives the session back. Called once. */
  readonly giveBack: () => void;
}

/** @throws {ServiceError} when the transaction can't be used, or PostgreSQL refuses the connection */
export async function openCallSession({ pool, transactions }: OperationContext, body: RequestBody, target: CallTarget): Promise<CallSession> {
  const transactionId = readString(body, 'transactionId', { maximum: 192 });
  if (transactionId === undefined) {
    const session = await pool.acquire(target.session).catch((error: unknown) => {
      throw databaseError(error);
    });
    return { session, inTransaction: false, giveBack: () => pool.release(session) };
  }
  const transaction = transactions.enter(transactionId, target.secretArn);
  if (target.database !== undefined && transaction.session.target.database !== target.session.database) {
    transactions.leave(transaction);
    throw new ServiceError('BadRequestException', 'Database name is not the same as transaction');
  }
  return { session: transaction.session, inTransaction: true, giveBack: () => transactions.leave(transaction) };
}
