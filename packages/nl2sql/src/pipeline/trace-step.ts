/** One step of the way of a question. `detail` holds counts, names and rules; question text and SQL only when asked for. */
export interface TraceStep {
  readonly name: string;
  /** ISO instant. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: 'ok' | 'refused' | 'failed' | 'skipped';
  readonly detail: Readonly<Record<string, unknown>>;
}
