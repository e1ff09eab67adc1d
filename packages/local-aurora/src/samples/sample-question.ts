/** A question with what a right answer is. */
export interface SampleQuestion {
  readonly id: string;
  readonly question: string;
  readonly expect: SampleExpectation;
}

/**
 * `rows`: SQL written by hand; run it as the administrator, on the same rows. An answer is right when it has as many
 * rows, and each expected column equals one of its columns, whatever that is called; it may have more columns. Rows are
 * compared in order only when `ordered`. `alternatives` are other readings that are as good. `abstain`: the schema can't
 * answer it. `refuse`: it asks to change something.
 */
export type SampleExpectation =
  | { readonly kind: 'rows'; readonly sql: string; readonly ordered?: boolean; readonly alternatives?: readonly string[] }
  | { readonly kind: 'abstain' }
  | { readonly kind: 'refuse' };

/** A question whose answer is rows. */
export function answered(id: string, question: string, sql: string, more: { readonly ordered?: boolean; readonly alternatives?: readonly string[] } = {}): SampleQuestion {
  return { id, question, expect: { kind: 'rows', sql, ...more } };
}

/** A question that must not be answered. */
export function unanswered(id: string, question: string, kind: 'abstain' | 'refuse'): SampleQuestion {
  return { id, question, expect: { kind } };
}
