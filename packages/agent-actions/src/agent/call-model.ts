import type { Model, ModelEvent, ModelRequest, ModelResponse } from '@ask-aurora/nl2sql';
import { AgentActionsError } from '../agent-actions-error.js';
import type { AgentEvent, Guardrail, GuardrailVerdict } from './agent-event.js';

/** What is shown of a reply while the model writes it. */
export type Showing = { readonly kind: 'all' } | { readonly kind: 'nothing' } | { readonly kind: 'judged'; readonly guardrail: Guardrail; readonly interval: number };

/** A reply of the model. */
export interface ModelCall {
  readonly response: ModelResponse;
  /** The verdict behind which nothing of the reply was shown. */
  readonly blocked?: Extract<GuardrailVerdict, { readonly blocked: true }>;
  /** Whether the guardrail has seen its text. */
  readonly judged: boolean;
}

/**
 * Asks a model, and tells of its text as far as it is to be shown. A reply that is blocked is read to its end: for its usage, and
 * because it may turn out to be no answer but a call of a tool.
 */
export async function* callModel(model: Model, request: ModelRequest, showing: Showing): AsyncGenerator<AgentEvent, ModelCall, undefined> {
  const judge = showing.kind === 'judged' ? createJudge(showing, request.signal) : undefined;
  let whole: ModelResponse | undefined;
  let hasDeltas = false;
  for await (const event of eventsOf(model, request)) {
    if (event.type === 'response') whole = event.response;
    const isDelta = event.type === 'text-delta' && event.text !== '';
    hasDeltas ||= isDelta;
    const text = isDelta ? event.text : event.type === 'response' && !hasDeltas ? textOf(event.response) : '';
    if (judge !== undefined) yield* judge.take(text, event.type === 'response');
    else if (showing.kind === 'all' && text !== '') yield { type: 'text', text };
  }
  if (whole === undefined) throw new AgentActionsError('model-failed', 'The stream of the model ended without a response.');
  return { response: whole, judged: judge?.hasJudged ?? false, ...(judge?.blocked === undefined ? {} : { blocked: judge.blocked }) };
}

async function* eventsOf(model: Model, request: ModelRequest): AsyncGenerator<ModelEvent> {
  if (model.stream === undefined) yield { type: 'response', response: await model.generate(request) };
  else yield* model.stream(request);
}

function createJudge({ guardrail, interval }: Extract<Showing, { readonly kind: 'judged' }>, signal: AbortSignal | undefined) {
  let said = '';
  let unjudged = '';
  const state: { hasJudged: boolean; blocked: ModelCall['blocked'] } = { hasJudged: false, blocked: undefined };
  return {
    get hasJudged() {
      return state.hasJudged;
    },
    get blocked() {
      return state.blocked;
    },
    async *take(text: string, isEnd: boolean): AsyncGenerator<AgentEvent> {
      if (state.blocked !== undefined) return;
      said += text;
      unjudged += text;
      if (unjudged === '' || (unjudged.length < interval && !isEnd)) return;
      const verdict = await guardrail.check('output', said, signal === undefined ? {} : { signal });
      state.hasJudged = true;
      yield { type: 'guardrail', source: 'output', verdict };
      if (verdict.blocked) state.blocked = verdict;
      else yield { type: 'text', text: unjudged };
      unjudged = '';
    },
  };
}

function textOf({ content }: ModelResponse): string {
  return content.map((each) => (each.type === 'text' ? each.text : '')).join('');
}
