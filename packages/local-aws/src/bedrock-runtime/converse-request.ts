import type { MessageContent, ModelMessage, ModelRequest } from '@ask-aurora/nl2sql';
import { z } from 'zod';

const block = z.looseObject({
  text: z.string().optional(),
  toolUse: z.looseObject({ toolUseId: z.string(), name: z.string(), input: z.unknown() }).optional(),
  toolResult: z
    .looseObject({ toolUseId: z.string(), content: z.array(z.looseObject({ text: z.string().optional(), json: z.unknown().optional() })), status: z.enum(['success', 'error']).optional() })
    .optional(),
  cachePoint: z.looseObject({ type: z.string() }).optional(),
});

/** The body of a Converse or ConverseStream request. */
export const converseRequestSchema = z.looseObject({
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) })).min(1),
  system: z.array(z.looseObject({ text: z.string().optional() })).optional(),
  inferenceConfig: z.looseObject({ maxTokens: z.int().min(1).optional(), temperature: z.number().min(0).max(1).optional(), topP: z.number().min(0).max(1).optional() }).optional(),
  toolConfig: z
    .looseObject({
      tools: z.array(z.looseObject({ toolSpec: z.looseObject({ name: z.string(), description: z.string().optional(), inputSchema: z.looseObject({ json: z.record(z.string(), z.unknown()) }) }).optional() })),
      toolChoice: z.looseObject({ any: z.unknown().optional(), auto: z.unknown().optional(), tool: z.looseObject({ name: z.string() }).optional() }).optional(),
    })
    .optional(),
  guardrailConfig: z.looseObject({ guardrailIdentifier: z.string(), guardrailVersion: z.string().optional(), trace: z.enum(['enabled', 'disabled', 'enabled_full']).optional(), streamProcessingMode: z.enum(['sync', 'async']).optional() }).optional(),
});

/** See {@link converseRequestSchema}. */
export type ConverseRequest = z.output<typeof converseRequestSchema>;

/** A Converse request as the request of a model port. */
export function modelRequestOf(request: ConverseRequest, signal: AbortSignal): ModelRequest {
  const tools = (request.toolConfig?.tools ?? []).flatMap(({ toolSpec }) => (toolSpec === undefined ? [] : [{ name: toolSpec.name, description: toolSpec.description ?? '', inputSchema: toolSpec.inputSchema.json }]));
  const choice = request.toolConfig?.toolChoice;
  const { maxTokens, temperature } = request.inferenceConfig ?? {};
  return {
    system: (request.system ?? []).flatMap(({ text }) => (text === undefined ? [] : [{ text }])),
    messages: request.messages.map((message): ModelMessage => ({ role: message.role, content: message.content.flatMap(contentOf) })),
    ...(tools.length > 0 ? { tools } : {}),
    ...(choice?.tool === undefined ? (choice?.any === undefined ? {} : { toolChoice: 'any' as const }) : { toolChoice: { name: choice.tool.name } }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    signal,
  };
}

function contentOf({ text, toolUse, toolResult }: z.output<typeof block>): readonly MessageContent[] {
  if (text !== undefined) return [{ type: 'text', text }];
  if (toolUse !== undefined) return [{ type: 'tool-use', id: toolUse.toolUseId, name: toolUse.name, input: toolUse.input }];
  if (toolResult !== undefined) {
    const result = toolResult.content.map((part) => part.text ?? JSON.stringify(part.json ?? null)).join('');
    return [{ type: 'tool-result', toolUseId: toolResult.toolUseId, text: result, status: toolResult.status ?? 'success' }];
  }
  return [];
}

/** What a user said last, for a guardrail to judge. */
export function lastUserText(request: ConverseRequest): string {
  return (request.messages.findLast((message) => message.role === 'user')?.content ?? []).map((content) => content.text ?? '').join('\n');
}
