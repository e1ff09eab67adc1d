import type { Guardrail, GuardrailVerdict } from '@ask-aurora/agent-actions';
import type { Model, ModelEvent } from '@ask-aurora/nl2sql';
import { encodeEvent, encodeException, eventStreamContentType } from '../event-stream/encode-event.js';
import { assessmentOf } from '../guardrail/assessment-of.js';
import { ownMember } from '../http/own-member.js';
import { parseBody } from '../http/parse-body.js';
import type { Route } from '../http/route.js';
import { ServiceError } from '../http/service-error.js';
import { converseEvents, converseEventsOf, type ConverseEvent } from './converse-events.js';
import { converseBody, replyOf, type ConverseReply } from './converse-reply.js';
import { converseRequestSchema, lastUserText, modelRequestOf, type ConverseRequest } from './converse-request.js';
import { guardedStream } from './guarded-stream.js';
import { modelErrorOf, streamErrorOf } from './model-error.js';

/** The models and guardrails that Converse may name. */
export interface ConverseResources {
  /** By model id, inference profile id or ARN; `*` answers for every other id. */
  readonly models: Readonly<Record<string, Model>>;
  /** By id or ARN. */
  readonly guardrails: Readonly<Record<string, Guardrail>>;
}

/** Converse and ConverseStream over models of the model port. */
export function converseRoutes(resources: ConverseResources): readonly Route[] {
  const open = (modelId: string, body: unknown, signal: AbortSignal) => {
    const model = ownMember(resources.models, modelId) ?? ownMember(resources.models, '*');
    if (model === undefined) throw new ServiceError('ResourceNotFoundException', `The model ${modelId} is not served here.`);
    const request = parseBody(converseRequestSchema, body);
    return { model, request, guardrail: guardrailOf(request, resources), modelRequest: modelRequestOf(request, signal) };
  };
  const answer = async ({ model, request, guardrail, modelRequest }: ReturnType<typeof open>, signal: AbortSignal): Promise<ConverseReply> => {
    const before = await guardrail?.check('input', lastUserText(request), { signal });
    if (before?.blocked === true) return blockedReply(before, 'inputAssessment', request);
    const reply = replyOf(
      await model.generate(modelRequest).catch((error: unknown) => {
        throw modelErrorOf(error);
      }),
    );
    const text = reply.content.map((each) => (each.type === 'text' ? each.text : '')).join('');
    const after = text === '' ? undefined : await guardrail?.check('output', text, { signal });
    return after?.blocked === true ? { ...blockedReply(after, 'outputAssessments', request), usage: reply.usage } : reply;
  };

  const streamed = async ({ request, guardrail }: ReturnType<typeof open>, events: AsyncIterable<ModelEvent>, signal: AbortSignal): Promise<Iterable<ConverseEvent> | AsyncIterable<ConverseEvent>> => {
    const before = await guardrail?.check('input', lastUserText(request), { signal });
    if (before?.blocked === true) return converseEvents(blockedReply(before, 'inputAssessment', request));
    const model = await begun(events);
    const guarded = guardrail === undefined ? model : guardedStream(model, guardrail, request.guardrailConfig?.streamProcessingMode ?? 'sync', signal);
    return converseEventsOf(guarded, (verdict) => blockedReply(verdict, 'outputAssessments', request));
  };

  return [
    {
      method: 'POST',
      path: '/model/{modelId}/converse',
      handle: async ({ path, body, signal }) => ({ kind: 'json', body: converseBody(await answer(open(path['modelId'] ?? '', body, signal), signal)) }),
    },
    {
      method: 'POST',
      path: '/model/{modelId}/converse-stream',
      async handle({ path, body, signal }) {
        const opened = open(path['modelId'] ?? '', body, signal);
        const chunks = opened.model.stream === undefined ? encodeAll(converseEvents(await answer(opened, signal))) : encodeAll(await streamed(opened, opened.model.stream(opened.modelRequest), signal), signal);
        return { kind: 'stream', headers: { 'content-type': eventStreamContentType }, chunks };
      },
    },
  ];
}

/** A stream whose first event is there: an error before it still has its HTTP status. */
async function begun(stream: AsyncIterable<ModelEvent>): Promise<AsyncIterable<ModelEvent>> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next().catch((error: unknown) => {
    throw modelErrorOf(error);
  });
  return (async function* () {
    try {
      for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

async function* encodeAll(events: Iterable<ConverseEvent> | AsyncIterable<ConverseEvent>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const [name, payload] of events) yield encodeEvent(name, payload);
  } catch (error) {
    if (signal?.aborted !== true) yield encodeException(streamErrorOf(error));
  }
}

function guardrailOf(request: ConverseRequest, { guardrails }: ConverseResources): Guardrail | undefined {
  const id = request.guardrailConfig?.guardrailIdentifier;
  if (id === undefined) return undefined;
  const guardrail = ownMember(guardrails, id) ?? ownMember(guardrails, id.split('/').at(-1) ?? '');
  if (guardrail === undefined) throw new ServiceError('ResourceNotFoundException', `The guardrail ${id} does not exist.`);
  return guardrail;
}

function blockedReply(verdict: Extract<GuardrailVerdict, { readonly blocked: true }>, side: 'inputAssessment' | 'outputAssessments', request: ConverseRequest): ConverseReply {
  const id = request.guardrailConfig?.guardrailIdentifier ?? '';
  const assessment = assessmentOf(verdict.findings);
  const traced = request.guardrailConfig?.trace === 'enabled' || request.guardrailConfig?.trace === 'enabled_full';
  return {
    content: [{ type: 'text', text: verdict.message }],
    stopReason: 'guardrail_intervened',
    usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    latencyMs: 0,
    ...(traced ? { trace: { guardrail: { [side]: { [id]: side === 'inputAssessment' ? assessment : [assessment] } } } } : {}),
  };
}
