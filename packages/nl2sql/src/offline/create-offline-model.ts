import { answerFromRows } from '../answer/answer-from-rows.js';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { AnswerTask, TextToSqlTask } from '../model/model-task.js';
import type { Model, ModelRequest, ModelResponse } from '../model/model-port.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { createVerifiedQueryMatcher } from '../verified-query/verified-query-matcher.js';
import { createQuestionAnswerer } from './answer-question.js';
import type { QuestionAnswerer } from './answer-question.js';

/** How {@link createOfflineModel} answers. */
export interface OfflineModelOptions {
  /** Whether verified queries are tried before the rules. @default true */
  readonly verifiedQueries?: boolean;
}

/**
 * A model that needs no model: answers from verified queries first and by rules after that, the same way each time,
 * and says what it did not understand instead of guessing. It reads `request.task` alone, knows English only, and
 * replies with JSON as {@link TextToSqlTask} says. Uses no tokens.
 *
 * @example
 * const textToSql = createTextToSql({ artifact, guard, model: createOfflineModel() });
 */
export function createOfflineModel(options: OfflineModelOptions = {}): Model {
  const matcher = createVerifiedQueryMatcher();
  const answerers = new WeakMap<SchemaArtifact, QuestionAnswerer>();

  const reply = async (task: TextToSqlTask): Promise<Record<string, unknown>> => {
    if (task.attempt > 1) return { abstain: repairReason(task) };
    const { artifact, question, today } = task;
    const verified = options.verifiedQueries === false ? null : await matcher({ question, artifact, today });
    if (verified !== null) return { sql: verified.sql, parameters: verified.parameters, explanation: verified.explanation, confidence: verified.confidence, verifiedQueryId: verified.id };
    let answerer = answerers.get(artifact);
    if (answerer === undefined) {
      answerer = createQuestionAnswerer(artifact);
      answerers.set(artifact, answerer);
    }
    const answer = answerer.answer(question, today);
    if (answer.kind === 'clarification') return { clarification: answer.question };
    if (answer.kind === 'abstention') return { abstain: answer.reason };
    return { sql: answer.sql, parameters: answer.parameters, explanation: answer.explanation, confidence: answer.confidence };
  };

  return {
    id: 'offline',
    async generate(request: ModelRequest): Promise<ModelResponse> {
      const startedAt = performance.now();
      request.signal?.throwIfAborted();
      const { task } = request;
      if (task === undefined) throw new Nl2SqlError({ code: 'model-rejected', message: 'The offline model answers structured tasks only; this request has none.' });
      const text = task.kind === 'answer' ? sentence(task) : JSON.stringify(await reply(task));
      return { content: [{ type: 'text', text }], stopReason: 'end', usage: { inputTokens: 0, outputTokens: 0 }, latencyMs: performance.now() - startedAt };
    },
  };
}

function sentence(task: AnswerTask): string {
  return answerFromRows({ question: task.question, columns: task.columns, rows: task.rows, truncated: task.truncated }).sentence;
}

/** The same rules would give the same statement again: a refused one is not repaired, the reason is passed on. */
function repairReason(task: TextToSqlTask): string {
  const said = task.violations?.[0]?.message ?? task.databaseError?.message;
  return said === undefined ? 'The statement made by rule was refused, and there is no other reading of the question.' : `The statement made by rule was refused: ${said}`;
}
