import type { Model, ModelContent, ModelRequest } from '@ask-aurora/nl2sql';

/** A model that gives the next of its replies for each request; a thrown error when the reply is one. It keeps what it was asked. */
export function createScriptedModel(replies: readonly (readonly ModelContent[] | Error)[], options: { readonly streams?: boolean } = {}): Model & { readonly requests: readonly ModelRequest[] } {
  const requests: ModelRequest[] = [];
  const generate: Model['generate'] = (request) => {
    const reply = replies[requests.length];
    requests.push(request);
    if (reply === undefined) return Promise.reject(new Error('The script has no further reply.'));
    if (reply instanceof Error) return Promise.reject(reply);
    return Promise.resolve({ content: reply, stopReason: reply.some((content) => content.type === 'tool-use') ? 'tool-use' : 'end', usage: { inputTokens: 10, outputTokens: 5 }, latencyMs: 1 });
  };
  return {
    id: 'scripted',
    requests,
    generate,
    ...(options.streams === true
      ? {
          async *stream(request: ModelRequest) {
            const response = await generate(request);
            for (const content of response.content) {
              if (content.type === 'text') for (const word of content.text.match(/\S+\s*/g) ?? []) yield { type: 'text-delta' as const, text: word };
              else yield { type: 'tool-use' as const, toolUse: content };
            }
            yield { type: 'response' as const, response };
          },
        }
      : {}),
  };
}
