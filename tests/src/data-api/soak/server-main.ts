import { startLocalDataApi, startLocalPostgres } from '@ask-aurora/local-aurora';
import { faultsOf } from './fault-mix.js';
import { seededRandom } from './seeded-random.js';
import type { ServerCommand, ServerSample } from './server-process.js';

const mebibyte = 1024 * 1024;
const resumingMs = 250;

const postgres = await startLocalPostgres({ settings: { fsync: 'off' } });
// A transaction whose BeginTransaction was answered into a dropped connection is known to nobody; it may stay for 2 s here.
const dataApi = await startLocalDataApi({ postgres, random: seededRandom(7), limits: { transactionIdleMs: 2_000 } });
const injected: { readonly kind: string; readonly rule: { readonly hits: number } }[] = [];

const commands: Readonly<Record<ServerCommand, () => unknown>> = {
  'inject-faults': () => {
    for (const rule of faultsOf(Number(process.argv[2] ?? 1))) injected.push({ kind: rule.fault.kind, rule: dataApi.faults.inject(rule) });
    return true;
  },
  resume: () => {
    injected.push({ kind: 'resuming', rule: dataApi.faults.resumeFor(resumingMs) });
    return true;
  },
  'clear-faults': () => {
    dataApi.faults.clear();
    return true;
  },
  sample,
  'stop-data-api': () => dataApi.stop().then(() => true),
  stop: async () => {
    await dataApi.stop();
    await postgres.stop();
    return true;
  },
};

function sample(): ServerSample {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const { sessions, transactions, calls } = dataApi.stats();
  const faults: Record<string, number> = {};
  for (const { kind, rule } of injected) faults[kind] = (faults[kind] ?? 0) + rule.hits;
  return {
    heapMiB: heapUsed / mebibyte,
    rssMiB: rss / mebibyte,
    openTransactions: transactions,
    openSessions: sessions.open,
    idleSessions: sessions.idle,
    waitingCalls: sessions.waiting,
    calls,
    faults,
  };
}

process.on('message', (command: ServerCommand) => {
  void Promise.resolve(commands[command]()).then((answer) => {
    process.send?.(answer, () => {
      if (command === 'stop') process.exit(0);
    });
  });
});
process.on('disconnect', () => void Promise.resolve(commands.stop()).finally(() => process.exit(1)));

process.send?.({ endpoint: dataApi.endpoint, resourceArn: dataApi.resourceArn, secretArn: dataApi.secretArns[0], connectionString: postgres.connectionString() });
