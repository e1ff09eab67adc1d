import type { ExecuteFailureCode, ExecuteQueryResult, ExecuteRefusal } from '../execute-query/execute-query-result.js';
import type { ToolReply } from './tool-reply.js';
import { truncationNote } from './truncation-note.js';
import { violationsForReply } from './violations-for-reply.js';

const statuses: Readonly<Record<ExecuteFailureCode, number>> = {
  'sql-error': 422,
  'permission-denied': 403,
  timeout: 504,
  'too-large': 413,
  'unsupported-type': 422,
  'database-resuming': 503,
  'database-unavailable': 503,
  throttled: 429,
  'too-many-at-once': 429,
  'too-fast': 429,
  'token-budget': 429,
  aborted: 503,
  internal: 500,
};

const repairable: ReadonlySet<ExecuteFailureCode> = new Set(['sql-error', 'permission-denied', 'timeout', 'too-large', 'unsupported-type']);
const refusalStatuses: Readonly<Record<ExecuteRefusal['stage'], number>> = { input: 400, parameters: 400, tenant: 403, guard: 422, plan: 422 };

/** The reply of execute-query; `rowCount` counts the rows that the statement has, not those that are shown. Rows are arrays in the order of the columns, which is half the size of objects. */
export function replyToExecute(result: ExecuteQueryResult): ToolReply {
  switch (result.kind) {
    case 'rows':
      return {
        outcome: 'rows',
        code: null,
        next: 'done',
        status: 200,
        body: {
          outcome: 'rows',
          columns: result.columns.map(({ name, type }) => ({ name, type })),
          rows: result.rows.map((row) => result.columns.map((column) => row[column.name] ?? null)),
          rowCount: result.total.rows,
          truncated: result.truncated,
          ...(result.truncated ? { rowCountIsExact: result.total.isExact, rowsShown: result.rowCount, note: truncationNote(result.rowCount, result.total) } : {}),
        },
      };
    case 'refusal':
      return {
        outcome: 'refusal',
        code: result.stage,
        next: result.stage === 'tenant' ? 'done' : 'repair',
        status: refusalStatuses[result.stage],
        body: {
          outcome: 'refusal',
          stage: result.stage,
          reason: result.reason,
          violations: violationsForReply(result.violations),
          ...(result.parameterProblems.length > 0 ? { parameterProblems: result.parameterProblems.map(({ parameter, problem, message }) => ({ parameter, problem, message })) } : {}),
        },
      };
    case 'failure':
      return {
        outcome: 'failure',
        code: result.code,
        next: repairable.has(result.code) ? 'repair' : result.retryable ? 'done' : 'give-up',
        status: statuses[result.code],
        body: {
          outcome: 'failure',
          code: result.code,
          message: result.message,
          hint: result.hint,
          sqlState: result.sqlState,
          near: result.near,
          retryable: result.retryable,
          retryAfterMs: result.retryAfterMs,
        },
      };
  }
}
