import type { ModelRequest } from './model-port.js';

/** What a request says in its messages: the question, the conversation, rows. The system prompt is the operator's. */
export function requestTexts(request: ModelRequest): readonly string[] {
  return request.messages.flatMap(({ content }) => content.map((block) => (block.type === 'tool-use' ? (JSON.stringify(block.input) ?? '') : block.text)));
}
