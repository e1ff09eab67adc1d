import { createDataApiClient } from '@ask-aurora/data-api-client';
import { diffArtifacts, introspect, parseArtifact } from '@ask-aurora/nl2sql';
import type { SchemaArtifact } from '@ask-aurora/nl2sql';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import type { DataApiTarget } from '../../database-access/data-api-session.js';
import type { Deadline } from '../../database-access/deadline.js';
import type { SchemaChange } from '../schema-change-event.js';
import { relationDocuments } from './relation-document.js';

/** Where the artifact is kept between two runs. */
export interface ArtifactStore {
  /** The document's text, or null before the first run. */
  read(signal: AbortSignal): Promise<string | null>;
  write(text: string, signal: AbortSignal): Promise<void>;
  /** Puts these documents, by name, in the place of all that were there. */
  replaceDocuments(documents: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void>;
}

export interface RefreshPorts {
  readonly database: RDSDataClient;
  readonly store: ArtifactStore;
  readonly publish: (change: SchemaChange, signal: AbortSignal) => Promise<void>;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

export interface RefreshSettings {
  readonly target: DataApiTarget;
  readonly schemas: readonly string[];
  readonly sampleValues: readonly string[];
  /** A document of comments, synonyms and verified queries, merged in; YAML or JSON. */
  readonly overlay: string | null;
  /** Whether to write a document for each relation, for a knowledge base to read. */
  readonly documents: boolean;
}

export interface RefreshOutcome {
  readonly changed: boolean;
  readonly hash: string;
  readonly changeCount: number;
}

/**
 * Reads the catalog as the read-only role, so that the artifact tells of nothing that the role can't read, and writes
 * it only when it differs. The event is sent after the write: who hears of a change can read it.
 *
 * @throws Nl2SqlError of the introspection, or an error of the Data API, S3 or EventBridge
 */
export async function refreshArtifact(ports: RefreshPorts, settings: RefreshSettings, deadline: Deadline): Promise<RefreshOutcome> {
  const { signal } = deadline;
  const before = await previous(ports, signal);
  const reader = createDataApiClient({ ...settings.target, client: ports.database, deadlineMs: deadline.remainingMs() });
  const after = await introspect(async (sql) => (await reader.query<Record<string, unknown>>(sql, undefined, { signal })).rows, {
    schemas: settings.schemas,
    sampleValues: settings.sampleValues,
    relationsPerQuery: 50,
    deadlineMs: Math.max(1, deadline.remainingMs()),
    signal,
    ...(settings.overlay === null ? {} : { overlay: settings.overlay, unknownOverlayNames: 'warn' as const, onWarning: (message: string) => ports.log({ level: 'WARN', message }) }),
  });
  if (before !== null && before.hash === after.hash) {
    ports.log({ message: 'schema unchanged', hash: after.hash });
    return { changed: false, hash: after.hash, changeCount: 0 };
  }
  const changes = before === null ? [] : diffArtifacts(before, after);
  if (settings.documents) await ports.store.replaceDocuments(relationDocuments(after), signal);
  // Last, as the next run compares with it: a run that was interrupted before is done again.
  await ports.store.write(JSON.stringify(after), signal);
  await ports.publish({
    database: settings.target.database,
    hash: after.hash,
    previousHash: before?.hash ?? null,
    changes: changes.slice(0, 100).map(({ change, subject, path }) => ({ change, subject, path })),
    changeCount: changes.length,
  }, signal);
  ports.log({ message: 'schema changed', hash: after.hash, changes: changes.length, relations: after.relations.length });
  return { changed: true, hash: after.hash, changeCount: changes.length };
}

/** A document that can't be read any more, of an older format for example, is replaced as if there were none. */
async function previous(ports: RefreshPorts, signal: AbortSignal): Promise<SchemaArtifact | null> {
  const text = await ports.store.read(signal);
  if (text === null) return null;
  try {
    return parseArtifact(JSON.parse(text));
  } catch (error) {
    ports.log({ level: 'WARN', message: 'the stored artifact is unreadable and will be replaced', reason: error instanceof Error ? error.message : String(error) });
    return null;
  }
}
