import { z } from 'zod';
import { retrievalConfigurationSchema } from './retrieval-configuration.js';

/** Absent and null mean the same on the wire. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);
const attributes = z.record(z.string(), z.string());
const contentBody = z.record(z.string(), z.looseObject({ body: z.string().nullish() }));

const resultMembers = { actionGroup: z.string(), responseBody: contentBody.nullish(), responseState: optional(z.enum(['FAILURE', 'REPROMPT'])) };
const textOf = (body: z.output<typeof contentBody> | null | undefined) => Object.values(body ?? {})[0]?.body ?? '';

/** One result that the application sends back after a return of control: of an API's operation, or of a function. */
const invocationResult = z.union([
  z.looseObject({ apiResult: z.looseObject({ ...resultMembers, apiPath: z.string().nullish(), httpStatusCode: z.number().nullish() }) }).transform(({ apiResult }) => ({
    actionGroup: apiResult.actionGroup,
    operation: apiResult.apiPath ?? undefined,
    text: textOf(apiResult.responseBody),
    state: apiResult.responseState,
    failed: apiResult.responseState !== undefined || (apiResult.httpStatusCode ?? 200) >= 400,
  })),
  z.looseObject({ functionResult: z.looseObject({ ...resultMembers, function: z.string().nullish() }) }).transform(({ functionResult }) => ({
    actionGroup: functionResult.actionGroup,
    operation: functionResult.function ?? undefined,
    text: textOf(functionResult.responseBody),
    state: functionResult.responseState,
    failed: functionResult.responseState !== undefined,
  })),
]);

/** See {@link invokeAgentRequestSchema}. */
export type InvocationResult = z.output<typeof invocationResult>;

/** The body of an InvokeAgent request. Members that have no meaning here (memory, files, model settings) are let through. */
export const invokeAgentRequestSchema = z.looseObject({
  inputText: optional(z.string().max(25_000_000)),
  enableTrace: z.boolean().nullish(),
  endSession: z.boolean().nullish(),
  memoryId: optional(z.string().regex(/^[0-9a-zA-Z._:-]{2,100}$/)),
  sessionState: z
    .looseObject({
      sessionAttributes: optional(attributes),
      promptSessionAttributes: optional(attributes),
      invocationId: z.string().nullish(),
      knowledgeBaseConfigurations: optional(z.array(z.looseObject({ knowledgeBaseId: z.string(), retrievalConfiguration: retrievalConfigurationSchema })).min(1)),
      returnControlInvocationResults: z.array(invocationResult).nullish(),
      conversationHistory: z.looseObject({ messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(z.looseObject({ text: z.string().nullish() })) })).nullish() }).nullish(),
    })
    .nullish(),
  streamingConfigurations: z.looseObject({ streamFinalResponse: z.boolean().nullish(), applyGuardrailInterval: z.int().min(1).nullish() }).nullish(),
});

/** See {@link invokeAgentRequestSchema}. */
export type InvokeAgentRequest = z.output<typeof invokeAgentRequestSchema>;
