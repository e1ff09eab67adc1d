import { AgentActionsError, createAgent, createOfflineAgentModel, type AgentEvent, type AgentInput, type Guardrail } from '@ask-aurora/agent-actions';
import { Nl2SqlError } from '@ask-aurora/nl2sql';
import type { Trace } from '@aws-sdk/client-bedrock-agent-runtime';
import { randomUUID } from 'node:crypto';
import { encodeEvent, encodeException } from '../event-stream/encode-event.js';
import { ServiceError } from '../http/service-error.js';
import { operationsOf, toolsOf, type ActionGroupOperation } from './action-group-tools.js';
import type { LocalAgentDefinition } from './agent-definition.js';
import { createAnswerChunks } from './answer-chunks.js';
import type { InvokeAgentRequest } from './invoke-agent-request.js';
import { createKnowledgeLookups, lookupToolOf, type FilledKnowledgeBase, type KnowledgeLookups } from './knowledge-lookups.js';
import { postProcess, preProcess } from './processing.js';
import { invocationInputsOf, toolResultsOf } from './return-control.js';
import type { AgentSession } from './session-store.js';
import { createTraceWriter } from './trace-events.js';

/** The identity of an agent, with defaults filled in. */
export type AgentIdentity = Required<Pick<LocalAgentDefinition, 'agentId' | 'agentAliasId' | 'name' | 'functionTimeoutMs'>>;

/** What an agent is made of. */
export interface AgentParts {
  readonly definition: LocalAgentDefinition;
  readonly identity: AgentIdentity;
  readonly guardrail: Guardrail | undefined;
  readonly knowledgeBases: readonly FilledKnowledgeBase[];
}

/**
 * Begins one turn and gives the frames of its event stream.
 * @throws ServiceError ValidationException, before any frame, when the request makes no turn
 */
export type AgentTurn = (request: InvokeAgentRequest, session: AgentSession, signal: AbortSignal) => AsyncGenerator<Uint8Array, void, undefined>;

interface TurnFacts {
  readonly request: InvokeAgentRequest;
  readonly session: AgentSession;
  readonly input: AgentInput;
  readonly inputText: string;
  readonly lookups: KnowledgeLookups;
  readonly signal: AbortSignal;
}

/** Bedrock's own number of characters after which a guardrail is applied to an answer that is streamed. */
const defaultGuardrailInterval = 50;

/** Makes the turns of one agent. */
export function createAgentTurn({ definition, identity, guardrail, knowledgeBases }: AgentParts): AgentTurn {
  const operations = operationsOf(definition);
  const model = definition.model ?? createOfflineAgentModel({ lookups: knowledgeBases.map(lookupToolOf) });
  const agentOptions = { model, ...(definition.instruction === undefined ? {} : { instruction: definition.instruction }), ...(guardrail === undefined ? {} : { guardrail }) };

  async function* frames({ request, session, input, inputText, lookups, signal }: TurnFacts): AsyncGenerator<Uint8Array, void, undefined> {
    const turnId = randomUUID();
    const invocationId = randomUUID();
    const traceWriter = createTraceWriter({ turnId, operations, lookups, invocationId, modelId: model.id });
    const traced = function* (traces: readonly Trace[]): Generator<Uint8Array> {
      if (request.enableTrace !== true) return;
      for (const trace of traces) {
        yield encodeEvent('trace', { sessionId: session.sessionId, agentId: identity.agentId, agentAliasId: identity.agentAliasId, agentVersion: 'DRAFT', eventTime: new Date().toISOString(), callerChain: [], trace });
      }
    };
    const { streamFinalResponse, applyGuardrailInterval } = request.streamingConfigurations ?? {};
    const streams = streamFinalResponse === true && definition.postProcessing === undefined;
    const chunks = createAnswerChunks(streams);
    try {
      if (definition.preProcessing === true && input.text !== undefined) {
        const { isValid, reason, traces } = preProcess(input.text, turnId);
        yield* traced(traces);
        if (!isValid) return yield* chunks.whole(reason, []);
      }
      const agent = createAgent({ ...agentOptions, ...(streams ? { guardrailInterval: applyGuardrailInterval ?? defaultGuardrailInterval } : {}), tools: [...toolsOf(operations, identity, session, inputText), ...lookups.tools] });
      for await (const event of agent.respond({ ...input, signal })) {
        yield* traced(traceWriter.write(event));
        yield* chunks.take(event);
        if (event.type === 'return-control') {
          session.pending = { invocationId, inputText, calls: event.calls };
          yield encodeEvent('returnControl', { invocationId, invocationInputs: invocationInputsOf(event.calls, operations) });
        }
        if (event.type !== 'done') continue;
        session.messages = event.messages;
        if (event.stop === 'tool-failure') throw new ServiceError('DependencyFailedException', `The action group's Lambda function reported a failure: ${event.text}`);
        if (event.stop === 'return-control') continue;
        let text = event.text;
        if (definition.postProcessing !== undefined && isAnswer(event)) {
          const processed = await postProcess(definition.postProcessing, text, { question: inputText, signal }, turnId);
          yield* traced(processed.traces);
          text = processed.text;
        }
        yield* chunks.whole(text, lookups.all());
      }
    } catch (error) {
      if (signal.aborted) return;
      const shown = serviceErrorOf(error);
      yield* traced([traceWriter.failure(shown)]);
      yield encodeException(shown);
    } finally {
      session.busy = false;
    }
  }

  return (request, session, signal) => {
    const lookups = createKnowledgeLookups(knowledgeBases, request.sessionState?.knowledgeBaseConfigurations ?? []);
    const input = inputOf(request, session, operations);
    const inputText = input.text ?? session.pending?.inputText ?? '';
    session.pending = null;
    session.busy = true;
    return frames({ request, session, input, inputText, lookups, signal });
  };
}

function isAnswer({ stop }: Extract<AgentEvent, { readonly type: 'done' }>): boolean {
  return stop === 'answered' || stop === 'max-tokens';
}

function inputOf(request: InvokeAgentRequest, session: AgentSession, operations: readonly ActionGroupOperation[]): AgentInput {
  const results = request.sessionState?.returnControlInvocationResults ?? [];
  const caller = { sessionId: session.sessionId, principal: null, tenant: session.sessionAttributes, front: 'bedrock-classic' } as const;
  // Results go before a text, which is then not read: so says the service's documentation.
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

function serviceErrorOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const cause = AgentActionsError.isInstance(error) ? error.cause : error;
  if (Nl2SqlError.isInstance(cause)) {
    if (cause.code === 'model-throttled') return new ServiceError('ThrottlingException', 'Your request rate is too high. Reduce the frequency of requests.', { cause });
    return new ServiceError('DependencyFailedException', 'The model of the agent cannot be used.', { cause });
  }
  return ServiceError.from(error);
}
