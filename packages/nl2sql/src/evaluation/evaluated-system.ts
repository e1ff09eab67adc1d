import type { TextToSql } from '../pipeline/text-to-sql.js';
import type { PipelineUsage } from '../pipeline/pipeline-usage.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import type { EvaluationCase } from './evaluation-case.js';

/** What a system made of a question. Statements are executed by the evaluation itself, beside the gold ones. */
export type SystemAnswer =
  | { readonly kind: 'statement'; readonly sql: string; readonly parameters: Readonly<Record<string, ParameterValue>>; readonly attempts?: number; readonly usage?: PipelineUsage }
  | { readonly kind: 'abstention' | 'clarification' | 'refusal' | 'failure'; readonly reason: string; readonly attempts?: number; readonly usage?: PipelineUsage };

/** Anything that answers questions with SQL. */
export interface EvaluatedSystem {
  /** Names the run in reports, with what distinguishes it: model, prompt, version. */
  readonly id: string;
  answer(entry: EvaluationCase, options: { readonly signal?: AbortSignal }): Promise<SystemAnswer>;
}

/**
 * Makes a pipeline a system to evaluate; for datasets over several databases, one pipeline a database. A case's hint is
 * added to its question.
 */
export function pipelineSystem(id: string, pipelineOf: (entry: EvaluationCase) => TextToSql | Promise<TextToSql>): EvaluatedSystem {
  return {
    id,
    async answer(entry, { signal }) {
      const textToSql = await pipelineOf(entry);
      const question = entry.hint === undefined ? entry.question : `${entry.question}\n${entry.hint}`;
      const result = await textToSql.generate({ question, ...(signal === undefined ? {} : { signal }) });
      const costs = { attempts: result.attempts.length, usage: result.usage };
      switch (result.kind) {
        case 'statement':
          return { kind: 'statement', sql: result.sql, parameters: result.parameters, ...costs };
        case 'clarification':
          return { kind: 'clarification', reason: result.question, ...costs };
        default:
          return { kind: result.kind, reason: result.reason, ...costs };
      }
    },
  };
}
