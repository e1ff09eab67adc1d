import type { ConverseCommandInput, ContentBlock, Message, SystemContentBlock, ToolChoice, ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import type { MessageContent, ModelMessage, ModelRequest, ModelToolChoice, SystemBlock } from './model-port.js';

/** What the adapter adds to every request. */
export interface ConverseSettings {
  readonly modelId: string;
  readonly maxTokens: number;
  readonly temperature: number | null;
  readonly promptCaching: boolean;
  readonly guardrail: { readonly identifier: string; readonly version: string } | undefined;
  readonly requestMetadata: Readonly<Record<string, string>> | undefined;
}

type JsonDocument = NonNullable<NonNullable<ContentBlock.ToolUseMember['toolUse']>['input']>;

const cachePoint = { cachePoint: { type: 'default' as const } };
const cachingModels = /anthropic\.claude-(?:3-5-haiku|3-5-sonnet-20241022|3-7|opus|sonnet|haiku)|amazon\.nova/;

/** Whether a model id names a family that documents prompt caching. Profiles by ARN do not say: set `promptCaching`. */
export function supportsPromptCaching(modelId: string): boolean {
  return cachingModels.test(modelId);
}

/** Writes a request of the port as one of Converse. */
export function converseRequest(request: ModelRequest, settings: ConverseSettings): ConverseCommandInput {
  const temperature = request.temperature ?? settings.temperature;
  const toolConfig = toolConfiguration(request);
  return {
    modelId: settings.modelId,
    system: request.system.flatMap((block) => systemBlock(block, settings.promptCaching)),
    messages: request.messages.map((message) => converseMessage(message, settings.promptCaching)),
    inferenceConfig: { maxTokens: request.maxTokens ?? settings.maxTokens, ...(temperature === null ? {} : { temperature }) },
    ...(toolConfig === undefined ? {} : { toolConfig }),
    ...(settings.guardrail === undefined ? {} : { guardrailConfig: { guardrailIdentifier: settings.guardrail.identifier, guardrailVersion: settings.guardrail.version } }),
    ...(settings.requestMetadata === undefined ? {} : { requestMetadata: { ...settings.requestMetadata } }),
  };
}

function systemBlock(block: SystemBlock, promptCaching: boolean): SystemContentBlock[] {
  return block.cachePoint === true && promptCaching ? [{ text: block.text }, cachePoint] : [{ text: block.text }];
}

function converseMessage(message: ModelMessage, promptCaching: boolean): Message {
  return { role: message.role, content: message.content.flatMap((content) => contentBlocks(content, promptCaching)) };
}

function contentBlocks(content: MessageContent, promptCaching: boolean): ContentBlock[] {
  switch (content.type) {
    case 'text':
      return content.cachePoint === true && promptCaching ? [{ text: content.text }, cachePoint] : [{ text: content.text }];
    case 'tool-use':
      return [{ toolUse: { toolUseId: content.id, name: content.name, input: content.input as JsonDocument } }];
    case 'tool-result':
      return [{ toolResult: { toolUseId: content.toolUseId, content: [{ text: content.text }], status: content.status ?? 'success' } }];
  }
}

function toolConfiguration(request: ModelRequest): ToolConfiguration | undefined {
  if (request.tools === undefined || request.tools.length === 0) return undefined;
  return {
    tools: request.tools.map((tool) => ({ toolSpec: { name: tool.name, description: tool.description, inputSchema: { json: tool.inputSchema as JsonDocument } } })),
    toolChoice: converseToolChoice(request.toolChoice ?? 'auto'),
  };
}

function converseToolChoice(choice: ModelToolChoice): ToolChoice {
  if (choice === 'auto') return { auto: {} };
  if (choice === 'any') return { any: {} };
  return { tool: { name: choice.name } };
}
