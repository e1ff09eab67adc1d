import type { Front } from '../caller/caller.js';
import type { RowTotal } from '../execute-query/row-total.js';

/** How a call ended, in one word; the same words on every front. */
export type AuditOutcome = 'statement' | 'clarification' | 'abstention' | 'rows' | 'refusal' | 'failure';

/**
 * What happened in one call of one action. It holds no row, no parameter value, no secret and no literal of a
 * statement: only names, digests, counts and durations. The question's text is in it only when that was chosen.
 */
export interface AuditRecord {
  readonly version: 1;
  readonly id: string;
  /** When the call began, ISO 8601 in UTC. */
  readonly at: string;
  readonly action: 'generate-query' | 'execute-query';
  readonly front: Front;
  readonly sessionId: string;
  readonly principal: string | null;
  /** The declared tenant attributes only. */
  readonly tenant: Readonly<Record<string, string>>;
  readonly question: { readonly digest: string; readonly characters: number; readonly text?: string } | null;
  /** The statement with its literals hidden, and the digest of its full text. */
  readonly statement: { readonly digest: string; readonly redacted: string; readonly parameters: readonly string[] } | null;
  readonly verdict: { readonly accepted: boolean; readonly rules: readonly string[] } | null;
  readonly relations: readonly string[];
  /** Rows that were given. */
  readonly rows: number | null;
  /** Rows that the statement has without the caps. */
  readonly total: RowTotal | null;
  readonly bytes: number | null;
  readonly truncated: boolean;
  /** The planner's total cost estimate; null when there was no plan gate. */
  readonly planCost: number | null;
  /**
   * `id` is the model's name when it is known; `source` says whether it, a verified query or a cache wrote the statement.
   * `cost` is in `currency`; both are null when no prices were given.
   */
  readonly model: { readonly id: string | null; readonly source: string; readonly inputTokens: number; readonly outputTokens: number; readonly cost: number | null; readonly currency: string | null } | null;
  readonly cache: 'hit' | 'miss' | 'off';
  readonly outcome: AuditOutcome;
  /** The refusal's stage or the failure's code. */
  readonly reasonCode: string | null;
  /** Milliseconds by step, and `total`. */
  readonly durations: Readonly<Record<string, number>>;
}
