import { AgentActionsError, createAgent, createOfflineAgentModel, type AgentEvent, type AgentInput, type Guardrail } from '@ask-aurora/agent-actions';
import { Nl2SqlError, screenQuestion } from '@ask-aurora/nl2sql';
import { randomUUID } from 'node:crypto';
import { encodeEvent, encodeException } from '../event-stream/encode-event.js';
import { ServiceError } from '../http/service-error.js';
import { operationsOf, toolsOf } from './action-group-tools.js';
import type { LocalAgentDefinition } from './agent-definition.js';
import type { InvokeAgentRequest } from './invoke-agent-request.js';
import { invocationInputsOf, toolResultsOf } from './return-control.js';
import type { AgentSession } from './session-store.js';
import { createTraceWriter } from './trace-events.js';

/** The identity of an agent, with defaults filled in. */
export type AgentIdentity = Required<Pick<LocalAgentDefinition, 'agentId' | 'agentAliasId' | 'name' | 'functionTimeoutMs'>>;

/**
 * Begins one turn and gives the frames of its event stream.
 * @throws ServiceError ValidationException, before any frame, when the request makes no turn
 */
export type AgentTurn = (request: InvokeAgentRequest, session: AgentSession, signal: AbortSignal) => AsyncGenerator<Uint8Array, void, undefined>;

/** Makes the turns of one agent. */
export function createAgentTurn(definition: LocalAgentDefinition, identity: AgentIdentity, guardrail: Guardrail | undefined): AgentTurn {
  const operations = operationsOf(definition);
  const model = definition.model ?? createOfflineAgentModel();

  async function* frames(request: InvokeAgentRequest, session: AgentSession, input: AgentInput, inputText: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    const traceWriter = createTraceWriter(randomUUID(), operations);
    const traced = (trace: unknown) =>
      encodeEvent('trace', { sessionId: session.sessionId, agentId: identity.agentId, agentAliasId: identity.agentAliasId, agentVersion: 'DRAFT', eventTime: new Date().toISOString(), callerChain: [], trace });
    const showTrace = request.enableTrace === true;
    const streams = request.streamingConfigurations?.streamFinalResponse === true;
    try {
      if (definition.preProcessing === true && showTrace && request.inputText !== undefined) for (const trace of preProcessingTraces(request.inputText)) yield traced(trace);
      const agent = createAgent({ model, tools: toolsOf(operations, identity, session, inputText), ...(definition.instruction === undefined ? {} : { instruction: definition.instruction }), ...(guardrail === undefined ? {} : { guardrail }) });
      for await (const event of agent.respond({ ...input, signal })) {
        if (showTrace) for (const trace of traceWriter.write(event)) yield traced(trace);
        if (event.type === 'text' && streams) yield encodeEvent('chunk', { bytes: Buffer.from(event.text, 'utf8').toString('base64') });
        if (event.type === 'return-control') {
          const invocationId = randomUUID();
          session.pending = { invocationId, inputText, calls: event.calls };
          yield encodeEvent('returnControl', { invocationId, invocationInputs: invocationInputsOf(event.calls, operations) });
        }
        if (event.type === 'done') {
          session.messages = event.messages;
          yield* finalFrames(event, streams);
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      const shown = serviceErrorOf(error);
      if (showTrace) yield traced(traceWriter.failure(shown.message));
      yield encodeException(shown);
    } finally {
      session.busy = false;
    }
  }

  function* finalFrames(event: Extract<AgentEvent, { readonly type: 'done' }>, streams: boolean): Generator<Uint8Array> {
    if (event.stop === 'tool-failure') throw new ServiceError('DependencyFailedException', `The action group's Lambda function reported a failure: ${event.text}`);
    if (!streams && event.stop !== 'return-control') yield encodeEvent('chunk', { bytes: Buffer.from(event.text, 'utf8').toString('base64') });
  }

  return (request, session, signal) => {
    const input = inputOf(request, session, operations);
    const inputText = request.inputText ?? session.pending?.inputText ?? '';
    session.pending = null;
    session.busy = true;
    return frames(request, session, input, inputText, signal);
  };
}

function inputOf(request: InvokeAgentRequest, session: AgentSession, operations: ReturnType<typeof operationsOf>): AgentInput {
  const results = request.sessionState?.returnControlInvocationResults ?? [];
  const caller = { sessionId: session.sessionId, principal: null, tenant: session.sessionAttributes, front: 'bedrock-classic' } as const;
  if (results.length > 0) return { caller, messages: session.messages, toolResults: toolResultsOf(results, request.sessionState?.invocationId, session.pending, operations) };
  if (request.inputText === undefined || request.inputText === '') throw new ServiceError('ValidationException', 'inputText is required.');
  const history = (request.sessionState?.conversationHistory?.messages ?? []).map((message) => ({ role: message.role, content: message.content.map((content) => ({ type: 'text' as const, text: content.text ?? '' })) }));
  return { caller, text: request.inputText, messages: [...history, ...closeOpenCalls(session.messages)] };
}

/** A user who says something new instead of sending results leaves calls open; models refuse a conversation with open calls. */
function closeOpenCalls(messages: AgentSession['messages']): AgentSession['messages'] {
  const open = messages.at(-1)?.content.some((content) => content.type === 'tool-use') ?? false;
  return open ? messages.slice(0, -1).concat({ role: 'assistant', content: [{ type: 'text', text: 'The call was not carried out.' }] }) : messages;
}

function* preProcessingTraces(text: string): Generator<unknown> {
  const traceId = `${randomUUID()}-pre-0`;
  const screened = screenQuestion(text);
  yield { preProcessingTrace: { modelInvocationInput: { traceId, type: 'PRE_PROCESSING', text } } };
  yield {
    preProcessingTrace: {
      modelInvocationOutput: {
        traceId,
        parsedResponse: { isValid: screened.ok, rationale: screened.ok ? 'The input is a question to the database.' : screened.reason },
        rawResponse: { content: JSON.stringify(screened) },
      },
    },
  };
}

function serviceErrorOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const cause = AgentActionsError.isInstance(error) ? error.cause : error;
  if (Nl2SqlError.isInstance(cause)) {
    if (cause.code === 'model-throttled') return new ServiceError('ThrottlingException', 'Your request rate is too high. Reduce the frequency of requests.', { cause });
    return new ServiceError('DependencyFailedException', 'The model of the agent cannot be used.', { cause });
  }
  return ServiceError.from(error);
}
