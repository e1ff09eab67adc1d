import { salesOverlay } from './sales/sales-overlay.js';
import type { SampleName } from './sample-name.js';
import { universityOverlay } from './university/university-overlay.js';

/**
 * What people would add to the schema that introspection finds: words, measures, named filters, and questions with SQL
 * they have checked. Plain JSON in the shape of an Ask Aurora overlay, format 1; relations are written `schema.relation`.
 */
export interface SampleOverlay {
  formatVersion: 1;
  relations: Record<string, RelationWords>;
  joins: { from: JoinEnd; to: JoinEnd; preferred?: boolean; phrases?: string[] }[];
  metrics: { name: string; relation: string; expression: string; synonyms: string[]; comment: string; unit: string | null }[];
  filters: { name: string; relation: string; condition: string; synonyms: string[]; comment: string }[];
  verifiedQueries: VerifiedPair[];
}

export interface RelationWords {
  synonyms?: string[];
  /** The column that "last quarter" means. */
  timeColumn?: string;
  /** The columns that name a row to people. */
  labelColumns?: string[];
  columns?: Record<string, { synonyms?: string[]; personal?: boolean; valueSynonyms?: Record<string, string[]> }>;
}

export interface JoinEnd {
  relation: string;
  columns: string[];
}

export interface VerifiedPair {
  id: string;
  /** May hold `{parameter}` slots. */
  question: string;
  alternatives: string[];
  /** One SELECT with a `:name` for each slot. */
  sql: string;
  parameters: {
    name: string;
    type: 'text' | 'integer' | 'number' | 'date' | 'boolean';
    description: string;
    values?: { schema: string; relation: string; column: string };
  }[];
}

const overlays: Readonly<Record<SampleName, SampleOverlay>> = { university: universityOverlay, sales: salesOverlay };

/** The overlay of a sample; the caller's own copy. */
export function sampleOverlay(sample: SampleName): SampleOverlay {
  return structuredClone(overlays[sample]);
}
