import type { QuestionEngine } from '../answer/ask-question.js';
import { CliError } from '../cli-error.js';
import { namesDatabase, openDatabaseSession, type DatabaseSessionOptions } from './open-database-session.js';
import { defaultSample } from './connect-locally.js';
import type { DatabaseEngine } from './open-engine.js';
import { openLocalSession } from './open-local-session.js';
import type { StepTimer } from './step-timer.js';

export interface QuestionSessionOptions extends DatabaseSessionOptions {
  readonly dataDirectory?: string;
}

/** What a question can be asked of: one database of the user's, or the local samples in turn. */
export interface QuestionSession {
  readonly engines: readonly QuestionEngine[];
  /** The first of them, with the schema it knows. */
  first(): Promise<DatabaseEngine>;
  readonly timer: StepTimer;
  close(): Promise<void>;
}

/**
 * Opens the database that the flags name, else the local samples.
 *
 * @throws {CliError} `invalid-argument` where a schema, policy or tenant is given for the samples, which have their own.
 */
export async function openQuestionSession(options: QuestionSessionOptions): Promise<QuestionSession> {
  if (namesDatabase(options)) {
    const { engine, timer, close } = await openDatabaseSession(options);
    return { engines: [engine], first: () => Promise.resolve(engine), timer, close };
  }
  const { schema, overlay, sampleValues, policy, tenant } = options;
  if ([schema, overlay, sampleValues, policy, tenant].some((given) => given !== undefined)) {
    throw new CliError('invalid-argument', 'The samples have a schema and policy of their own. Name your database with --database-url, or with --resource-arn and --secret-arn.');
  }
  const session = await openLocalSession(options);
  return { ...session, first: () => session.engine(options.database ?? defaultSample) };
}
