import type { Guardrail, GuardrailVerdict } from '@ask-aurora/agent-actions';
import { Nl2SqlError, type Model } from '@ask-aurora/nl2sql';
import { encodeEvent, eventStreamContentType } from '../event-stream/encode-event.js';
import { assessmentOf } from '../guardrail/assessment-of.js';
import { parseBody } from '../http/parse-body.js';
import type { Route } from '../http/route.js';
import { ServiceError } from '../http/service-error.js';
import { converseBody, converseEvents, replyOf, type ConverseReply } from './converse-reply.js';
import { converseRequestSchema, lastUserText, modelRequestOf, type ConverseRequest } from './converse-request.js';

/** The models and guardrails that Converse may name. */
export interface ConverseResources {
  /** By model id, inference profile id or ARN; `*` answers for every other id. */
  readonly models: Readonly<Record<string, Model>>;
  /** By id or ARN. */
  readonly guardrails: Readonly<Record<string, Guardrail>>;
}

/** Converse and ConverseStream over models of the model port. */
export function converseRoutes(resources: ConverseResources): readonly Route[] {
  const answer = async (modelId: string, body: unknown, signal: AbortSignal): Promise<ConverseReply> => {
    const model = resources.models[modelId] ?? resources.models['*'];
    if (model === undefined) throw new ServiceError('ResourceNotFoundException', `The model ${modelId} is not served here.`);
    const request = parseBody(converseRequestSchema, body);
    const guardrail = guardrailOf(request, resources);
    const before = await guardrail?.check('input', lastUserText(request), { signal });
    if (before?.blocked === true) return blockedReply(before, 'inputAssessment', request);
    const reply = replyOf(await callModel(model, request, signal));
    const text = reply.content.map((each) => (each.type === 'text' ? each.text : '')).join('');
    const after = text === '' ? undefined : await guardrail?.check('output', text, { signal });
    return after?.blocked === true ? { ...blockedReply(after, 'outputAssessments', request), usage: reply.usage } : reply;
  };

  return [
    {
      method: 'POST',
      path: '/model/{modelId}/converse',
      handle: async ({ path, body, signal }) => ({ kind: 'json', body: converseBody(await answer(path['modelId'] ?? '', body, signal)) }),
    },
    {
      method: 'POST',
      path: '/model/{modelId}/converse-stream',
      async handle({ path, body, signal }) {
        // Answered whole first, so that errors still have their HTTP status.
        const reply = await answer(path['modelId'] ?? '', body, signal);
        return { kind: 'stream', headers: { 'content-type': eventStreamContentType }, chunks: encodeReply(reply) };
      },
    },
  ];
}

async function* encodeReply(reply: ConverseReply): AsyncGenerator<Uint8Array> {
  for (const [type, payload] of converseEvents(reply)) yield encodeEvent(type, payload);
}

function guardrailOf(request: ConverseRequest, { guardrails }: ConverseResources): Guardrail | undefined {
  const id = request.guardrailConfig?.guardrailIdentifier;
  if (id === undefined) return undefined;
  const guardrail = guardrails[id] ?? guardrails[id.split('/').at(-1) ?? ''];
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

async function callModel(model: Model, request: ConverseRequest, signal: AbortSignal) {
  try {
    return await model.generate(modelRequestOf(request, signal));
  } catch (cause) {
    if (!Nl2SqlError.isInstance(cause)) throw cause;
    if (cause.code === 'model-throttled') throw new ServiceError('ThrottlingException', 'Too many requests, please wait before trying again.', { cause });
    if (cause.code === 'model-timeout') throw new ServiceError('ModelTimeoutException', 'The model took too long.', { cause });
    throw new ServiceError('ModelErrorException', 'The model could not answer.', { cause });
  }
}
