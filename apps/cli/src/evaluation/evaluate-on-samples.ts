import { evaluate, type EvaluateOptions, type EvaluatedSystem, type EvaluationCase, type EvaluationReport } from '@ask-aurora/nl2sql';
import { randomUUID } from 'node:crypto';
import type { LocalSession } from '../session/open-local-session.js';

export interface EvaluateOnSamplesOptions extends Pick<EvaluateOptions, 'concurrency' | 'log' | 'onProgress' | 'signal'> {
  /** Names the run in its report. */
  readonly system: string;
}

/** Asks each question through generate-query on the sample it names; gold and answer run with the read-only secret. */
export function evaluateOnSamples(session: LocalSession, cases: readonly EvaluationCase[], options: EvaluateOnSamplesOptions): Promise<EvaluationReport> {
  const { system: id, ...rest } = options;
  const caller = { sessionId: randomUUID(), principal: null, tenant: {}, front: 'cli' } as const;
  const system: EvaluatedSystem = {
    id,
    async answer(entry, { signal }) {
      const engine = await session.engine(entry.database ?? 'university');
      const question = entry.hint === undefined ? entry.question : `${entry.question}\n${entry.hint}`;
      const generated = await engine.generateQuery({ question, caller, ...(signal === undefined ? {} : { signal }) });
      switch (generated.kind) {
        case 'statement':
          return { kind: 'statement', sql: generated.sql, parameters: generated.parameters, attempts: generated.attempts.length };
        case 'clarification':
          return { kind: 'clarification', reason: generated.question };
        case 'failure':
          return { kind: 'failure', reason: generated.message };
        default:
          return { kind: generated.kind, reason: generated.reason };
      }
    },
  };
  return evaluate({
    ...rest,
    cases,
    system,
    execute: ({ sql, parameters, database }, { signal }) =>
      session.reader(database ?? 'university').readOnly({ statementTimeoutMs: 30_000, ...(signal === undefined ? {} : { signal }) }, async (transaction) => {
        const { rows } = await transaction.query<Record<string, unknown>>(sql, parameters);
        return rows.map((row) => Object.values(row));
      }),
  });
}
