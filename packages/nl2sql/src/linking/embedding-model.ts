/** Turns texts into vectors behind a port. */
export interface EmbeddingModel {
  /** Stable name for stored vectors, such as `bedrock:amazon.titan-embed-text-v2:0/512`. */
  readonly id: string;
  /**
   * One vector for each text, in order, all of one length; need not be normalised.
   *
   * @throws Nl2SqlError `embedding-failed`, `aborted`
   */
  embed(texts: readonly string[], options: { readonly purpose: 'query' | 'document'; readonly signal?: AbortSignal }): Promise<readonly Float32Array[]>;
}
