import type { JsonValue } from '../execute-query/to-json-value.js';

/** How a call ended, the same words on every front. */
export type ToolOutcome = 'statement' | 'clarification' | 'abstention' | 'rows' | 'refusal' | 'failure';

/**
 * What a front gives back for a call, before it is put into the front's own envelope.
 * `next` says what the reader should do: nothing more, mend its input and call again, or give up.
 */
export interface ToolReply {
  readonly outcome: ToolOutcome;
  /** The refusal's stage or the failure's code; null otherwise. */
  readonly code: string | null;
  readonly next: 'done' | 'repair' | 'give-up';
  /** The HTTP status for fronts that have one. */
  readonly status: number;
  readonly body: Readonly<Record<string, JsonValue>>;
}
