import type { MessageContent, Model, ModelMessage, ModelRequest, ToolUseContent, TraceStep } from '@ask-aurora/nl2sql';
import { AgentActionsError } from '../agent-actions-error.js';
import type { Caller } from '../caller/caller.js';
import type { CallerLimits } from '../limits/create-caller-limits.js';
import { createDeadline, type Deadline } from '../limits/create-deadline.js';
import type { AgentEvent, AgentStop, AgentToolCall, AgentToolResult, Guardrail } from './agent-event.js';
import { defaultAgentInstruction } from './agent-instruction.js';
import type { AgentTool } from './agent-tool.js';
import { callModel, type Showing } from './call-model.js';

/** What an agent is made of. */
export interface AgentOptions {
  readonly model: Model;
  readonly tools: readonly AgentTool[];
  /** @default an instruction for the two actions */
  readonly instruction?: string;
  readonly guardrail?: Guardrail;
  /**
   * Characters after which the guardrail judges a reply while the model writes it, each time with all that was said before: what it
   * lets through is shown in pieces of at least so many. A word that is cut in two by it is blocked with its second half.
   * @default none: nothing is shown before the whole answer has been judged
   */
  readonly guardrailInterval?: number;
  /** The session's budget of model tokens; share it with the actions. @default none */
  readonly callerLimits?: Pick<CallerLimits, 'spend' | 'tokensLeft'>;
  /** Calls of the model in one turn. @default 8 */
  readonly maxRounds?: number;
  /** Tokens of each reply of the model. @default 2_048 */
  readonly maxTokens?: number;
  /** Milliseconds for a turn. @default 120_000 */
  readonly deadlineMs?: number;
}

/** One turn. */
export interface AgentInput {
  /** What the user says; absent when the turn goes on after a return of control. */
  readonly text?: string;
  /** The results of calls that were handed out by `return-control`. */
  readonly toolResults?: readonly { readonly id: string; readonly result: AgentToolResult }[];
  /** The messages of the conversation so far, as the last `done` gave them. */
  readonly messages?: readonly ModelMessage[];
  readonly caller: Caller;
  readonly signal?: AbortSignal;
}

/** A conversation partner with tools. It keeps no state: the conversation goes in and comes out. */
export interface Agent {
  /**
   * Runs one turn and tells of it as it happens.
   * @throws AgentActionsError `model-failed` when the model cannot be used (its error is the cause), `tool-failed` when a tool throws, `aborted`
   */
  respond(input: AgentInput): AsyncGenerator<AgentEvent, void, undefined>;
}

/**
 * Makes an agent: a loop in which the model may call tools until it answers.
 *
 * @example
 * ```ts
 * const agent = createAgent({ model, tools: createActionAgentTools({ generateQuery, executeQuery }) });
 * for await (const event of agent.respond({ text: 'How many students are there?', caller })) {
 *   if (event.type === 'text') process.stdout.write(event.text);
 * }
 * ```
 */
