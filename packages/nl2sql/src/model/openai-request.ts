import type { ModelMessage, ModelRequest } from './model-port.js';

interface ChatSettings {
  readonly model: string;
  readonly maxTokens: number;
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  readonly temperature: number | null;
  readonly seed: number | undefined;
}

/** Writes a request of the port as a chat completion's body. Cache points have no counterpart: such endpoints cache by prefix on their own. */
export function chatRequest(request: ModelRequest, settings: ChatSettings, streaming: boolean): Record<string, unknown> {
  const temperature = request.temperature ?? settings.temperature;
  const system = request.system.map((block) => block.text).join('\n\n');
  return {
    model: settings.model,
    messages: [...(system === '' ? [] : [{ role: 'system', content: system }]), ...request.messages.flatMap(chatMessages)],
    [settings.maxTokensField]: request.maxTokens ?? settings.maxTokens,
    ...(temperature === null ? {} : { temperature }),
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
    ...toolFields(request),
    ...(streaming ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}

function toolFields(request: ModelRequest): Record<string, unknown> {
  if (request.tools === undefined || request.tools.length === 0) return {};
  const choice = request.toolChoice ?? 'auto';
  return {
    tools: request.tools.map((tool) => ({ type: 'function', function: { name: tool.name, description: tool.description, parameters: tool.inputSchema } })),
    tool_choice: choice === 'auto' ? 'auto' : choice === 'any' ? 'required' : { type: 'function', function: { name: choice.name } },
  };
}

function chatMessages(message: ModelMessage): Record<string, unknown>[] {
  const results = message.content.flatMap((content) => (content.type === 'tool-result' ? [{ role: 'tool', tool_call_id: content.toolUseId, content: content.text }] : []));
  const text = message.content.flatMap((content) => (content.type === 'text' ? [content.text] : [])).join('\n\n');
  const calls = message.content.flatMap((content) =>
    content.type === 'tool-use' ? [{ id: content.id, type: 'function', function: { name: content.name, arguments: JSON.stringify(content.input) } }] : [],
  );
  if (text === '' && calls.length === 0) return results;
  return [...results, { role: message.role, content: text === '' ? null : text, ...(calls.length === 0 ? {} : { tool_calls: calls }) }];
}
