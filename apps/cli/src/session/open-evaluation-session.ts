import type { DataApiClient } from '@ask-aurora/data-api-client';
import { defaultSample } from './connect-locally.js';
import { namesDatabase, openDatabaseSession } from './open-database-session.js';
import type { EvaluationTarget } from '../evaluation/evaluate-questions.js';
import { openLocalSession } from './open-local-session.js';
import type { QuestionSessionOptions } from './open-question-session.js';

/**
 * Opens what a dataset is asked of: the database that the flags name, whatever its cases say, else the sample that each
 * case names.
 */
export async function openEvaluationSession(options: QuestionSessionOptions): Promise<EvaluationTarget & { close(): Promise<void> }> {
  if (namesDatabase(options)) {
    const { engine, reader, close } = await openDatabaseSession(options);
    return { engine: () => Promise.resolve(engine), reader: (): DataApiClient => reader, close };
  }
  const session = await openLocalSession(options);
  return { engine: (database) => session.engine(database ?? defaultSample), reader: (database) => session.reader(database ?? defaultSample), close: () => session.close() };
}
