import type { SqlParameter } from '@aws-sdk/client-rds-data';
import type { RunnableStatement, StatementRunner } from '../client/statement-runner.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { bindSegments, type BoundStatement } from '../parameters/bind-statement.js';
import type { Parameters } from '../parameters/parameter-value.js';
import { scanStatement, type Segment } from '../parameters/scan-statement.js';
import type { ExecuteAnswer } from '../transport/data-api-transport.js';
import type { BatchOptions, BatchResult } from './batch-options.js';
import { chunkSets } from './chunk-sets.js';
import { cutInsert } from './cut-insert.js';
import { joinInserts } from './join-inserts.js';

/**
 * Runs a statement for each set of parameters.
 *
 * Without `returning`: BatchExecuteStatement, in chunks. With it, BatchExecuteStatement would return nothing, so an
 * `insert .. values` becomes one insert of many rows, and any other statement is executed set by set.
 */
export async function runBatch<R>(runner: StatementRunner, sql: string, sets: readonly Parameters[], options: BatchOptions): Promise<BatchResult<R>> {
  const { chunkSize = 1_000 } = options;
  if (!Number.isInteger(chunkSize) || chunkSize < 1) throw new ConfigurationError('chunkSize must be a whole number from 1.');
  const segments = scanStatement(sql, runner.engine);
  // MySQL has no RETURNING.
  const returning = runner.engine === 'postgresql' && segments.some(({ kind, text }) => kind === 'code' && /\breturning\b/iu.test(text));
  if (sets.length === 0) return { rows: [], columns: [], rowCount: returning ? 0 : null, generatedValues: [], requests: 0 };
  const bound = bindSegments(segments, sets, runner.engine);
  const run = returning ? runReturning : runBlind;
  if (sets.length === 1) return run<R>(runner, { segments, bound, sql, sets, chunkSize, options });

  const transaction = await runner.open(options.signal === undefined ? {} : { signal: options.signal });
  try {
    const result = await run<R>(transaction.runner, { segments, bound, sql, sets, chunkSize, options });
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

interface BatchWork {
  readonly segments: readonly Segment[];
  readonly bound: BoundStatement;
  readonly sql: string;
  readonly sets: readonly Parameters[];
  readonly chunkSize: number;
  readonly options: BatchOptions;
}

async function runBlind<R>(runner: StatementRunner, { bound, sql, chunkSize, options }: BatchWork): Promise<BatchResult<R>> {
  const chunks = chunkSets(bound.parameterSets, chunkSize, requestBytes);
  const generatedValues: unknown[] = [];
  for (const parameterSets of chunks) for (const value of await runner.batchExecute({ bound: { sql: bound.sql, parameterSets }, sql, parameters: {} }, options)) generatedValues.push(value);
  return { rows: [], columns: [], rowCount: null, generatedValues, requests: chunks.length };
}

async function runReturning<R>(runner: StatementRunner, { segments, bound, sql, sets, chunkSize, options }: BatchWork): Promise<BatchResult<R>> {
  const parts = cutInsert(segments);
  const bounds = parts === undefined
    ? bound.parameterSets.map((set): BoundStatement => ({ sql: bound.sql, parameterSets: [set] }))
    : joinInserts(parts, sets, { chunkSize, engine: runner.engine, bytesOf: (index) => requestBytes(bound.parameterSets[index] ?? []) });
  const decode = { engine: runner.engine, decoding: { ...runner.decoding, ...options.decoding }, rowMode: options.rowMode ?? 'object' };
  const rows: R[] = [];
  let columns: ExecuteAnswer['columns'] = [];
  for (const statement of bounds) {
    const runnable: RunnableStatement = { bound: statement, sql, parameters: {} };
    const answer = await runner.execute(runnable, decode, options);
    for (const row of answer.rows) rows.push(row as R);
    columns = answer.columns;
  }
  return { rows, columns, rowCount: rows.length, generatedValues: [], requests: bounds.length };
}

/** What a set adds to a request, near enough: values, names and the JSON around them. */
function requestBytes(set: readonly SqlParameter[]): number {
  return set.reduce((bytes, { name = '', value, typeHint = '' }) => bytes + name.length + typeHint.length + 64 + valueBytes(value), 2);
}

function valueBytes(value: SqlParameter['value']): number {
  if (value?.stringValue !== undefined) return Buffer.byteLength(JSON.stringify(value.stringValue));
  if (value?.blobValue !== undefined) return Math.ceil(value.blobValue.length / 3) * 4;
  return 24;
}
