import type { ModelTool, TraceStep } from '@ask-aurora/nl2sql';
import type { Caller } from '../caller/caller.js';
import { actionTools } from '../dispatch/action-tools.js';
import { createActionDispatcher, type Actions } from '../dispatch/create-action-dispatcher.js';
import { fitReply } from '../dispatch/fit-reply.js';
import type { AgentToolCall, AgentToolResult } from './agent-event.js';

/** What a tool is called with. */
export interface AgentToolContext {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Milliseconds left to the turn. */
  readonly deadlineMs: number;
  readonly onStep: (step: TraceStep) => void;
}

/** A tool of an agent. Without `invoke` the call is handed to the agent's own caller (return of control). */
export interface AgentTool extends ModelTool {
  readonly invoke?: (call: AgentToolCall, context: AgentToolContext) => Promise<AgentToolResult>;
}

/**
 * The two actions as tools of an agent.
 * @param options.maxReplyBytes bytes of a reply in the model's context. @default 25_600
 */
export function createActionAgentTools(actions: Actions, options: { readonly maxReplyBytes?: number } = {}): readonly AgentTool[] {
  const dispatch = createActionDispatcher(actions);
  const { maxReplyBytes = 25 * 1024 } = options;
  return actionTools
    .filter((tool) => (tool.name === 'generate_query' ? actions.generateQuery : actions.executeQuery) !== undefined)
    .map((tool) => ({
      ...tool,
      async invoke(call, { caller, signal, deadlineMs, onStep }) {
        const reply = await dispatch({ name: call.name, input: call.input, caller, signal, deadlineMs, onStep });
        const { body, next } = fitReply(reply, maxReplyBytes, (each) => Buffer.byteLength(JSON.stringify(each)));
        return { text: JSON.stringify(body), status: next === 'done' ? 'success' : 'error', fatal: next === 'give-up' };
      },
    }));
}
