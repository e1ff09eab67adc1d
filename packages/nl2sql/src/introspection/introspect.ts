import { artifactHash } from '../artifact/artifact-hash.js';
import { createArtifact } from '../artifact/create-artifact.js';
import type { ForeignKey, SchemaArtifact } from '../artifact/schema-artifact.js';
import { applyOverlay } from '../overlay/apply-overlay.js';
import type { OverlayInput } from '../overlay/overlay.js';
import { parseOverlay } from '../overlay/parse-overlay.js';
import { detectPersonalColumns } from './detect-personal-columns.js';
import { inferForeignKeys } from './infer-foreign-keys.js';
import { markPersonal } from './mark-personal.js';
import { readMysqlCatalog } from './read-mysql-catalog.js';
import { readPostgresCatalog } from './read-postgres-catalog.js';
import type { RunQuery } from './run-query.js';
import { boundedRun } from './run-query.js';
import { sampleColumnValues } from './sample-column-values.js';

/** How {@link introspect} reads a database. */
export interface IntrospectOptions {
  /** What the database is; `run` must speak to it. @default 'postgresql' */
  readonly dialect?: 'postgresql' | 'mysql';
  /** On MySQL, databases. @default every schema but the system's */
  readonly schemas?: readonly string[];
  /** Lists partitions as relations of their own, beside the table they belong to; PostgreSQL only. @default false */
  readonly includePartitions?: boolean;
  /** Leaves out relations and columns the connected role may not SELECT. @default true */
  readonly readableOnly?: boolean;
  /**
   * Adds foreign keys that names, types and uniqueness tell of and no constraint declares. Uniqueness is that of a
   * declared key, or of the values read where `sampleValues` lists the relation. @default true
   */
  readonly inferForeignKeys?: boolean;
  /**
   * Relations whose values may be read, as `schema.relation` or `schema.*`. Columns with personal data are never read,
   * whatever is listed here. @default none
   */
  readonly sampleValues?: readonly string[];
  /** The most distinct values kept of a text column; other types keep three. @default 100 */
  readonly valuesPerColumn?: number;
  /** The most rows read of a relation for its values; of a larger one, blocks from all over it (on MySQL, the first ones). @default 100000 */
  readonly rowsPerSample?: number;
  /** A YAML or JSON text, or a parsed document, merged in at the end. */
  readonly overlay?: OverlayInput | string;
  /** What to do when the overlay names what is not there. @default 'error' */
  readonly unknownOverlayNames?: 'error' | 'warn';
  readonly onWarning?: (message: string) => void;
  /** Relations read by one catalog query; lower it when answers have a size limit (1 MiB on the RDS Data API). @default 500 */
  readonly relationsPerQuery?: number;
  /** For the whole of it, in milliseconds. @default 60000 */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads the catalog of a PostgreSQL 16-18 or MySQL 8 database (Aurora, MariaDB too) into a {@link SchemaArtifact}: one
 * or two queries, three to five for each 500 relations or part of them (and one that finds no more after a full 500), and
 * one for each relation whose values are sampled. Where `run` goes over the RDS Data API and an answer is larger than its
 * 1 MiB, it is asked for in parts. Types are those of `format_type`, a domain's that of its base type; on MySQL those of
 * COLUMN_TYPE without display widths and labels.
 *
 * @example
 * const artifact = await introspect(async (sql) => (await client.query(sql)).rows, { schemas: ['sales'], sampleValues: ['sales.*'] });
 * await introspect(async (sql) => (await connection.query(sql))[0], { dialect: 'mysql', schemas: ['sales'] });
 * @throws Nl2SqlError `introspection-failed` with the database's error as `cause`, `deadline-exceeded`, `aborted`, `overlay-invalid`
 */
export async function introspect(run: RunQuery, options: IntrospectOptions = {}): Promise<SchemaArtifact> {
  const overlay = options.overlay === undefined ? undefined : parseOverlay(options.overlay);
  const bounded = boundedRun(run, options);
  const catalog = await (options.dialect === 'mysql' ? readMysqlCatalog : readPostgresCatalog)(bounded, options);
  const bare = createArtifact(catalog);
  const marked = markPersonal(bare, detectPersonalColumns(bare, overlay));
  const { artifact, unique } = await sampleColumnValues(bounded, marked, overlay, options);
  const sampled = options.inferForeignKeys === false ? artifact : withForeignKeys(artifact, inferForeignKeys(artifact, unique));
  if (options.overlay === undefined) return sampled;
  // The text again, for the places of names that the database does not have.
  return applyOverlay(sampled, options.overlay, { unknown: options.unknownOverlayNames ?? 'error', ...(options.onWarning === undefined ? {} : { onWarning: options.onWarning }) });
}

function withForeignKeys(artifact: SchemaArtifact, inferred: readonly ForeignKey[]): SchemaArtifact {
  const document = { ...artifact, foreignKeys: [...artifact.foreignKeys, ...inferred] };
  return { ...document, hash: artifactHash(document) };
}
