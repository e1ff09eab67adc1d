import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { startLocalAurora } from '@ask-aurora/local-aurora';
import type { AwsConnectionFlags } from '../commands/aws-connection-flags.js';
import { CliError } from '../cli-error.js';
import { connectLocally, sampleNamed } from './open-local-session.js';

export interface ConnectionOptions extends AwsConnectionFlags {
  readonly database: string;
  readonly dataDirectory?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** A Data API client of one database, with the read-only secret. */
export interface Connection {
  readonly client: DataApiClient;
  close(): Promise<void>;
}

/**
 * Connects to a cluster on AWS when ARNs are given, else to a local sample.
 *
 * @throws {CliError} `invalid-argument` when only one of the ARNs is given, `database-unknown` for another local database.
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { resourceArn, secretArn, database } = options;
  if ((resourceArn === undefined) !== (secretArn === undefined)) throw new CliError('invalid-argument', 'Give --resource-arn and --secret-arn together.');
  if (resourceArn !== undefined && secretArn !== undefined) return { client: createDataApiClient({ resourceArn, secretArn, database }), close: () => Promise.resolve() };
  const sample = sampleNamed(database);
  const aurora = await startLocalAurora({
    signal: options.signal,
    onProgress: (event) => options.onProgress(event.message),
    ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
  });
  return { client: connectLocally(aurora, aurora.readOnlySecretArn, sample), close: () => aurora.stop() };
}
