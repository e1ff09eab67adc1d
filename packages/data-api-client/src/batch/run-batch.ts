import type { SqlParameter } from '@aws-sdk/client-rds-data';
import type { StatementRunner } from '../client/statement-runner.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ResultTooLargeError } from '../errors/result-too-large-error.js';
import { bindSegments, type BoundStatement } from '../parameters/bind-statement.js';
import type { Parameters } from '../parameters/parameter-value.js';
import { scanStatement, type Segment } from '../parameters/scan-statement.js';
import type { ExecuteAnswer } from '../transport/data-api-transport.js';
import type { BatchOptions, BatchResult } from './batch-options.js';
import { chunkSets } from './chunk-sets.js';
import { cutInsert } from './cut-insert.js';
import { joinInserts, type JoinedSets } from './join-inserts.js';

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
  const work: BatchWork = { segments, bound, sql, sets, chunkSize, options };
  return returning ? runReturning<R>(runner, work) : runBlind<R>(runner, work);
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
  const run = async (inner: StatementRunner): Promise<BatchResult<R>> => {
    const generatedValues: unknown[] = [];
    for (const parameterSets of chunks) for (const value of await inner.batchExecute({ bound: { sql: bound.sql, parameterSets }, sql, parameters: {} }, options)) generatedValues.push(value);
    return { rows: [], columns: [], rowCount: null, generatedValues, requests: chunks.length };
  };
  // In a transaction of PostgreSQL a single request is atomic by itself: what fails in it keeps the transaction from being committed.
  const isAtomic = bound.parameterSets.length === 1 || (runner.inTransaction && runner.engine === 'postgresql' && chunks.length === 1);
  return isAtomic ? run(runner) : runner.atomically(run, options);
}

async function runReturning<R>(runner: StatementRunner, { segments, bound, sql, sets, chunkSize, options }: BatchWork): Promise<BatchResult<R>> {
  const parts = sets.length === 1 ? undefined : cutInsert(segments);
  const setBySet = (): JoinedSets[] => bound.parameterSets.map((set) => ({ bound: { sql: bound.sql, parameterSets: [set] }, sets: 1 }));
  const plan = parts === undefined
    ? setBySet
    : (from: number, size: number) => joinInserts(parts, sets.slice(from), { chunkSize: size, engine: runner.engine, bytesOf: (index) => requestBytes(bound.parameterSets[from + index] ?? []) });
  const work = { plan, sql, total: sets.length, chunkSize, options };
  if (sets.length === 1) return runPlan<R>(runner, work, false);
  try {
    return await runner.atomically((inner) => runPlan<R>(inner, work, false), options);
  } catch (error) {
    // Undone as a whole, so it can begin anew: now each statement in a savepoint, behind which one with an answer over 1 MiB is halved.
    if (parts === undefined || !ResultTooLargeError.isInstance(error)) throw error;
    return runner.atomically((inner) => runPlan<R>(inner, work, true), options);
  }
}

interface ReturningPlan {
  /** The statements for the sets from a place on, each of so many sets at most. */
  readonly plan: (from: number, size: number) => readonly JoinedSets[];
  readonly sql: string;
  /** How many sets there are. */
  readonly total: number;
  readonly chunkSize: number;
  readonly options: BatchOptions;
}

async function runPlan<R>(runner: StatementRunner, { plan, sql, total, chunkSize, options }: ReturningPlan, halves: boolean): Promise<BatchResult<R>> {
  const decode = { engine: runner.engine, decoding: { ...runner.decoding, ...options.decoding }, rowMode: options.rowMode ?? 'object' };
  const rows: R[] = [];
  let columns: ExecuteAnswer['columns'] = [];
  let requests = 0;
  let done = 0;
  let statements = plan(0, chunkSize).values();
  for (let next = statements.next(); next.done !== true; next = statements.next()) {
    const { bound, sets } = next.value;
    const run = (inner: StatementRunner): Promise<ExecuteAnswer> => inner.execute({ bound, sql, parameters: {} }, decode, options);
    requests += 1;
    try {
      const answer = await (halves ? runner.atomically(run, options) : run(runner));
      for (const row of answer.rows) rows.push(row as R);
      columns = answer.columns;
      done += sets;
    } catch (error) {
      if (!ResultTooLargeError.isInstance(error)) throw error;
      if (sets === 1) throw new ResultTooLargeError(`What is returned for set ${done + 1} of ${total} is over the limit of a result: return fewer or shorter columns. ${error.message}`, { executed: error.executed, cause: error });
      if (!halves) throw error;
      statements = plan(done, Math.ceil(sets / 2)).values();
    }
  }
  return { rows, columns, rowCount: rows.length, generatedValues: [], requests };
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
