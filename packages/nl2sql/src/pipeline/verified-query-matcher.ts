import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { ParameterValue } from './parameter-value.js';

/** A verified query whose question, with its slots filled, is the one asked. */
export interface VerifiedQueryMatch {
  readonly id: string;
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly explanation: string;
  /** 0..1 */
  readonly confidence: number;
}

/** Finds the verified query that answers a question, or null. Must rather find none than a wrong one. */
export type VerifiedQueryMatcher = (input: { readonly question: string; readonly artifact: SchemaArtifact; readonly today: string }) => VerifiedQueryMatch | null | Promise<VerifiedQueryMatch | null>;
