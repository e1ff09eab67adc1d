import { actionTools, AgentActionsError, createBedrockClassicHandler, type AgentTool, type AgentToolCall, type AgentToolResult, type BedrockClassicHandler, type ClassicResponse } from '@ask-aurora/agent-actions';
import type { ActionGroupFlavour, LocalAgentDefinition } from './agent-definition.js';
import type { AgentSession } from './session-store.js';

/** One operation of one action group. */
export interface ActionGroupOperation {
  readonly actionGroup: string;
  readonly tool: string;
  readonly apiPath: string;
  readonly flavour: ActionGroupFlavour;
  readonly handler: BedrockClassicHandler | undefined;
  readonly returnsControl: boolean;
}

/** A value of an operation's input as events carry it: its type by name, and text. */
export interface OperationProperty {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** The operations that an agent's definition comes to. */
export function operationsOf(agent: LocalAgentDefinition): readonly ActionGroupOperation[] {
  const flavour = agent.flavour ?? 'openapi';
  const make = (key: 'generateQuery' | 'executeQuery', tool: string, actionGroup: string, apiPath: string): ActionGroupOperation[] => {
    const action = agent[key];
    const handler = agent.handlers?.[key] ?? (action === undefined ? undefined : createBedrockClassicHandler({ [key]: action }));
    const returnsControl = agent.returnControl?.includes(key) ?? false;
    return handler === undefined && !returnsControl ? [] : [{ actionGroup, tool, apiPath, flavour, handler, returnsControl }];
  };
  return [...make('generateQuery', 'generate_query', 'GenerateQuery', '/generate-query'), ...make('executeQuery', 'execute_query', 'ExecuteQuery', '/execute-query')];
}

/** The input of a call as events carry it; what is no text becomes JSON. */
export function propertiesOf(input: unknown): readonly OperationProperty[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).map(([name, value]) => ({
    name,
    type: Array.isArray(value) ? 'array' : typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string',
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}

/** Operations as tools of an agent loop: each call becomes an action group's event for its Lambda function. */
export function toolsOf(operations: readonly ActionGroupOperation[], agent: Required<Pick<LocalAgentDefinition, 'agentId' | 'agentAliasId' | 'name' | 'functionTimeoutMs'>>, session: AgentSession, inputText: string): readonly AgentTool[] {
  return operations.flatMap((operation) => {
    const described = actionTools.find((tool) => tool.name === operation.tool);
    if (described === undefined) return [];
    const { handler } = operation;
    if (operation.returnsControl || handler === undefined) return [described];
    return [
      {
        ...described,
        async invoke(call: AgentToolCall, context: { readonly signal: AbortSignal; readonly deadlineMs: number }): Promise<AgentToolResult> {
          const ends = performance.now() + Math.min(agent.functionTimeoutMs, context.deadlineMs);
          const event = {
            messageVersion: '1.0',
            agent: { name: agent.name, id: agent.agentId, alias: agent.agentAliasId, version: 'DRAFT' },
            inputText,
            sessionId: session.sessionId,
            actionGroup: operation.actionGroup,
            sessionAttributes: session.sessionAttributes,
            promptSessionAttributes: session.promptSessionAttributes,
            ...operationInput(operation, call),
          };
          try {
            const response = await handler(event, { getRemainingTimeInMillis: () => Math.max(0, ends - performance.now()) }, { signal: context.signal });
            Object.assign(session, { sessionAttributes: response.sessionAttributes ?? session.sessionAttributes });
            return resultOf(response);
          } catch (error) {
            // A Lambda function that throws is a failed dependency of the agent.
            return { text: AgentActionsError.isInstance(error) ? error.message : 'The Lambda function failed.', status: 'error', fatal: true };
          }
        },
      },
    ];
  });
}

/** What tells the operation and its input, in the flavour of its action group. */
export function operationInput(operation: ActionGroupOperation, call: AgentToolCall): Readonly<Record<string, unknown>> {
  const properties = propertiesOf(call.input);
  if (operation.flavour === 'function') return { function: operation.tool, parameters: properties };
  return { apiPath: operation.apiPath, httpMethod: 'POST', parameters: [], requestBody: { content: { 'application/json': { properties } } } };
}

/** A Lambda function's response as the result of a tool. */
export function resultOf({ response }: ClassicResponse): AgentToolResult {
  if ('apiPath' in response) {
    return { text: response.responseBody['application/json'].body, status: response.httpStatusCode < 400 ? 'success' : 'error', fatal: response.httpStatusCode === 500 };
  }
  const { responseState, responseBody } = response.functionResponse;
  return { text: responseBody.TEXT.body, status: responseState === undefined ? 'success' : 'error', fatal: responseState === 'FAILURE' };
}
