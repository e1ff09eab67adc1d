import { databaseError } from '../database-error.js';
import type { RequestBody } from '../request/request-members.js';
import { readCallTarget } from './call-target.js';
import type { OperationContext } from './operation-context.js';

/** BeginTransaction. Returns JSON text. @throws {ServiceError} as the service answers */
export async function beginTransaction(context: OperationContext, body: RequestBody): Promise<string> {
  const { secretArn, database, session: target } = readCallTarget(context, body);
  try {
    const session = await context.pool.acquire(target);
    try {
      await session.command('BEGIN');
    } catch (error) {
      context.pool.release(session);
      throw error;
    }
    return JSON.stringify({ transactionId: context.transactions.add(secretArn, database, session).id });
  } catch (error) {
    throw databaseError(error);
  }
}
