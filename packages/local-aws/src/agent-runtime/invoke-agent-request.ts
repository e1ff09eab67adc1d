import { z } from 'zod';

const attributes = z.record(z.string(), z.string());
const contentBody = z.record(z.string(), z.looseObject({ body: z.string().nullish() }));

/** One result that the application sends back after a return of control. */
const invocationResult = z.union([
  z.looseObject({ apiResult: z.looseObject({ actionGroup: z.string(), apiPath: z.string().nullish(), httpStatusCode: z.number().nullish(), responseBody: contentBody.nullish(), responseState: z.enum(['FAILURE', 'REPROMPT']).nullish() }) }),
  z.looseObject({ functionResult: z.looseObject({ actionGroup: z.string(), function: z.string().nullish(), responseBody: contentBody.nullish(), responseState: z.enum(['FAILURE', 'REPROMPT']).nullish() }) }),
]);

/** See {@link invokeAgentRequestSchema}. */
export type InvocationResult = z.output<typeof invocationResult>;

/** The body of an InvokeAgent request. Members that have no meaning here (memory, files, model settings) are let through. */
export const invokeAgentRequestSchema = z.looseObject({
  inputText: z.string().max(25_000_000).nullish(),
  enableTrace: z.boolean().nullish(),
  endSession: z.boolean().nullish(),
  memoryId: z.string().nullish(),
  sessionState: z
    .looseObject({
      sessionAttributes: attributes.nullish(),
      promptSessionAttributes: attributes.nullish(),
      invocationId: z.string().nullish(),
      returnControlInvocationResults: z.array(invocationResult).nullish(),
      conversationHistory: z.looseObject({ messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(z.looseObject({ text: z.string().nullish() })) })).nullish() }).nullish(),
    })
    .nullish(),
  streamingConfigurations: z.looseObject({ streamFinalResponse: z.boolean().nullish() }).nullish(),
});

/** See {@link invokeAgentRequestSchema}. */
export type InvokeAgentRequest = z.output<typeof invokeAgentRequestSchema>;
