import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalAuroraError } from '../local-aurora-error.js';
import { type Clock, systemClock } from './clock.js';
import type { Engine } from './engine.js';
import { createFaultEngine, type FaultInjector } from './faults/fault-injector.js';
import { createRequestHandler } from './http/request-handler.js';
import { type DataApiLimits, defaultDataApiLimits } from './limits.js';
import type { OperationContext } from './operations/operation-context.js';
import { createMysqlEngine } from './mysql/mysql-engine.js';
import { createPostgresEngine } from './postgres-engine.js';
import type { PostgresConnection } from './postgres-server.js';
import { type DataApiSecret, Secrets } from './secrets.js';
import { type CallCounts, ServerStats } from './server-stats.js';
import { type SessionCounts, SessionPool } from './session/session-pool.js';
import { TransactionRegistry } from './transactions/transaction-registry.js';

/** The cluster that the server answers for, unless told otherwise. */
export const defaultResourceArn = 'arn:aws:rds:us-east-1:000000000000:cluster:ask-aurora-local';
/** The secret of the administrator, unless `secrets` are given. */
export const defaultAdminSecretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:ask-aurora-local/admin-AAAAAA';

export interface LocalDataApiOptions {
  /** The PostgreSQL to serve: a running local one, or where to find another. Either this or `mysql`. */
  readonly postgres?: PostgresConnection;
  /** The MySQL or MariaDB to serve, by a `mysql://` URL. Needs the package mysql2. */
  readonly mysql?: { readonly connectionString: string };
  /** The roles that callers can become. @default one secret, `defaultAdminSecretArn`, for the role of `postgres` or `mysql` */
  readonly secrets?: readonly DataApiSecret[];
  /** @default defaultResourceArn */
  readonly resourceArn?: string;
  /** @default a free one */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: '127.0.0.1';
  /** Limits that are not to be the service's. */
  readonly limits?: Partial<DataApiLimits>;
  /** Serves `/_ask-aurora/faults`, through which a test in another process injects faults. @default false */
  readonly faultControl?: boolean;
  /** Refuses calls signed in another name, which keeps other users of this machine out if it can't be guessed. @default any access key id may call */
  readonly accessKeyId?: string;
  /** Time, for tests of what takes minutes. @default systemClock */
  readonly clock?: Clock;
  /** Chance, for faults with a probability: from 0 up to, not including, 1. @default Math.random */
  readonly random?: () => number;
  /** Is told of faults of the server itself, which callers see as InternalFailure. @default a process warning */
  readonly onFault?: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

/** What the server holds at the moment, and has done since its start. */
export interface LocalDataApiStats extends CallCounts {
  readonly sessions: SessionCounts;
  readonly transactions: number;
}

export interface LocalDataApi {
  /** Where clients send their calls, such as `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  readonly port: number;
  readonly resourceArn: string;
  readonly secretArns: readonly string[];
  readonly faults: FaultInjector;
  stats(): LocalDataApiStats;
  /** Ends all calls, rolls all transactions back and closes all sessions. */
  stop(): Promise<void>;
}

/** Longer than any client keeps an idle connection, so that none is cut while a request is on its way. */
const keepAliveMs = 120_000;

/**
 * Serves the RDS Data API on localhost over a real PostgreSQL, or over a MySQL of yours.
 *
 * @example
 * const postgres = await startLocalPostgres({});
 * const dataApi = await startLocalDataApi({ postgres });
 * const client = new RDSDataClient({ endpoint: dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
 *
 * @throws {LocalAuroraError} `invalid-option`, `driver-missing`, `port-in-use` or `aborted`
 */
export async function startLocalDataApi(options: LocalDataApiOptions): Promise<LocalDataApi> {
  const { clock = systemClock, resourceArn = defaultResourceArn, random = Math.random, signal } = options;
  if (signal?.aborted) throw new LocalAuroraError('aborted', 'Aborted by the caller: starting the Data API.', { cause: signal.reason });
  const engine = await createEngine(options);
  const secrets = options.secrets ?? [{ arn: defaultAdminSecretArn, user: engine.user, password: engine.password }];
  const limits: DataApiLimits = { ...defaultDataApiLimits, ...options.limits };
  const stats = new ServerStats();
  const faults = createFaultEngine({ clock, random, resourceArn });
  const pool = new SessionPool({ open: (target) => engine.open(target), clock, sessions: limits.sessions, sessionWaitMs: limits.sessionWaitMs });
  const release = pool.release.bind(pool);
  const transactions = new TransactionRegistry({ clock, idleMs: limits.transactionIdleMs, lifetimeMs: limits.transactionMs, release });
  const context: OperationContext = { clock, engine, limits, resourceArn, secrets: new Secrets(secrets, engine), pool, transactions };
  const handle = createRequestHandler({ context, faults, stats, faultControl: options.faultControl ?? false, accessKeyId: options.accessKeyId, onFault: options.onFault ?? warn });
  const http = createServer({ keepAliveTimeout: keepAliveMs, noDelay: true }, (request, response) => void handle(request, response));
  const port = await listen(http, options.port ?? 0, options.host ?? '127.0.0.1');

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    signal?.removeEventListener('abort', onAbort);
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    http.closeIdleConnections();
    transactions.clear();
    await pool.close();
    http.closeAllConnections();
    await closed;
  };
  const onAbort = () => void (stopping ??= stop());
  signal?.addEventListener('abort', onAbort, { once: true });

  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    resourceArn,
    secretArns: secrets.map(({ arn }) => arn),
    faults,
    stats: () => ({ ...stats.counts(), sessions: pool.counts(), transactions: transactions.size }),
    stop: () => (stopping ??= stop()),
  };
}

async function createEngine({ postgres, mysql }: LocalDataApiOptions): Promise<Engine> {
  if (postgres && !mysql) return createPostgresEngine(postgres);
  if (mysql && !postgres) return createMysqlEngine(mysql.connectionString);
  throw new LocalAuroraError('invalid-option', 'Say which database to serve: either postgres or mysql.');
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' ? new LocalAuroraError('port-in-use', `Port ${port} is in use; choose another, or 0 for a free one.`, { cause }) : cause);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
