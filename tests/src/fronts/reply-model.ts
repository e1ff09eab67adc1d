import type { Model, ModelRequest } from '@ask-aurora/nl2sql';

/** A language model whose replies are known: for each question, the JSON it writes or the error it fails with. */
export function createReplyModel(replies: Readonly<Record<string, object | Error>>): Model {
  return {
    id: 'known-replies',
    generate(request: ModelRequest) {
      const asked = JSON.stringify(request.messages);
      const [, reply] = Object.entries(replies).find(([question]) => asked.includes(question)) ?? [];
      if (reply instanceof Error) return Promise.reject(reply);
      const text = JSON.stringify(reply ?? { abstain: 'Nothing is known of this.' });
      const wanted = request.tools?.[0];
      return Promise.resolve({
        content: wanted === undefined ? [{ type: 'text', text }] : [{ type: 'tool-use', id: 'tooluse_reply', name: wanted.name, input: JSON.parse(text) as unknown }],
        stopReason: wanted === undefined ? 'end' : 'tool-use',
        usage: { inputTokens: 100, outputTokens: 20 },
        latencyMs: 1,
      });
    },
  };
}
