import { z } from 'zod';
import type { Frozen } from './frozen.js';
import { verifiedQuerySchema } from '../verified-query/verified-query.js';

const name = z.string().min(1).max(256);
const text = z.string().max(20_000);

/** The version of the document's shape that this package reads and writes. */
export const artifactFormatVersion = 1;

const columnSchema = z.object({
  name,
  type: name.describe('As format_type gives it: "numeric(10,2)", "character varying(40)[]".'),
  nullable: z.boolean(),
  comment: text.nullable(),
  synonyms: z.array(text).default([]),
  sampleValues: z.array(text).default([]).describe('Distinct values, as text. Always empty for personal columns.'),
  sampleValuesComplete: z.boolean().default(false).describe('True when sampleValues holds every distinct value of the column.'),
  valueSynonyms: z.record(z.string(), z.array(text)).default({}).describe('Words that people use for a value: { "active": ["running", "ongoing"] }.'),
  personal: z.boolean().default(false).describe('Holds data about a natural person: never sampled, left out of answers unless asked for by name.'),
});

const relationSchema = z.object({
  schema: name,
  name,
  kind: z.enum(['table', 'partitioned-table', 'view', 'materialized-view', 'foreign-table']),
  comment: text.nullable(),
  synonyms: z.array(text).default([]),
  columns: z.array(columnSchema),
  primaryKey: z.array(name).default([]),
  uniqueKeys: z.array(z.array(name).min(1)).default([]),
  rowEstimate: z.number().nonnegative().nullable().default(null),
  timeColumn: name.nullable().default(null).describe('The column that "last quarter" means when a relation has several dates.'),
  labelColumns: z.array(name).default([]).describe('The columns that name a row to people, in order.'),
  reads: z.array(z.object({ schema: name, name, columns: z.array(name).optional() })).optional().describe("What a view's definition reads; without columns where it reads whole rows. Relations outside the artifact are named too."),
});

const relationColumnsSchema = z.object({ schema: name, relation: name, columns: z.array(name).min(1) });

const foreignKeySchema = z.object({
  name: name.nullable(),
  from: relationColumnsSchema,
  to: relationColumnsSchema,
  inferred: z.boolean().describe('True when no constraint says so, and names, types and uniqueness do.'),
  preferred: z.boolean().default(false).describe('The one to join by when several keys lead to the same relation.'),
  phrases: z.array(text).default([]).describe('Words of a question that mean this key: ["headed by", "head"].'),
});

const metricSchema = z.object({
  name,
  synonyms: z.array(text).default([]),
  comment: text.nullable().default(null),
  relation: z.object({ schema: name, name }),
  expression: text.min(1).describe('An aggregate expression over relation.column names, without the schema.'),
  unit: text.nullable().default(null),
});

const namedFilterSchema = z.object({
  name,
  synonyms: z.array(text).default([]),
  comment: text.nullable().default(null),
  relation: z.object({ schema: name, name }),
  condition: text.min(1).describe('A boolean expression over relation.column names, without the schema.'),
});

const enumSchema = z.object({ schema: name, name, values: z.array(text) });

/** The zod schema of a {@link SchemaArtifact}. Use `parseArtifact` to read one: it also checks references and the hash. */
export const schemaArtifactSchema = z.object({
  formatVersion: z.literal(artifactFormatVersion),
  dialect: z.enum(['postgresql', 'mysql']),
  serverVersion: z.string().nullable(),
  database: z.string().nullable(),
  relations: z.array(relationSchema),
  foreignKeys: z.array(foreignKeySchema).default([]),
  enums: z.array(enumSchema).default([]),
  metrics: z.array(metricSchema).default([]),
  filters: z.array(namedFilterSchema).default([]),
  verifiedQueries: z.array(verifiedQuerySchema).default([]),
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});

/**
 * What is known about a database: the one input of linking, prompts, the offline answerer and the guard's policy.
 * A versioned JSON document; its JSON Schema is published as `schema/schema-artifact.schema.json`.
 */
export type SchemaArtifact = Frozen<z.infer<typeof schemaArtifactSchema>>;
/** The same before defaults are filled in, as people and programs write it. */
export type SchemaArtifactInput = Frozen<Omit<z.input<typeof schemaArtifactSchema>, 'hash' | 'formatVersion'>>;

/** A table, view, materialized view, partitioned or foreign table. */
export type Relation = SchemaArtifact['relations'][number];
/** A column of a {@link Relation}. */
export type ArtifactColumn = Relation['columns'][number];
/** A declared, inferred or hand-written way to join two relations; composite keys pair `from.columns` with `to.columns` by position. */
export type ForeignKey = SchemaArtifact['foreignKeys'][number];
/** An enumerated type with its labels in their order. */
export type EnumType = SchemaArtifact['enums'][number];
/** A named measure: an aggregate expression over one relation. */
export type Metric = SchemaArtifact['metrics'][number];
/** A named condition on one relation: what "active customers" means here. */
export type NamedFilter = SchemaArtifact['filters'][number];
