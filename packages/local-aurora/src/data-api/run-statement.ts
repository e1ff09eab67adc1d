import type { Clock } from './clock.js';
import { databaseError } from './database-error.js';
import { ServiceError } from './service-error.js';
import type { ResultLimits, Session, StatementResult } from './session/session.js';
import type { BoundStatement } from './sql/bound-statement.js';

/** How long a cancelled statement may take to stop before its connection is cut. */
const cancelGraceMs = 5_000;

export interface StatementTimeout {
  readonly clock: Clock;
  readonly milliseconds: number;
  /** Leaves the statement running when the time is over, and hands the session to the caller's `settled`. */
  readonly continueAfterTimeout: boolean;
}

/** The timeout that the service answers, with the id of the connection that ran the statement. */
export function statementTimeout(session: Session | null): ServiceError {
  return new ServiceError('StatementTimeoutException', 'Request timed out', { dbConnectionId: session?.processId ?? 0 });
}

/**
 * Runs a statement within the service's time. `settled` is called once, when the session is free again: before this
 * returns, or later when the statement goes on after the timeout.
 *
 * @throws {ServiceError} StatementTimeoutException, or what PostgreSQL answered
 */
export async function runStatement(session: Session, statement: BoundStatement, limits: ResultLimits, timeout: StatementTimeout, settled: () => void): Promise<StatementResult> {
  let expired = false;
  let expire: (error: ServiceError) => void = () => undefined;
  const expiry = new Promise<never>((_, reject) => {
    expire = reject;
  });
  expiry.catch(() => undefined);
  let callOff = timeout.clock.schedule(timeout.milliseconds, () => {
    expired = true;
    if (timeout.continueAfterTimeout) {
      expire(statementTimeout(session));
      return;
    }
    callOff = timeout.clock.schedule(cancelGraceMs, () => void session.close());
    void session.cancel();
  });
  const run = session.run(statement, limits).finally(() => {
    callOff();
    settled();
  });
  try {
    const result = await Promise.race([run, expiry]);
    // MySQL's sleep() ends without an error when it is cancelled.
    if (expired) throw statementTimeout(session);
    return result;
  } catch (error) {
    run.catch(() => undefined);
    throw expired ? statementTimeout(session) : databaseError(error);
  }
}
