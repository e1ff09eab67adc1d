import { readBoolean, readChoice, readString, type RequestBody, requireString } from '../request/request-members.js';
import { readParameters } from '../request/sql-parameter.js';
import { encodeRecords, formatRecords } from '../result/records.js';
import { readResultSetOptions, type ResultSetOptions } from '../result/result-set-options.js';
import { runStatement } from '../run-statement.js';
import { ServiceError } from '../service-error.js';
import type { StatementResult } from '../session/session.js';
import { readCallTarget } from './call-target.js';
import type { OperationContext } from './operation-context.js';
import { openCallSession } from './open-call-session.js';

/** ExecuteStatement. Returns the response body as JSON text. @throws {ServiceError} as the service answers */
export async function executeStatement(context: OperationContext, body: RequestBody): Promise<string> {
  const target = readCallTarget(context, body);
  const sql = requireString(body, 'sql', { maximum: context.limits.sqlCharacters });
  const parameters = readParameters(body['parameters'], 'parameters');
  const continueAfterTimeout = readBoolean(body, 'continueAfterTimeout');
  const options = readResponseOptions(body);
  if (continueAfterTimeout && readString(body, 'transactionId') !== undefined) {
    throw new ServiceError('BadRequestException', 'continueAfterTimeout is not supported within a transaction');
  }
  const statement = context.engine.prepare(sql)(parameters);
  const { session, giveBack } = await openCallSession(context, body, target);
  let running = true;
  let answered = false;
  const settle = () => {
    running = false;
    if (answered) giveBack();
  };
  try {
    const timeout = { clock: context.clock, milliseconds: context.limits.statementMs, continueAfterTimeout };
    const result = await runStatement(session, statement, context.limits, timeout, settle);
    return await respond(context, options, result);
  } finally {
    answered = true;
    if (!running) giveBack();
  }
}

interface ResponseOptions {
  readonly json: boolean;
  readonly includeMetadata: boolean;
  readonly numbers: ResultSetOptions;
}

function readResponseOptions(body: RequestBody): ResponseOptions {
  return {
    json: readChoice(body, 'formatRecordsAs', ['NONE', 'JSON']) === 'JSON',
    includeMetadata: readBoolean(body, 'includeResultMetadata'),
    numbers: readResultSetOptions(body),
  };
}

async function respond({ limits }: OperationContext, { json, includeMetadata, numbers }: ResponseOptions, result: StatementResult): Promise<string> {
  if (result.overflow === 'row') throw new ServiceError('BadRequestException', 'Packet for query is too large');
  if (result.overflow === 'result') throw new ServiceError('UnsupportedResultException', 'The result exceeds the size limit 1 MB.');
  const { labels, rows, generatedKey } = result;
  if (labels === null) {
    const generated = generatedKey === null ? '[]' : `[{"longValue":${generatedKey}}]`;
    return `{"generatedFields":${generated},"numberOfRecordsUpdated":${result.rowsAffected}}`;
  }
  const types = await result.types();
  if (json) return `{"formattedRecords":${JSON.stringify(formatRecords(labels, types, rows, numbers, limits.formattedRecordsBytes))},"numberOfRecordsUpdated":0}`;
  const records = encodeRecords(types, rows, numbers);
  if (!includeMetadata) return `{"numberOfRecordsUpdated":0,"records":${records}}`;
  return `{"columnMetadata":${JSON.stringify(await result.metadata())},"numberOfRecordsUpdated":0,"records":${records}}`;
}
