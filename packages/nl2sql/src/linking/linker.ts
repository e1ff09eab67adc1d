import type { SchemaArtifact } from '../artifact/schema-artifact.js';

/** The part of a schema that a question needs. */
export interface LinkedSchema {
  /** The same artifact with fewer relations, and only the keys, metrics and filters among them. */
  readonly artifact: SchemaArtifact;
  /** True when nothing was left out. */
  readonly whole: boolean;
  /** Estimated tokens of the rendered schema. */
  readonly estimatedTokens: number;
  /** The relations kept because they matched, best first; those that only connect them have score 0. Empty when `whole`. */
  readonly ranked: readonly { readonly schema: string; readonly name: string; readonly score: number }[];
}

/** Chooses what of the schema reaches the prompt. */
export interface Linker {
  /** @throws Nl2SqlError `embedding-failed`, `retrieval-failed`, `aborted` */
  link(question: string, options: { readonly signal?: AbortSignal }): Promise<LinkedSchema>;
}
