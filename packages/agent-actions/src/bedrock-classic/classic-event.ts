import { z } from 'zod';
import { AgentActionsError } from '../agent-actions-error.js';

const parameters = z.array(z.object({ name: z.string(), type: z.string().optional(), value: z.string() }));
/** Absent and null mean the same: the service leaves some members out and sends null for others. */
const attributes = z.record(z.string(), z.string()).nullish().transform((value) => value ?? undefined);

/** What both flavours of an action group's event share. */
const common = {
  messageVersion: z.literal('1.0'),
  agent: z.object({ name: z.string(), id: z.string(), alias: z.string(), version: z.string() }).optional(),
  inputText: z.string().optional(),
  sessionId: z.string().min(1),
  actionGroup: z.string(),
  parameters: parameters.nullish(),
  sessionAttributes: attributes,
  promptSessionAttributes: attributes,
};

const openApiEvent = z.object({
  ...common,
  apiPath: z.string(),
  httpMethod: z.string(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ properties: parameters })) }).nullish(),
});

const functionEvent = z.object({ ...common, function: z.string() });

/** An action group's event with an OpenAPI schema: the operation is named by path and method. */
export type OpenApiEvent = z.output<typeof openApiEvent>;

/** An action group's event with function details: the operation is named by a function. */
export type FunctionEvent = z.output<typeof functionEvent>;

/** Either flavour. */
export type ClassicEvent = OpenApiEvent | FunctionEvent;

/**
 * Reads what Amazon Bedrock Agents Classic sends to an action group's Lambda function.
 * @throws AgentActionsError `invalid-event` when it is of neither documented flavour
 */
export function parseClassicEvent(event: unknown): ClassicEvent {
  const schema = typeof event === 'object' && event !== null && 'apiPath' in event ? openApiEvent : functionEvent;
  const parsed = schema.safeParse(event);
  if (!parsed.success) throw new AgentActionsError('invalid-event', `This is no event of a Bedrock agent's action group: ${z.prettifyError(parsed.error).slice(0, 1_000)}`);
  return parsed.data;
}

/** The arguments of the call, by name: parameters and, in the OpenAPI flavour, the properties of the request's body. */
export function classicArguments(event: ClassicEvent): Readonly<Record<string, string>> {
  const body = 'requestBody' in event ? Object.values(event.requestBody?.content ?? {}).flatMap((content) => content.properties) : [];
  return Object.fromEntries([...(event.parameters ?? []), ...body].map(({ name, value }) => [name, value]));
}
