import { answerFromRows, type MessageContent, type Model, type ModelRequest, type ModelResponse } from '@ask-aurora/nl2sql';
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

const found = z.array(z.object({ content: z.string() }));

/** What the stand-in is told. */
export interface OfflineAgentModelOptions {
  /**
   * Names of tools that look texts up: they take a `query` and give a JSON list of `{ content }`, best first. The stand-in asks
   * them, one after the other, what generate_query abstains from, or everything when there is no generate_query.
   * @default none
   */
  readonly lookups?: readonly string[];
}

/**
 * A stand-in for a language model in an agent loop: it calls generate_query with the user's words, execute_query with
 * what that gives, and answers from the rows with a template, or with a text that was looked up. Deterministic, and without
 * any network. It does not understand language: what the tools cannot answer, it says they cannot.
 */
export function createOfflineAgentModel({ lookups = [] }: OfflineAgentModelOptions = {}): Model {
  const generate: Model['generate'] = (request) => {
    const begun = performance.now();
    const content = decide(request, lookups);
    const characters = JSON.stringify(request.messages).length;
    const response: ModelResponse = {
      content: [content],
      stopReason: content.type === 'tool-use' ? 'tool-use' : 'end',
      // About four characters make a token; budgets and traces then see figures of the right size.
      usage: { inputTokens: Math.ceil(characters / 4), outputTokens: Math.ceil(JSON.stringify(content).length / 4) },
      latencyMs: performance.now() - begun,
    };
    return Promise.resolve(response);
  };
  return {
    id: 'offline-agent',
    generate,
    async *stream(request) {
      const response = await generate(request);
      for (const content of response.content) {
        if (content.type === 'tool-use') yield { type: 'tool-use', toolUse: content };
        else for (const text of content.text.match(/\s*\S+\s*$|\s*\S+/gu) ?? []) yield { type: 'text-delta', text };
      }
      yield { type: 'response', response };
    },
  };
}

type Decision = ModelResponse['content'][number];

function decide({ messages, tools = [] }: ModelRequest, lookups: readonly string[]): Decision {
  const offered = lookups.filter((name) => tools.some((tool) => tool.name === name));
  const begins = messages.findLastIndex((message) => message.role === 'user' && message.content.some((content) => content.type === 'text'));
  const question = messages[begins]?.content.reduce((text, content) => (content.type === 'text' ? content.text : text), '') ?? '';
  const turn = messages.slice(begins + 1).flatMap((message) => message.content);
  const calls = turn.filter((content) => content.type === 'tool-use');
  const next = offered.find((name) => !calls.some((call) => call.name === name));
  const lookUp = (name: string): Decision => call(name, { query: question.slice(0, 1_000) });

  const result = messages.at(-1)?.content.findLast((content) => content.type === 'tool-result');
  if (result?.type !== 'tool-result') {
    const asksLookups = next !== undefined && !tools.some((tool) => tool.name === 'generate_query');
    return asksLookups ? lookUp(next) : call('generate_query', { question });
  }
  if (offered.includes(calls.find(({ id }) => id === result.toolUseId)?.name ?? '')) {
    const [best] = found.safeParse(parseJson(result.text)).data ?? [];
    if (best !== undefined) return { type: 'text', text: best.content };
    if (next !== undefined) return lookUp(next);
    return { type: 'text', text: abstentionIn(turn) ?? 'Nothing was found.' };
  }
  const parsed = reply.safeParse(parseJson(result.text));
  if (!parsed.success) return { type: 'text', text: 'A tool gave an answer that cannot be read.' };
  const { data } = parsed;
  if (data.outcome === 'abstention' && next !== undefined) return lookUp(next);
  switch (data.outcome) {
    case 'statement':
      return call('execute_query', { sql: data.sql, parameters: data.parameters });
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

function call(name: string, input: unknown): Decision {
  return { type: 'tool-use', id: `tooluse_${randomUUID()}`, name, input };
}

/** Why generate_query could not answer, among the results of a turn. */
function abstentionIn(turn: readonly MessageContent[]): string | undefined {
  for (const content of turn) {
    const parsed = reply.safeParse(content.type === 'tool-result' ? parseJson(content.text) : undefined);
    if (parsed.data?.outcome === 'abstention') return parsed.data.reason;
  }
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
