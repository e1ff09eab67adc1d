import { z } from 'zod';
import { Nl2SqlError } from '../nl2sql-error.js';
import { caseResultSchema, outcomes, type CaseResult } from './case-result.js';

const share = z.number().min(0).max(1).nullable();

const summarySchema = z.object({
  cases: z.number().int().describe('Without those whose gold failed.'),
  outcomes: z.record(z.enum(outcomes), z.number().int()),
  correct: share.describe('Share of cases strictly right, abstentions and refusals where they are right included.'),
  correctBySubset: share,
  executionAccuracy: share.describe('Of the cases that expect rows: strictly right.'),
  executionAccuracyBySubset: share,
  coverage: share.describe('Of the cases that expect rows: answered with a statement that ran.'),
  precisionWhenAnswered: share.describe('Of those answered: strictly right.'),
  abstentionRecall: share.describe('Of the cases that expect an abstention: abstained or asked back.'),
  refusalRecall: share.describe('Of the cases that expect a refusal: refused.'),
  latencyMs: z.object({ p50: z.number(), p95: z.number(), max: z.number() }).nullable(),
  tokens: z.object({ input: z.number(), output: z.number(), cacheRead: z.number(), cacheWrite: z.number() }),
  modelCalls: z.number(),
  cost: z.number().nullable(),
});

export const evaluationReportSchema = z.object({
  formatVersion: z.literal(1),
  system: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  summary: summarySchema,
  byTag: z.record(z.string(), summarySchema),
  byDatabase: z.record(z.string(), summarySchema),
  results: z.array(caseResultSchema),
});

/** The counts of a run or of a part of it. Shares are null when nothing counts into them. */
export type EvaluationSummary = Readonly<z.infer<typeof summarySchema>>;
/** A whole run: plain JSON. */
export type EvaluationReport = Readonly<z.infer<typeof evaluationReportSchema>>;

/** Counts a run. */
export function createReport(run: { readonly system: string; readonly startedAt: string; readonly results: readonly CaseResult[] }): EvaluationReport {
  const { system, startedAt } = run;
  const results = [...run.results];
  return {
    formatVersion: 1,
    system,
    startedAt,
    finishedAt: new Date().toISOString(),
    summary: summarize(results),
    byTag: grouped(results, ({ tags }) => tags),
    byDatabase: grouped(results, ({ database }) => (database === null ? [] : [database])),
    results,
  };
}

/**
 * Reads a report back from JSON.
 *
 * @throws Nl2SqlError `report-invalid`
 */
export function parseReport(value: unknown): EvaluationReport {
  const read = evaluationReportSchema.safeParse(value);
  if (!read.success) throw new Nl2SqlError({ code: 'report-invalid', message: `This is no evaluation report: ${z.prettifyError(read.error)}`, cause: read.error });
  return read.data;
}

function grouped(results: readonly CaseResult[], keysOf: (result: CaseResult) => readonly string[]): Record<string, EvaluationSummary> {
  const groups = new Map<string, CaseResult[]>();
  for (const result of results) for (const key of keysOf(result)) groups.set(key, [...(groups.get(key) ?? []), result]);
  return Object.fromEntries([...groups].sort(([a], [b]) => a.localeCompare(b)).map(([key, members]) => [key, summarize(members)]));
}

function summarize(all: readonly CaseResult[]): EvaluationSummary {
  const results = all.filter(({ outcome }) => outcome !== 'gold-failed');
  const expecting = (kind: CaseResult['expected']) => results.filter(({ expected }) => expected === kind);
  const rows = expecting('rows');
  const answered = rows.filter(({ outcome }) => outcome === 'strict' || outcome === 'subset' || outcome === 'wrong');
  const usages = results.flatMap(({ usage }) => (usage === null ? [] : [usage]));
  const total = (pick: (usage: (typeof usages)[number]) => number) => usages.reduce((sum, usage) => sum + pick(usage), 0);
  const latencies = results.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return {
    cases: results.length,
    outcomes: Object.fromEntries(outcomes.map((outcome) => [outcome, all.filter((result) => result.outcome === outcome).length])) as EvaluationSummary['outcomes'],
    correct: shareOf(results, ({ correct }) => correct),
    correctBySubset: shareOf(results, ({ correctBySubset }) => correctBySubset),
    executionAccuracy: shareOf(rows, ({ correct }) => correct),
    executionAccuracyBySubset: shareOf(rows, ({ correctBySubset }) => correctBySubset),
    coverage: rows.length === 0 ? null : answered.length / rows.length,
    precisionWhenAnswered: shareOf(answered, ({ correct }) => correct),
    abstentionRecall: shareOf(expecting('abstain'), ({ correct }) => correct),
    refusalRecall: shareOf(expecting('refuse'), ({ correct }) => correct),
    latencyMs: latencies.length === 0 ? null : { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95), max: latencies.at(-1) ?? 0 },
    tokens: { input: total(({ inputTokens }) => inputTokens), output: total(({ outputTokens }) => outputTokens), cacheRead: total(({ cacheReadTokens }) => cacheReadTokens), cacheWrite: total(({ cacheWriteTokens }) => cacheWriteTokens) },
    modelCalls: total(({ modelCalls }) => modelCalls),
    cost: usages.some(({ cost }) => cost !== null) ? total(({ cost }) => cost ?? 0) : null,
  };
}

function shareOf(results: readonly CaseResult[], holds: (result: CaseResult) => boolean): number | null {
  return results.length === 0 ? null : results.filter(holds).length / results.length;
}

/** The nearest-rank quantile of sorted values. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? 0;
}
