import { z } from 'zod';
import { artifactHash } from '../artifact/artifact-hash.js';
import type { ArtifactColumn, Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import type { Overlay } from '../overlay/overlay.js';
import { isPersonalValue } from './personal-value.js';
import { quoteIdentifier, quoteLiteral } from './postgres-catalog-sql.js';
import type { RunQuery } from './run-query.js';

export interface SampleColumnValuesOptions {
  readonly sampleValues?: readonly string[];
  readonly valuesPerColumn?: number;
  readonly rowsPerSample?: number;
}

const defaultValuesPerColumn = 100;
const defaultRowsPerSample = 100_000;
const valuesOfOtherTypes = 3;
const longestValue = 80;
/** From this share of personal-looking values on, a column is taken for personal. */
const personalShare = 0.3;

const sampleRow = z.object({ position: z.coerce.number(), values: z.union([z.array(z.string()), z.string().transform((value) => z.array(z.string()).parse(JSON.parse(value)))]), rows: z.coerce.number(), distinct_values: z.coerce.number(), left_out: z.boolean() });

/** An artifact with its values, and the columns (`schema.relation.column`) that held no value twice. */
export interface SampledArtifact {
  readonly artifact: SchemaArtifact;
  readonly unique: ReadonlySet<string>;
}

/** Fewer rows prove nothing about uniqueness. */
const fewestRowsForUniqueness = 3;

/**
 * Fills `sampleValues` of the relations that are listed, one query a relation. Columns marked personal, here or in the
 * overlay, are not read; a column whose values look personal is marked so and its values are thrown away.
 */
export async function sampleColumnValues(run: RunQuery, artifact: SchemaArtifact, overlay: Overlay | undefined, options: SampleColumnValuesOptions): Promise<SampledArtifact> {
  const wanted = new Set(options.sampleValues ?? []);
  const unique = new Set<string>();
  if (wanted.size === 0) return { artifact, unique };
  const relations: Relation[] = [];
  for (const relation of artifact.relations) {
    const listed = wanted.has(`${relation.schema}.${relation.name}`) || wanted.has(`${relation.schema}.*`);
    const hidden = overlay?.relations[`${relation.schema}.${relation.name}`]?.hidden === true;
    relations.push(listed && !hidden ? await sampleRelation(run, artifact, relation, unique, options) : relation);
  }
  const document = { ...artifact, relations };
  return { artifact: { ...document, hash: artifactHash(document) }, unique };
}

async function sampleRelation(run: RunQuery, artifact: SchemaArtifact, relation: Relation, unique: Set<string>, options: SampleColumnValuesOptions): Promise<Relation> {
  const limit = options.valuesPerColumn ?? defaultValuesPerColumn;
  const rowLimit = options.rowsPerSample ?? defaultRowsPerSample;
  const enumNames = new Set(artifact.enums.flatMap((type) => [type.name, `${type.schema}.${type.name}`]));
  const isText = (column: ArtifactColumn): boolean => /^(character|text|citext|name|")/.test(column.type) || enumNames.has(column.type);
  const columns = relation.columns.map((column, position) => ({ column, position })).filter(({ column }) => !column.personal && isSampled(column, isText(column)));
  if (columns.length === 0) return relation;

  const source = `(SELECT ${columns.map(({ column, position }) => `${quoteIdentifier(column.name)}::text AS c${position}`).join(', ')} FROM ${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}${tableSample(relation, rowLimit)} LIMIT ${rowLimit})`;
  const perColumn = columns.map(({ column, position }) => {
    const most = isText(column) ? limit + 1 : valuesOfOtherTypes;
    return `SELECT ${quoteLiteral(String(position))} AS position, (SELECT count(*) FROM s) AS rows, (SELECT count(DISTINCT c${position}) FROM s) AS distinct_values, EXISTS (SELECT FROM s WHERE length(c${position}) NOT BETWEEN 1 AND ${longestValue}) AS left_out, coalesce((SELECT json_agg(v ORDER BY n DESC, v COLLATE "C") FROM (SELECT c${position} AS v, count(*) AS n FROM s WHERE length(c${position}) BETWEEN 1 AND ${longestValue} GROUP BY 1 ORDER BY 2 DESC, c${position} COLLATE "C" LIMIT ${most}) top), '[]')::text AS values`;
  });
  const rows = z.array(sampleRow).parse(await run(`WITH s AS MATERIALIZED ${source} ${perColumn.join(' UNION ALL ')}`));

  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return {
    ...relation,
    columns: relation.columns.map((column, position) => {
      const row = byPosition.get(position);
      if (row === undefined) return column;
      if (row.rows >= fewestRowsForUniqueness && row.distinct_values === row.rows) unique.add(`${relation.schema}.${relation.name}.${column.name}`);
      if (isText(column) && row.values.filter(isPersonalValue).length >= Math.max(1, row.values.length * personalShare)) return { ...column, personal: true };
      const whole = relation.rowEstimate === null || relation.rowEstimate <= rowLimit || relation.kind === 'view' || relation.kind === 'foreign-table';
      const complete = whole && isText(column) && !row.left_out && row.values.length <= limit && row.rows < rowLimit;
      return { ...column, sampleValues: row.values.slice(0, limit), sampleValuesComplete: complete };
    }),
  };
}

/** Of a relation with more rows than are read, blocks from all over it, the same ones each time. */
function tableSample(relation: Relation, rowLimit: number): string {
  if (relation.rowEstimate === null || relation.rowEstimate <= rowLimit || relation.kind === 'view' || relation.kind === 'foreign-table') return '';
  return ` TABLESAMPLE SYSTEM (${Math.max(0.001, (100 * rowLimit) / relation.rowEstimate)}) REPEATABLE (0)`;
}

function isSampled(column: ArtifactColumn, text: boolean): boolean {
  return text || /^(smallint|integer|bigint|numeric|real|double precision|date|timestamp|time|boolean)/.test(column.type);
}
