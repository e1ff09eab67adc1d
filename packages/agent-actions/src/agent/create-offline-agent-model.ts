import { answerFromRows, type Model, type ModelContent, type ModelMessage, type ModelResponse } from '@ask-aurora/nl2sql';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const reply = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('statement'), sql: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  z.object({ outcome: z.literal('clarification'), question: z.string() }),
  z.object({ outcome: z.literal('abstention'), reason: z.string() }),
  z.object({ outcome: z.literal('refusal'), reason: z.string() }),
  z.object({ outcome: z.literal('failure'), message: z.string(), hint: z.string().nullish() }),
  z.object({
    outcome: z.literal('rows'),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(z.unknown())),
    truncated: z.boolean(),
    rowCount: z.number().optional(),
    rowCountIsExact: z.boolean().default(true),
  }),
]);

/**
 * A stand-in for a language model in an agent loop: it calls generate_query with the user's words, execute_query with
 * what that gives, and answers from the rows with a template. Deterministic, and without any network. It does not
 * understand language: what the tools cannot answer, it says they cannot.
 */
export function createOfflineAgentModel(): Model {
  return {
    id: 'offline-agent',
    generate(request) {
      const begun = performance.now();
      const content = decide(request.messages);
      const characters = JSON.stringify(request.messages).length;
      const response: ModelResponse = {
        content: [content],
        stopReason: content.type === 'tool-use' ? 'tool-use' : 'end',
        // About four characters make a token; budgets and traces then see figures of the right size.
        usage: { inputTokens: Math.ceil(characters / 4), outputTokens: Math.ceil(JSON.stringify(content).length / 4) },
        latencyMs: performance.now() - begun,
      };
      return Promise.resolve(response);
    },
  };
}

function decide(messages: readonly ModelMessage[]): ModelContent {
  const last = messages.at(-1);
  const question = messages.flatMap((message) => (message.role === 'user' ? message.content : [])).reduce((found, content) => (content.type === 'text' ? content.text : found), '');
  const result = last?.content.findLast((content) => content.type === 'tool-result');
  if (result?.type !== 'tool-result') return { type: 'tool-use', id: `tooluse_${randomUUID()}`, name: 'generate_query', input: { question } };
  const parsed = reply.safeParse(parseJson(result.text));
  if (!parsed.success) return { type: 'text', text: 'A tool gave an answer that cannot be read.' };
  const { data } = parsed;
  switch (data.outcome) {
    case 'statement':
      return { type: 'tool-use', id: `tooluse_${randomUUID()}`, name: 'execute_query', input: { sql: data.sql, parameters: data.parameters } };
    case 'clarification':
      return { type: 'text', text: data.question };
    case 'abstention':
    case 'refusal':
      return { type: 'text', text: data.reason };
    case 'failure':
      return { type: 'text', text: [data.message, data.hint ?? ''].join(' ').trim() };
    case 'rows': {
      const rows = data.rows.map((row) => Object.fromEntries(data.columns.map((column, index) => [column.name, row[index] ?? null])));
      return { type: 'text', text: answerFromRows({ question, columns: data.columns, rows, truncated: data.truncated, ...(data.rowCountIsExact && data.rowCount !== undefined ? { totalRows: data.rowCount } : {}) }).sentence };
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
