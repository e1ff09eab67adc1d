import { setTimeout as delay } from 'node:timers/promises';
import { createDataApiClient } from '@ask-aurora/data-api-client';
import pg from 'pg';
import { judgeLedger, type Known, ledgerSchema, type LedgerVerdict } from './ledger.js';
import { seededRandom } from './seeded-random.js';
import { type ServerProcess, type ServerSample, startServerProcess } from './server-process.js';
import { runSoakClient } from './soak-client.js';

export interface SoakOptions {
  readonly clients: number;
  readonly statements: number;
  /** Makes the clients repeat writes that may have run, to see that the run finds it. @default false */
  readonly claimIdempotent?: boolean;
  /** How many times as likely each fault is. @default 1 */
  readonly faultFactor?: number;
  readonly onProgress?: (done: number, sample: ServerSample) => void;
}

export interface SoakReport {
  readonly clients: number;
  readonly statements: number;
  readonly seconds: number;
  readonly ledger: LedgerVerdict;
  /** Clients whose counter stands outside of what they know. */
  readonly countersWrong: number;
  /** The server after the run, once transactions that nobody knows have expired. */
  readonly after: ServerSample;
  /** Connections of the server to PostgreSQL, after the run and after its stop. */
  readonly connections: { readonly afterRun: number; readonly inTransaction: number; readonly afterStop: number };
  /** The server after each tenth of the run. */
  readonly samples: readonly ServerSample[];
}

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const tenths = 10;

/** Lets many clients work at once while calls fail, then holds what they know against what PostgreSQL has. */
export async function runSoak({ clients, statements, claimIdempotent = false, faultFactor = 1, onProgress }: SoakOptions): Promise<SoakReport> {
  const server = await startServerProcess(faultFactor);
  const admin = new pg.Client({ connectionString: server.connectionString });
  admin.on('error', () => undefined);
  try {
    await admin.connect();
    for (const statement of ledgerSchema) await admin.query(statement);
    await admin.query('insert into counter (client) select generate_series(0, $1::int - 1)', [clients]);
    await server.ask('inject-faults');

    const known = new Map<number, Known>();
    const samples: ServerSample[] = [];
    let issued = 0;
    let operations = 0;
    const take = (count: number) => {
      if (issued >= statements) return false;
      issued += count;
      return true;
    };
    const nextOperation = () => {
      operations += 1;
      return operations;
    };
    const watch = async () => {
      for (let tenth = 1; tenth <= tenths; tenth += 1) {
        while (issued < (statements * tenth) / tenths) await delay(20);
        const sample = await server.ask<ServerSample>('sample');
        samples.push(sample);
        onProgress?.(issued, sample);
        if (tenth < tenths) await server.ask('resume');
      }
    };

    const started = performance.now();
    const work = Array.from({ length: clients }, async (_, id) => {
      const client = createDataApiClient({ endpoint: server.endpoint, region: 'us-east-1', credentials, resourceArn: server.resourceArn, secretArn: server.secretArn, database: 'postgres', resume: { firstWaitMs: 50 } });
      try {
        return await runSoakClient({ client, id, random: seededRandom(1_000 + id), take, nextOperation, claimIdempotent, record: (operation, state) => known.set(operation, state) });
      } finally {
        client.close();
      }
    });
    const [bounds] = await Promise.all([Promise.all(work), watch()]);
    const seconds = (performance.now() - started) / 1_000;

    await server.ask('clear-faults');
    const after = await atRest(server);
    const connections = async (condition = 'true') => Number((await admin.query<{ n: string }>(`select count(*) as n from pg_stat_activity where application_name = 'ask-aurora-data-api' and ${condition}`)).rows[0]?.n);
    const afterRun = await connections();
    const inTransaction = await settled(() => connections("state <> 'idle'"), (busy) => busy === 0);
    const ledger = await admin.query<{ operation: number; times: string }>('select operation, count(*) as times from ledger group by operation');
    const counters = await admin.query<{ client: number; hits: number }>('select client, hits from counter');
    await server.ask('stop-data-api');
    const afterStop = await settled(connections, (left) => left === 0);

    return {
      clients,
      statements: issued,
      seconds,
      ledger: judgeLedger(known, new Map(ledger.rows.map(({ operation, times }) => [operation, Number(times)]))),
      countersWrong: counters.rows.filter(({ client, hits }) => hits < (bounds[client]?.least ?? 0) || hits > (bounds[client]?.most ?? 0)).length,
      after,
      connections: { afterRun, inTransaction, afterStop },
      samples,
    };
  } finally {
    await admin.end();
    await server.stop();
  }
}

/** The server once transactions that nobody knows have expired and every session is idle, or as it is when that does not come to be. */
function atRest(server: ServerProcess): Promise<ServerSample> {
  return settled(() => server.ask<ServerSample>('sample'), ({ openTransactions, waitingCalls, idleSessions, openSessions }) => openTransactions === 0 && waitingCalls === 0 && idleSessions === openSessions);
}

const patienceMs = 30_000;

/** Looks again until it is as it should be, for half a minute; then tells how it is. */
async function settled<T>(look: () => Promise<T>, isSettled: (state: T) => boolean): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  let state = await look();
  while (!isSettled(state) && performance.now() < giveUpAt) {
    await delay(100);
    state = await look();
  }
  return state;
}
