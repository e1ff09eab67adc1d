/** Scores every relation of one artifact for a question. */
export interface RelationRanker {
  readonly name: string;
  /** One score for each relation in the artifact's order; 0 means no evidence. Scores of different rankers are not comparable. */
  rank(question: string, options: { readonly signal?: AbortSignal }): Promise<Float64Array>;
}
