import type { AcceptedStatement } from '../ports/statement-guard.js';
import { capRows } from './cap-rows.js';
import type { RowsResult } from './execute-query-result.js';
import { totalOfCut } from './row-total.js';
import type { StatementOutcome } from './run-statement.js';

/** The caps that a result is held to, and how far its rows were counted. */
export interface ResultCaps {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly countLimit: number;
}

/** What the database gave as a result within the caps, which knows how many rows there are. */
export function shapeRows({ result, planCost, counted }: Extract<StatementOutcome, { readonly kind: 'result' }>, caps: ResultCaps, statement: AcceptedStatement, auditId: string): RowsResult {
  const capped = capRows(result.rows, caps);
  const read = result.rows.length;
  const truncatedBy = capped.truncatedBy ?? (result.cut ? 'bytes' : null);
  const isWhole = !result.cut && read <= caps.maxRows;
  return {
    kind: 'rows',
    columns: result.columns.map((column) => ({ name: column.key, type: column.typeName })),
    rows: capped.rows,
    rowCount: capped.rows.length,
    truncated: truncatedBy !== null,
    truncatedBy,
    total: isWhole ? { rows: read, isExact: true } : totalOfCut(counted, result.cut ? read : caps.maxRows, caps.countLimit),
    statement: statement.sql,
    relations: statement.relations,
    planCost,
    cached: false,
    bytes: capped.bytes,
    auditId,
  };
}
