import type { AuditRecord, AuditSink } from '@ask-aurora/agent-actions';
import type { DataApiClient } from '@ask-aurora/data-api-client';
import { evaluate, type EvaluateOptions, type EvaluatedSystem, type EvaluationCase, type EvaluationReport, type SystemAnswer } from '@ask-aurora/nl2sql';
import { randomUUID } from 'node:crypto';
import type { QuestionEngine } from '../answer/ask-question.js';

/** Where the questions of a dataset are asked. A case's `database` is null when it names none. */
export interface EvaluationTarget {
  engine(database: string | null): Promise<QuestionEngine>;
  /** A connection as the read-only role. */
  reader(database: string | null): DataApiClient;
}

export interface EvaluateQuestionsOptions extends Pick<EvaluateOptions, 'concurrency' | 'log' | 'onProgress' | 'signal'> {
  /** Names the run in its report. */
  readonly system: string;
  readonly tenant?: Readonly<Record<string, string>>;
  /** What each call cost, by its audit record, see `keepCosts`. */
  readonly costs: ReadonlyMap<string, AuditRecord['model']>;
}

/** A sink that keeps of each call what it cost, and nothing else. */
export function keepCosts(): { readonly sink: AuditSink; readonly costs: ReadonlyMap<string, AuditRecord['model']> } {
  const costs = new Map<string, AuditRecord['model']>();
  return { costs, sink: { record: ({ id, model }) => void costs.set(id, model) } };
}

/** Asks each question through generate-query on the database it names; gold and answer run as the read-only role. */
export function evaluateQuestions(target: EvaluationTarget, cases: readonly EvaluationCase[], options: EvaluateQuestionsOptions): Promise<EvaluationReport> {
  const { system: id, tenant = {}, costs, ...rest } = options;
  const caller = { sessionId: randomUUID(), principal: null, tenant, front: 'cli' } as const;
  const system: EvaluatedSystem = {
    id,
    async answer(entry, { signal }): Promise<SystemAnswer> {
      const engine = await target.engine(entry.database ?? null);
      const question = entry.hint === undefined ? entry.question : `${entry.question}\n${entry.hint}`;
      const generated = await engine.generateQuery({ question, caller, ...(signal === undefined ? {} : { signal }) });
      const usage = usageOf(costs.get(generated.auditId) ?? null);
      switch (generated.kind) {
        case 'statement':
          return { kind: 'statement', sql: generated.sql, parameters: generated.parameters, attempts: generated.attempts.length, ...usage };
        case 'clarification':
          return { kind: 'clarification', reason: generated.question, ...usage };
        case 'failure':
          return { kind: 'failure', reason: generated.message, ...usage };
        default:
          return { kind: generated.kind, reason: generated.reason, ...usage };
      }
    },
  };
  return evaluate({
    ...rest,
    cases,
    system,
    execute: ({ sql, parameters, database }, { signal }) =>
      target.reader(database).readOnly({ statementTimeoutMs: 30_000, ...(signal === undefined ? {} : { signal }) }, async (transaction) => {
        const { rows } = await transaction.query<Record<string, unknown>>(sql, parameters);
        return rows.map((row) => Object.values(row));
      }),
  });
}

function usageOf(model: AuditRecord['model']): Pick<SystemAnswer, 'usage'> {
  if (model === null) return {};
  const { inputTokens, outputTokens, cost } = model;
  return { usage: { modelCalls: inputTokens + outputTokens > 0 ? 1 : 0, inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, cost } };
}
