import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackCatalogue } from './attack-catalogue.js';
import { attackEffect, type Effect } from './attack-effect.js';
import { startAttackServer, type AttackServer } from './attack-server.js';
import { durableState, type DurableState } from './state-oracle.js';

const versions = (process.env.ASK_AURORA_GUARD_SERVERS ?? '17').split(',').map(Number) as (16 | 17 | 18)[];
const tables = ['orders', 'customers', 'partial', 'notes', 'secrets', '"Orders"', 'vault.keys', 'order_totals', 'audit_trail'];
// Answered before the postmaster has passed the signal on, so that the effect comes later than the answer.
const signalsServer = new Set(['function/pg_reload_conf']);
// Whether a statement runs out of time or only computes depends on how busy the machine is; the other harm does not.
const certain = new Set<Effect>(['reads-secret', 'changes-state', 'takes-lock']);
const record = process.env.ASK_AURORA_RECORD === '1';

async function stateAfterSignal(observer: pg.ClientBase, before: DurableState): Promise<DurableState> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const state = await durableState(observer, tables);
    if (state.server !== before.server || Date.now() > deadline) return state;
    await setTimeout(20);
  }
}

describe.each(versions)('what the attacks would do to an unguarded PostgreSQL %i', (version) => {
  let server: AttackServer;
  beforeAll(async () => {
    server = await startAttackServer(version);
  }, 60_000);
  afterAll(() => server.stop());

  it('is what was recorded, and includes every kind of harm', async () => {
    const file = new URL(`../../attacks/effects-${String(version)}.json`, import.meta.url);
    const recorded = record || !existsSync(file) ? {} : (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Effect>);
    const effects: Record<string, Effect> = {};
    let [client, observer] = await Promise.all([server.connect(), server.connect()]);
    let untouched = await durableState(observer, tables);
    const unreadable = { server: '', database: 'unreadable' };
    for (const { id, sql } of attackCatalogue()) {
      const run = sql.startsWith('SELECT') && id.startsWith('exhaustion/') ? `SELECT max(length(q::text)) FROM (${sql}) q` : sql;
      let effect = await attackEffect(client, run);
      // On a busy machine an attack may need more than its time for the same harm.
      if (effect === 'too-slow' && certain.has(recorded[id] ?? effect)) effect = await attackEffect(client, run, 10_000);
      await client.query('ROLLBACK').then(() => client.query('DISCARD ALL')).catch(() => undefined);
      let state = await (signalsServer.has(id) ? stateAfterSignal(observer, untouched) : durableState(observer, tables)).catch(() => unreadable);
      if (state.server !== untouched.server || state.database !== untouched.database) {
        if (effect !== 'reads-secret') effect = 'changes-state';
        // Most of these only advanced the sequence, which is cheaper to put back than the database.
        await observer.query("SELECT setval('counter', 1, false)").catch(() => undefined);
        state = await durableState(observer, tables).catch(() => unreadable);
        if (state.database !== untouched.database) {
          await Promise.all([client.end().catch(() => undefined), observer.end().catch(() => undefined)]);
          await server.restore();
          [client, observer] = await Promise.all([server.connect(), server.connect()]);
        }
        untouched = await durableState(observer, tables);
      }
      effects[id] = effect;
    }
    await Promise.all([client.end(), observer.end()]);
    if (Object.keys(recorded).length === 0) {
      writeFileSync(file, `${JSON.stringify(effects, null, 1)}\n`);
      Object.assign(recorded, effects);
    }
    expect(Object.keys(effects).sort()).toEqual(Object.keys(recorded).sort());
    const harm = (all: Record<string, Effect>): readonly string[] => Object.entries(all).filter(([, effect]) => certain.has(effect)).map(([id, effect]) => `${id}: ${effect}`);
    expect(harm(effects)).toEqual(harm(recorded));
    const kinds = new Set(Object.values(effects));
    for (const kind of ['reads-secret', 'changes-state', 'takes-lock', 'too-slow', 'too-large', 'reveals-or-computes']) expect(kinds).toContain(kind);
  }, 600_000);
});
