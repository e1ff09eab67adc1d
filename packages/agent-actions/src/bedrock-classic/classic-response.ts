import type { ToolReply } from '../dispatch/tool-reply.js';
import type { ClassicEvent } from './classic-event.js';

/** What an action group's Lambda function gives back to Bedrock Agents Classic. */
export interface ClassicResponse {
  readonly messageVersion: '1.0';
  readonly response: OpenApiResponse | FunctionResponse;
  readonly sessionAttributes?: Readonly<Record<string, string>>;
  readonly promptSessionAttributes?: Readonly<Record<string, string>>;
}

/** The OpenAPI flavour; `body` is JSON text. */
export interface OpenApiResponse {
  readonly actionGroup: string;
  readonly apiPath: string;
  readonly httpMethod: string;
  readonly httpStatusCode: number;
  readonly responseBody: { readonly 'application/json': { readonly body: string } };
}

/** The function flavour. `FAILURE` ends the turn with an error; `REPROMPT` hands the text back to the model to try again. */
export interface FunctionResponse {
  readonly actionGroup: string;
  readonly function: string;
  readonly functionResponse: {
    readonly responseState?: 'FAILURE' | 'REPROMPT';
    readonly responseBody: { readonly TEXT: { readonly body: string } };
  };
}

/** Puts a reply into the envelope of the event's flavour. */
export function classicResponse(event: ClassicEvent, reply: Pick<ToolReply, 'next' | 'status'>, body: ToolReply['body']): ClassicResponse {
  const text = JSON.stringify(body);
  const attributes = {
    ...(event.sessionAttributes === undefined ? {} : { sessionAttributes: event.sessionAttributes }),
    ...(event.promptSessionAttributes === undefined ? {} : { promptSessionAttributes: event.promptSessionAttributes }),
  };
  if ('apiPath' in event) {
    return {
      messageVersion: '1.0',
      response: { actionGroup: event.actionGroup, apiPath: event.apiPath, httpMethod: event.httpMethod, httpStatusCode: reply.status, responseBody: { 'application/json': { body: text } } },
      ...attributes,
    };
  }
  const state = reply.next === 'repair' ? ({ responseState: 'REPROMPT' } as const) : reply.next === 'give-up' ? ({ responseState: 'FAILURE' } as const) : {};
  return {
    messageVersion: '1.0',
    response: { actionGroup: event.actionGroup, function: event.function, functionResponse: { ...state, responseBody: { TEXT: { body: text } } } },
    ...attributes,
  };
}