export function createAgent(options: AgentOptions): Agent {
  const { model, tools, instruction = defaultAgentInstruction, guardrail, guardrailInterval, callerLimits, maxRounds = 8, maxTokens = 2_048, deadlineMs = 120_000 } = options;
  if (guardrailInterval !== undefined && !(Number.isInteger(guardrailInterval) && guardrailInterval >= 1)) throw new AgentActionsError('invalid-configuration', 'guardrailInterval has to be a whole number of characters from 1.');
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const showing: Showing = guardrail === undefined ? { kind: 'all' } : guardrailInterval === undefined ? { kind: 'nothing' } : { kind: 'judged', guardrail, interval: guardrailInterval };
  const described = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));

  async function* turn(input: AgentInput, deadline: Deadline): AsyncGenerator<AgentEvent, void, undefined> {
    const messages: ModelMessage[] = [...(input.messages ?? [])];
    const usage = { inputTokens: 0, outputTokens: 0 };
    const done = (stop: AgentStop, text: string): AgentEvent => ({ type: 'done', stop, text, messages, usage });
    const opening = openingMessage(input);

    if (guardrail !== undefined && input.text !== undefined) {
      const verdict = await guardrail.check('input', input.text, { signal: deadline.signal });
      yield { type: 'guardrail', source: 'input', verdict };
      if (verdict.blocked) {
        // The blocked text is left out of the conversation, so that no later round sees it.
        yield { type: 'text', text: verdict.message };
        yield done('guardrail-input', verdict.message);
        return;
      }
    }
    messages.push(opening);

    for (let round = 1; round <= maxRounds; round += 1) {
      if (callerLimits?.tokensLeft(input.caller) === 0) {
        const text = 'The model tokens of this session are used up. Start a new session.';
        yield { type: 'text', text };
        yield done('token-budget', text);
        return;
      }
      const request: ModelRequest = { system: [{ text: instruction, cachePoint: true }], messages: [...messages], tools: described, maxTokens, signal: deadline.signal };
      yield { type: 'model-input', round, request };
      const { response, blocked, judged } = yield* callModel(model, request, showing);
      usage.inputTokens += response.usage.inputTokens;
      usage.outputTokens += response.usage.outputTokens;
      callerLimits?.spend(input.caller, response.usage.inputTokens + response.usage.outputTokens);
      yield { type: 'model-output', round, response };
      messages.push({ role: 'assistant', content: response.content });

      const calls = response.content.filter((content): content is ToolUseContent => content.type === 'tool-use');
      if (calls.length === 0) {
        const text = response.content.map((content) => (content.type === 'text' ? content.text : '')).join('');
        if (blocked !== undefined) {
          messages[messages.length - 1] = { role: 'assistant', content: [{ type: 'text', text: blocked.message }] };
          yield { type: 'text', text: blocked.message };
          yield done('guardrail-output', blocked.message);
          return;
        }
        if (guardrail !== undefined && !judged) {
          const verdict = await guardrail.check('output', text, { signal: deadline.signal });
          yield { type: 'guardrail', source: 'output', verdict };
          const shown = verdict.blocked ? verdict.message : text;
          if (verdict.blocked) messages[messages.length - 1] = { role: 'assistant', content: [{ type: 'text', text: shown }] };
          yield { type: 'text', text: shown };
          yield done(verdict.blocked ? 'guardrail-output' : 'answered', shown);
          return;
        }
        yield done(response.stopReason === 'max-tokens' ? 'max-tokens' : 'answered', text);
        return;
      }

      const handedOut = calls.filter((call) => byName.get(call.name)?.invoke === undefined && byName.has(call.name));
      if (handedOut.length > 0) {
        // Calls are answered all together, so one that is handed out hands out the others of its round.
        yield { type: 'return-control', calls };
        yield done('return-control', '');
        return;
      }
      const results: MessageContent[] = [];
      for (const call of calls) {
        yield { type: 'tool-call', call };
        const steps: TraceStep[] = [];
        const result = await invoke(byName.get(call.name), call, { caller: input.caller, signal: deadline.signal, deadlineMs: Math.max(1, Math.floor(deadline.remaining())), onStep: (step) => steps.push(step) });
        for (const step of steps) yield { type: 'step', step };
        yield { type: 'tool-result', call, result };
        if (result.fatal === true) {
          yield done('tool-failure', result.text);
          return;
        }
        results.push({ type: 'tool-result', toolUseId: call.id, text: result.text, status: result.status });
      }
      messages.push({ role: 'user', content: results });
    }
    const text = 'This took more steps than are allowed; the question was given up.';
    yield { type: 'text', text };
    yield done('turn-limit', text);
  }

  return {
    async *respond(input) {
      const deadline = createDeadline(deadlineMs, input.signal);
      try {
        yield* turn(input, deadline);
      } catch (error) {
        if (input.signal?.aborted === true) throw new AgentActionsError('aborted', 'The turn was given up.', { cause: error });
        if (AgentActionsError.isInstance(error)) throw error;
        throw new AgentActionsError('model-failed', deadline.expired ? `The turn took longer than ${deadlineMs} ms.` : 'The model behind the agent failed.', { cause: error });
      } finally {
        deadline.dispose();
      }
    },
  };
}

function openingMessage(input: AgentInput): ModelMessage {
  const results: MessageContent[] = (input.toolResults ?? []).map(({ id, result }) => ({ type: 'tool-result', toolUseId: id, text: result.text, status: result.status }));
  const text: MessageContent[] = input.text === undefined ? [] : [{ type: 'text', text: input.text }];
  if (results.length + text.length === 0) throw new AgentActionsError('invalid-event', 'A turn needs a text or the results of tools.');
  return { role: 'user', content: [...results, ...text] };
}

async function invoke(tool: AgentTool | undefined, call: AgentToolCall, context: Parameters<NonNullable<AgentTool['invoke']>>[1]): Promise<AgentToolResult> {
  if (tool?.invoke === undefined) return { text: JSON.stringify({ outcome: 'refusal', stage: 'input', reason: 'There is no tool of this name here.', violations: [] }), status: 'error' };
  try {
    return await tool.invoke(call, context);
  } catch (error) {
    if (context.signal.aborted) throw error;
    throw new AgentActionsError('tool-failed', `The tool ${tool.name} failed. A tool whose failure the model may mend gives a result with the status error.`, { cause: error });
  }
}
