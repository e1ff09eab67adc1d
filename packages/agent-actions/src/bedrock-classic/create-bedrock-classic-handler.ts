import { createActionDispatcher, type Actions } from '../dispatch/create-action-dispatcher.js';
import { fitReply } from '../dispatch/fit-reply.js';
import { classicArguments, parseClassicEvent } from './classic-event.js';
import { classicResponse, type ClassicResponse } from './classic-response.js';

/** The actions, and the limit of the response. */
export interface BedrockClassicHandlerOptions extends Actions {
  /** Bytes of the whole response, envelope and escapes included. @default 25_600, Bedrock's limit */
  readonly maxResponseBytes?: number;
}

/** The part of a Lambda context that is used. */
export interface InvocationContext {
  getRemainingTimeInMillis?(): number;
}

/** An action group's Lambda function. */
export type BedrockClassicHandler = (event: unknown, context?: InvocationContext, options?: { readonly signal?: AbortSignal }) => Promise<ClassicResponse>;

/** Time kept back from an invocation, to answer before Lambda ends it. */
const reserveMs = 500;

/**
 * Makes the handler of an action group, for an OpenAPI schema (`/generate-query`, `/execute-query`) and for function
 * details (`generate_query`, `execute_query`). Session attributes are the caller's tenant: the application that
 * invokes the agent sets them and the model cannot; prompt session attributes are not used.
 *
 * @throws AgentActionsError (the handler) `invalid-event` when the event is of neither flavour.
 */
export function createBedrockClassicHandler(options: BedrockClassicHandlerOptions): BedrockClassicHandler {
  const dispatch = createActionDispatcher(options);
  const maxResponseBytes = options.maxResponseBytes ?? 25 * 1024;
  return async (input, context, { signal } = {}) => {
    const event = parseClassicEvent(input);
    const remaining = context?.getRemainingTimeInMillis?.();
    const reply = await dispatch({
      name: 'apiPath' in event ? event.apiPath : event.function,
      input: classicArguments(event),
      caller: { sessionId: event.sessionId, principal: event.agent === undefined ? null : `${event.agent.id}/${event.agent.alias}`, tenant: event.sessionAttributes ?? {}, front: 'bedrock-classic' },
      ...(remaining === undefined ? {} : { deadlineMs: Math.max(1, remaining - reserveMs) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const fitted = fitReply(reply, maxResponseBytes, (body) => Buffer.byteLength(JSON.stringify(classicResponse(event, reply, body))));
    return classicResponse(event, fitted, fitted.body);
  };
}
