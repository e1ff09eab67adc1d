import { artifactHash } from '../artifact/artifact-hash.js';
import { enumLabels } from '../artifact/enum-labels.js';
import type { ArtifactColumn, Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import type { Overlay } from '../overlay/overlay.js';
import { isPersonalValue } from './personal-value.js';
import { mysqlValueQuery } from './mysql-value-query.js';
import { postgresValueQuery } from './postgres-value-query.js';
import type { RunQuery } from './run-query.js';

export interface SampleColumnValuesOptions {
  readonly sampleValues?: readonly string[];
  readonly valuesPerColumn?: number;
  readonly rowsPerSample?: number;
}

const defaultValuesPerColumn = 100;
const defaultRowsPerSample = 100_000;
const valuesOfOtherTypes = 3;
/** From this share of personal-looking values on, a column is taken for personal. */
const personalShare = 0.3;

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
  const query = artifact.dialect === 'mysql' ? mysqlValueQuery : postgresValueQuery;
  const isText = (column: ArtifactColumn): boolean => query.isText(column.type) || enumLabels(column, relation, artifact) !== undefined;
  const columns = relation.columns
    .map((column, position) => ({ column, position, most: isText(column) ? limit + 1 : valuesOfOtherTypes }))
    .filter(({ column }) => !column.personal && (isText(column) || query.isSampled(column.type)));
  if (columns.length === 0) return relation;
  const byPosition = new Map(query.read(await run(query.sql(relation, columns, rowLimit))).map((found) => [found.position, found]));
  return {
    ...relation,
    columns: relation.columns.map((column, position) => {
      const found = byPosition.get(position);
      if (found === undefined) return column;
      if (found.rows >= fewestRowsForUniqueness && found.distinctValues === found.rows) unique.add(`${relation.schema}.${relation.name}.${column.name}`);
      if (isText(column) && found.values.filter(isPersonalValue).length >= Math.max(1, found.values.length * personalShare)) return { ...column, personal: true };
      const whole = relation.rowEstimate === null || relation.rowEstimate <= rowLimit || relation.kind === 'view' || relation.kind === 'foreign-table';
      const complete = whole && isText(column) && !found.leftOut && found.values.length <= limit && found.rows < rowLimit;
      return { ...column, sampleValues: found.values.slice(0, limit), sampleValuesComplete: complete };
    }),
  };
}
