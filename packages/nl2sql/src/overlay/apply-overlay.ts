import { artifactHash } from '../artifact/artifact-hash.js';
import { parseArtifact } from '../artifact/parse-artifact.js';
import type { ForeignKey, Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import type { Overlay, OverlayInput } from './overlay.js';
import { readOverlay } from './parse-overlay.js';
import { unknownOverlayNames } from './unknown-overlay-names.js';

/** How {@link applyOverlay} takes names that the database does not have (any more). */
export interface ApplyOverlayOptions {
  /** `error` throws; `warn` leaves the entry out and reports it by `onWarning`. @default 'error' */
  readonly unknown?: 'error' | 'warn';
  readonly onWarning?: (message: string) => void;
}

/**
 * The artifact with an overlay merged in: words are added to those there, single values replace them, metrics, filters
 * and verified queries of the same name replace, hidden relations and columns go, and the hash is computed anew.
 *
 * @throws Nl2SqlError `overlay-invalid` when the overlay is malformed or, unless `unknown` is `warn`, names a relation
 * or column that the artifact does not have: each with its line and column, of a text, and the name that may be meant.
 */
export function applyOverlay(artifact: SchemaArtifact, overlay: OverlayInput | string, options: ApplyOverlayOptions = {}): SchemaArtifact {
  const { faults, known } = unknownOverlayNames(artifact, readOverlay(overlay));
  if (faults.length > 0 && options.unknown !== 'warn') {
    throw new Nl2SqlError({ code: 'overlay-invalid', message: `The overlay does not fit the database: ${faults.join('; ')}.` });
  }
  for (const fault of faults) options.onWarning?.(fault);
  const merged = withoutHidden(mergeJoins({ ...artifact, relations: artifact.relations.map((relation) => mergeRelation(relation, known)) }, known), known);
  const document = {
    ...merged,
    metrics: replaceByName(merged.metrics, known.metrics.map((metric) => ({ ...metric, relation: splitName(metric.relation) })), (metric) => metric.name),
    filters: replaceByName(merged.filters, known.filters.map((filter) => ({ ...filter, relation: splitName(filter.relation) })), (filter) => filter.name),
    verifiedQueries: replaceByName(merged.verifiedQueries, known.verifiedQueries, (query) => query.id),
  };
  return parseArtifact({ ...document, hash: artifactHash(document) });
}

function splitName(relation: string): { schema: string; name: string } {
  const dot = relation.indexOf('.');
  return { schema: relation.slice(0, dot), name: relation.slice(dot + 1) };
}

function union(present: readonly string[], added: readonly string[] | undefined): readonly string[] {
  return added === undefined ? present : [...new Set([...present, ...added])];
}

function mergeRelation(relation: Relation, overlay: Overlay): Relation {
  const own = overlay.relations[`${relation.schema}.${relation.name}`];
  if (own === undefined) return relation;
  return {
    ...relation,
    comment: own.comment ?? relation.comment,
    synonyms: union(relation.synonyms, own.synonyms),
    timeColumn: own.timeColumn ?? relation.timeColumn,
    labelColumns: own.labelColumns ?? relation.labelColumns,
    columns: relation.columns.map((column) => {
      const words = own.columns?.[column.name];
      if (words === undefined) return column;
      const personal = words.personal ?? column.personal;
      return {
        ...column,
        comment: words.comment ?? column.comment,
        synonyms: union(column.synonyms, words.synonyms),
        valueSynonyms: { ...column.valueSynonyms, ...words.valueSynonyms },
        personal,
        sampleValues: personal ? [] : (words.sampleValues ?? column.sampleValues),
        sampleValuesComplete: personal ? false : (words.sampleValuesComplete ?? (words.sampleValues === undefined && column.sampleValuesComplete)),
      };
    }),
  };
}

function mergeJoins(artifact: SchemaArtifact, overlay: Overlay): SchemaArtifact {
  const endOf = (end: ForeignKey['from']): string => `${end.schema}.${end.relation}(${end.columns.join(',')})`;
  const keys = new Map(artifact.foreignKeys.map((key) => [`${endOf(key.from)} ${endOf(key.to)}`, key]));
  for (const join of overlay.joins) {
    const [from, to] = [join.from, join.to].map(({ relation, columns }) => ({ schema: splitName(relation).schema, relation: splitName(relation).name, columns }));
    if (from === undefined || to === undefined) continue;
    const id = `${endOf(from)} ${endOf(to)}`;
    const present = keys.get(id);
    if (join.hidden === true) keys.delete(id);
    else
      keys.set(id, {
        ...(present ?? { name: null, from, to }),
        inferred: false,
        preferred: join.preferred ?? present?.preferred ?? false,
        phrases: union(present?.phrases ?? [], join.phrases),
      });
  }
  return { ...artifact, foreignKeys: [...keys.values()] };
}

function withoutHidden(artifact: SchemaArtifact, overlay: Overlay): SchemaArtifact {
  const gone = (schema: string, relation: string, columns: readonly string[] = []): boolean => {
    const own = overlay.relations[`${schema}.${relation}`];
    return own?.hidden === true || columns.some((column) => own?.columns?.[column]?.hidden === true);
  };
  return {
    ...artifact,
    relations: artifact.relations
      .filter((relation) => !gone(relation.schema, relation.name))
      .map((relation) => ({
        ...relation,
        columns: relation.columns.filter((column) => !gone(relation.schema, relation.name, [column.name])),
        primaryKey: gone(relation.schema, relation.name, relation.primaryKey) ? [] : relation.primaryKey,
        uniqueKeys: relation.uniqueKeys.filter((key) => !gone(relation.schema, relation.name, key)),
        labelColumns: relation.labelColumns.filter((column) => !gone(relation.schema, relation.name, [column])),
        timeColumn: relation.timeColumn !== null && gone(relation.schema, relation.name, [relation.timeColumn]) ? null : relation.timeColumn,
      })),
    foreignKeys: artifact.foreignKeys.filter((key) => !gone(key.from.schema, key.from.relation, key.from.columns) && !gone(key.to.schema, key.to.relation, key.to.columns)),
    metrics: artifact.metrics.filter((metric) => !gone(metric.relation.schema, metric.relation.name)),
    filters: artifact.filters.filter((filter) => !gone(filter.relation.schema, filter.relation.name)),
  };
}

function replaceByName<T>(present: readonly T[], added: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const names = new Set(added.map(nameOf));
  return [...present.filter((item) => !names.has(nameOf(item))), ...added];
}
