import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { ConfigurationError } from '../errors/configuration-error.js';
import { CallObserver } from '../observation/call-observer.js';
import { createTransaction, runTransaction } from '../transaction/run-transaction.js';
import type { ReadOnlyOptions, TransactionOptions } from '../transaction/transaction-options.js';
import type { Transaction } from '../transaction/transaction.js';
import type { CommandSender } from '../transport/send-command.js';
import { DataApiTransport } from '../transport/data-api-transport.js';
import { AutocommitRunner } from './autocommit-runner.js';
import { createQueries } from './create-queries.js';
import type { DataApiClient } from './data-api-client.js';
import type { DataApiClientOptions } from './data-api-client-options.js';

type Work<T> = (transaction: Transaction) => Promise<T>;

/**
 * Makes a client of one database behind the RDS Data API.
 *
 * @example
 * const client = createDataApiClient({ resourceArn, secretArn, database: 'shop' });
 * const { rows } = await client.query<{ id: bigint }>('select id from orders where state = :state', { state: 'open' });
 *
 * @throws ConfigurationError when an option is wrong.
 */
export function createDataApiClient(options: DataApiClientOptions): DataApiClient {
  const { resourceArn, secretArn, database, engine = 'postgresql', decoding = {}, deadlineMs = 60_000 } = options;
  if (resourceArn === '' || secretArn === '') throw new ConfigurationError('resourceArn and secretArn must be given.');
  if (engine !== 'postgresql' && engine !== 'mysql') throw new ConfigurationError('engine must be postgresql or mysql.');
  if (!(deadlineMs > 0 && deadlineMs < 2 ** 31)) throw new ConfigurationError('deadlineMs must be a number of milliseconds from 1.');

  const own = options.client === undefined ? createSdkClient(options) : undefined;
  const sender: CommandSender | undefined = options.client ?? own;
  if (!sender) throw new ConfigurationError('client must be an RDSDataClient.');
  const observer = new CallObserver(options.hooks ?? {}, options.tracing ?? 'auto', engine);
  const transport = new DataApiTransport(sender, { resourceArn, secretArn, database }, observer, options.resume ?? {});
  const runner = new AutocommitRunner({ transport, engine, decoding, database, deadlineMs, logParameterValues: options.logParameterValues ?? false });

  return {
    ...createQueries(runner),
    engine,
    transaction: <T>(first: TransactionOptions | Work<T>, second?: Work<T>) => {
      const [settings, work] = optionsAndWork<TransactionOptions, T>(first, second);
      return runTransaction(() => runner.open(settings), { ...settings, alwaysRollBack: false }, work);
    },
    begin: async (settings = {}) => {
      const opened = await runner.open(settings);
      return { ...createTransaction(opened.runner), commit: () => opened.commit(), rollback: () => opened.rollback() };
    },
    readOnly: <T>(first: ReadOnlyOptions | Work<T>, second?: Work<T>) => {
      const [settings, work] = optionsAndWork<ReadOnlyOptions, T>(first, second);
      return runTransaction(() => runner.open({ ...settings, readOnly: true }), { alwaysRollBack: true }, work);
    },
    close: () => own?.destroy(),
  };
}

function createSdkClient({ region, endpoint, credentials }: DataApiClientOptions): RDSDataClient {
  return new RDSDataClient({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
}

function optionsAndWork<O extends object, T>(first: O | Work<T>, second: Work<T> | undefined): [O, Work<T>] {
  if (typeof first === 'function') return [{} as O, first as Work<T>];
  if (second === undefined) throw new ConfigurationError('A transaction needs a function.');
  return [first, second];
}
