import { beforeAll, describe, expect, test } from 'vitest';
import { runSoak, type SoakReport } from './run-soak.js';

let report: SoakReport;
beforeAll(async () => {
  report = await runSoak({ clients: 40, statements: 2_000 });
}, 240_000);

describe('40 clients and 2,000 statements while calls fail', () => {
  test('met every kind of fault', () => {
    expect(Object.keys(report.after.faults).sort()).toEqual(['drop-after', 'drop-before', 'error', 'latency', 'resuming', 'statement-timeout', 'throttling']);
    for (const kind of ['drop-after', 'drop-before', 'error', 'resuming']) expect(report.after.faults[kind]).toBeGreaterThan(0);
    expect(report.ledger.unknown).toBeGreaterThan(0);
  });

  test('lost no write, doubled none, and none took effect that was reported not to', () => {
    expect(report.ledger).toMatchObject({ lost: 0, doubled: 0, phantom: 0 });
    expect(report.ledger.done).toBeGreaterThan(500);
    expect(report.countersWrong).toBe(0);
  });

  test('left no transaction, no busy session and, after the stop, no connection', () => {
    expect(report.after).toMatchObject({ openTransactions: 0, waitingCalls: 0, idleSessions: report.after.openSessions });
    expect(report.connections).toMatchObject({ inTransaction: 0, afterStop: 0 });
  });
});

test('the run finds the doubled writes of clients that repeat what may have run', async () => {
  const { ledger } = await runSoak({ clients: 10, statements: 400, faultFactor: 10, claimIdempotent: true });
  expect(ledger.doubled).toBeGreaterThan(0);
}, 240_000);
