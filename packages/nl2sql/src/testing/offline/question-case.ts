/**
 * A question and what answers it: SQL by hand, other SQL that is as good, or null for an abstention. A question with
 * null and SQL may be abstained from or answered so.
 */
export type QuestionCase = readonly [question: string, ...expected: readonly (string | null)[]];
