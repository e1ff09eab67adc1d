import { Nl2SqlError } from '../nl2sql-error.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import { throwIfAborted } from '../waiting/abort-error.js';
import type { CaseOutcome, CaseResult } from './case-result.js';
import { compareResults, type ResultMatch, type ResultRows } from './compare-results.js';
import type { EvaluatedSystem, SystemAnswer } from './evaluated-system.js';
import type { EvaluationCase } from './evaluation-case.js';
import { createReport, type EvaluationReport } from './evaluation-report.js';
import type { RunLog } from './run-log.js';

/** Runs a statement on a case's database, read-only. Rows come with their columns by position. */
export type ExecuteStatement = (
  statement: { readonly sql: string; readonly parameters: Readonly<Record<string, ParameterValue>>; readonly database: string | null; readonly origin: 'gold' | 'answer' },
  options: { readonly signal?: AbortSignal },
) => Promise<ResultRows>;

export interface EvaluateOptions {
  readonly cases: readonly EvaluationCase[];
  readonly system: EvaluatedSystem;
  readonly execute: ExecuteStatement;
  /** Cases at a time. @default 1 */
  readonly concurrency?: number;
  /** Results that are already there are taken over, new ones appended. @default none */
  readonly log?: RunLog;
  readonly onProgress?: (progress: EvaluationProgress) => void;
  readonly signal?: AbortSignal;
}

export interface EvaluationProgress {
  readonly done: number;
  readonly total: number;
  /** Results taken over from the log. */
  readonly resumed: number;
  readonly correct: number;
  readonly last: CaseResult;
}

/**
 * Asks a system every question of a dataset, runs its statements beside the gold ones and counts. A fault of one case is
 * that case's result; only an aborted run and a broken log are thrown.
 *
 * @throws Nl2SqlError `aborted`; `report-invalid` for a log that is broken or another system's
 */
export async function evaluate(options: EvaluateOptions): Promise<EvaluationReport> {
  const { cases, log, onProgress, signal, concurrency = 1 } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) throw new Nl2SqlError({ code: 'invalid-options', message: 'concurrency must be a whole number from 1.' });
  const startedAt = new Date().toISOString();
  const wanted = new Set(cases.map(({ id }) => id));
  const logged = (await log?.read()) ?? [];
  const other = logged.find(({ system }) => system !== undefined && system !== options.system.id);
  if (other !== undefined) throw new Nl2SqlError({ code: 'report-invalid', message: `The log holds results of ${other.system ?? ''}, this run is of ${options.system.id}. Give each system a log of its own.` });
  const results = new Map(logged.filter(({ id }) => wanted.has(id)).map(({ system: _system, ...result }) => [result.id, result]));
  const resumed = results.size;
  const queue = cases.filter(({ id }) => !results.has(id));
  const worker = async () => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      throwIfAborted(signal);
      const result = await runCase(entry, options);
      results.set(result.id, result);
      await log?.append({ ...result, system: options.system.id });
      onProgress?.({ done: results.size, total: cases.length, resumed, correct: [...results.values()].filter(({ correct }) => correct).length, last: result });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, worker));
  return createReport({ system: options.system.id, startedAt, results: cases.flatMap(({ id }) => results.get(id) ?? []) });
}

async function runCase(entry: EvaluationCase, options: EvaluateOptions): Promise<CaseResult> {
  const { system, signal } = options;
  const startedAt = performance.now();
  let answer: SystemAnswer;
  try {
    answer = await system.answer(entry, signal === undefined ? {} : { signal });
  } catch (error) {
    throwIfAborted(signal);
    answer = { kind: 'failure', reason: messageOf(error) };
  }
  const latencyMs = performance.now() - startedAt;
  const judged = await judge(entry, answer, options);
  return {
    id: entry.id,
    question: entry.question,
    tags: [...entry.tags],
    database: entry.database ?? null,
    expected: entry.expect.kind,
    ...judged,
    correct: isCorrect(entry, judged.outcome, false),
    correctBySubset: isCorrect(entry, judged.outcome, true),
    sql: answer.kind === 'statement' ? answer.sql : null,
    attempts: answer.attempts ?? 0,
    latencyMs,
    usage: answer.usage ?? null,
  };
}

interface Judged {
  readonly outcome: CaseOutcome;
  readonly goldSql: string | null;
  readonly reason: string | null;
}

async function judge(entry: EvaluationCase, answer: SystemAnswer, options: EvaluateOptions): Promise<Judged> {
  const alternatives = entry.expect.kind === 'rows' ? [entry.expect.sql].flat() : [];
  const goldSql = alternatives[0] ?? null;
  if (answer.kind !== 'statement') {
    const outcome = { abstention: 'abstained', clarification: 'clarified', refusal: 'refused', failure: 'failed' } as const;
    return { outcome: outcome[answer.kind], goldSql, reason: answer.reason };
  }
  if (entry.expect.kind !== 'rows') return { outcome: 'wrong', goldSql, reason: 'A statement was given where none can be right.' };
  const run = (sql: string, parameters: Readonly<Record<string, ParameterValue>>, origin: 'gold' | 'answer') =>
    options.execute({ sql, parameters, database: entry.database ?? null, origin }, options.signal === undefined ? {} : { signal: options.signal });
  let rows: ResultRows;
  try {
    rows = await run(answer.sql, answer.parameters, 'answer');
  } catch (error) {
    throwIfAborted(options.signal);
    return { outcome: 'failed', goldSql, reason: messageOf(error) };
  }
  return compareWithGold(alternatives, rows, (sql) => run(sql, {}, 'gold'), entry.expect.ordered, options.signal);
}

async function compareWithGold(alternatives: readonly string[], rows: ResultRows, runGold: (sql: string) => Promise<ResultRows>, ordered: boolean, signal: AbortSignal | undefined): Promise<Judged> {
  let best: { readonly match: ResultMatch; readonly sql: string } | null = null;
  let fault: string | null = null;
  for (const sql of alternatives) {
    try {
      const match = compareResults(await runGold(sql), rows, { ordered });
      if (match === 'strict') return { outcome: 'strict', goldSql: sql, reason: null };
      if (best === null || (best.match === 'none' && match === 'subset')) best = { match, sql };
    } catch (error) {
      throwIfAborted(signal);
      fault = messageOf(error);
    }
  }
  if (best === null) return { outcome: 'gold-failed', goldSql: alternatives[0] ?? null, reason: fault };
  return best.match === 'subset' ? { outcome: 'subset', goldSql: best.sql, reason: 'The rows are right, with columns nobody asked for.' } : { outcome: 'wrong', goldSql: best.sql, reason: 'The rows differ from the gold rows.' };
}

function isCorrect(entry: EvaluationCase, outcome: CaseOutcome, bySubset: boolean): boolean {
  switch (entry.expect.kind) {
    case 'rows':
      return outcome === 'strict' || (bySubset && outcome === 'subset');
    case 'abstain':
      return outcome === 'abstained' || outcome === 'clarified';
    case 'refuse':
      return outcome === 'refused';
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
