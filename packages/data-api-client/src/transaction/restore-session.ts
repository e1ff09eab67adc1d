import { callControl, type ClientContext } from '../client/client-context.js';
import { bindStatement } from '../parameters/bind-statement.js';
import { resolveStatement } from '../sql/resolve-statement.js';
import type { SqlStatement } from '../sql/sql-statement.js';

/** Undoes in a transaction's session what was set there, last first. What has been undone is taken off the list. */
export async function restoreSession(context: ClientContext, transactionId: string, undo: SqlStatement[], signals: readonly AbortSignal[], deadlineMs = context.deadlineMs): Promise<void> {
  for (let statement = undo.at(-1); statement !== undefined; statement = undo.at(-1)) {
    const { sql, parameters } = resolveStatement(statement);
    const { sql: text, parameterSets: [values = []] } = bindStatement(sql, [parameters], context.engine);
    await context.transport.execute(
      { sql: text, parameters: values, transactionId, continueAfterTimeout: false, decode: undefined },
      callControl(context, { operation: 'execute', sql, inTransaction: true, idempotent: true, signals }, { deadlineMs }),
    );
    undo.pop();
  }
}
