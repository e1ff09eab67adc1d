import { z } from 'zod';

/** Absent and null mean the same on the wire. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined);
const attributes = z.record(z.string(), z.string());
const contentBody = z.record(z.string(), z.looseObject({ body: z.string().nullish() }));

/** One result that the application sends back after a return of control. */
const invocationResult = z.union([
  z.looseObject({ apiResult: z.looseObject({ actionGroup: z.string(), apiPath: z.string().nullish(), httpStatusCode: z.number().nullish(), responseBody: contentBody.nullish(), responseState: optional(z.enum(['FAILURE', 'REPROMPT'])) }) }),
  z.looseObject({ functionResult: z.looseObject({ actionGroup: z.string(), function: z.string().nullish(), responseBody: contentBody.nullish(), responseState: optional(z.enum(['FAILURE', 'REPROMPT'])) }) }),
]);

/** See {@link invokeAgentRequestSchema}. */
export type InvocationResult = z.output<typeof invocationResult>;

/** The body of an InvokeAgent request. Members that have no meaning here (memory, files, model settings) are let through. */
export const invokeAgentRequestSchema = z.looseObject({
  inputText: optional(z.string().max(25_000_000)),
  enableTrace: z.boolean().nullish(),
  endSession: z.boolean().nullish(),
  memoryId: z.string().nullish(),
  sessionState: z
    .looseObject({
      sessionAttributes: optional(attributes),
      promptSessionAttributes: optional(attributes),
      invocationId: z.string().nullish(),
      returnControlInvocationResults: z.array(invocationResult).nullish(),
      conversationHistory: z.looseObject({ messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(z.looseObject({ text: z.string().nullish() })) })).nullish() }).nullish(),
    })
    .nullish(),
  streamingConfigurations: z.looseObject({ streamFinalResponse: z.boolean().nullish() }).nullish(),
});

/** See {@link invokeAgentRequestSchema}. */
export type InvokeAgentRequest = z.output<typeof invokeAgentRequestSchema>;
