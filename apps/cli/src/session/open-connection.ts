import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { startLocalAurora, startLocalDataApi } from '@ask-aurora/local-aurora';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { randomUUID } from 'node:crypto';
import type { DatabaseFlags } from '../commands/database-flags.js';
import { CliError } from '../cli-error.js';
import { connectLocally, defaultSample, sampleNamed } from './connect-locally.js';

export interface ConnectionOptions extends DatabaseFlags {
  /** Needed for a cluster; a URL names its own. @default the sample `university` */
  readonly database?: string;
  /** What the cluster runs. @default 'postgresql' */
  readonly engine?: 'postgresql' | 'mysql';
  readonly dataDirectory?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** A Data API client of one database, with the read-only secret. */
export interface Connection {
  readonly client: DataApiClient;
  readonly database: string;
  close(): Promise<void>;
}

/**
 * Connects to a cluster on AWS when ARNs are given, to a PostgreSQL when a URL is, else to a local sample.
 *
 * @throws {CliError} `invalid-argument` for half of the ARNs, a missing database or a malformed URL, `database-unknown` for another local database, `database-unreachable`.
 */
export async function openConnection(options: ConnectionOptions): Promise<Connection> {
  const { resourceArn, secretArn, databaseUrl, database } = options;
  if (options.engine === 'mysql' && resourceArn === undefined) throw new CliError('invalid-argument', 'MySQL is read through the Data API of a cluster: give --resource-arn and --secret-arn.');
  if (databaseUrl !== undefined) return overPostgres(databaseUrl, options.signal);
  if ((resourceArn === undefined) !== (secretArn === undefined)) throw new CliError('invalid-argument', 'Give --resource-arn and --secret-arn together.');
  if (resourceArn !== undefined && secretArn !== undefined) {
    if (database === undefined) throw new CliError('invalid-argument', 'Name the database of the cluster with --database.');
    const client = createDataApiClient({ resourceArn, secretArn, database, engine: options.engine ?? 'postgresql' });
    return { client, database, close: () => Promise.resolve(client.close()) };
  }
  const sample = sampleNamed(database ?? defaultSample);
  const aurora = await startLocalAurora({
    signal: options.signal,
    onProgress: (event) => options.onProgress(event.message),
    ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
  });
  return { client: connectLocally(aurora, aurora.readOnlySecretArn, sample), database: sample, close: () => aurora.stop() };
}

/** A Data API on loopback over the PostgreSQL, so that everything above is the same code as on Aurora. */
async function overPostgres(databaseUrl: string, signal: AbortSignal): Promise<Connection> {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  const database = url === null ? '' : decodeURIComponent(url.pathname.slice(1));
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || database === '') {
    throw new CliError('invalid-argument', 'Give --database-url as postgresql://role@host:5432/database.');
  }
  const password = process.env['PGPASSWORD'];
  if (url.password === '' && password !== undefined) url.password = encodeURIComponent(password);
  // Nobody else on this machine can guess the key, so nobody else can use the role through this port.
  const accessKeyId = randomUUID();
  const dataApi = await startLocalDataApi({ postgres: { connectionString: url.href }, accessKeyId, signal });
  const sdk = new RDSDataClient({ endpoint: dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey: accessKeyId } });
  const client = createDataApiClient({ client: sdk, resourceArn: dataApi.resourceArn, secretArn: dataApi.secretArns[0] ?? '', database });
  const close = async (): Promise<void> => {
    sdk.destroy();
    await dataApi.stop();
  };
  try {
    await client.query('SELECT 1', {}, { signal });
  } catch (cause) {
    await close();
    signal.throwIfAborted();
    throw new CliError('database-unreachable', `The database ${database} at ${url.host} could not be used as ${url.username === '' ? 'postgres' : decodeURIComponent(url.username)}. Is PostgreSQL running there, and are role and password right?`, { cause });
  }
  return { client, database, close };
}
