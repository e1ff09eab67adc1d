import type { Actions } from '@ask-aurora/agent-actions';

/** The body of a reply, however it was wrapped. */
export type ReplyBody = Readonly<Record<string, unknown>>;

/** A way in: calls a tool as its clients do and gives the body of the reply. */
export interface Front {
  call(tool: 'generate_query' | 'execute_query', input: Readonly<Record<string, unknown>>, tenant: Readonly<Record<string, string>>): Promise<ReplyBody>;
  stop(): Promise<void>;
}

/** Opens a front over the actions. */
export type OpenFront = (actions: Required<Actions>) => Promise<Front>;
