import { existsSync, readFileSync, rmSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackCatalogue } from './attack-catalogue.js';
import { isUnread, mysqlAttackEffect, type MysqlEffect } from './mysql-attack-effect.js';
import { startMysqlAttackServer, type MysqlAttackServer } from './mysql-attack-server.js';
import { mysqlDurableState, mysqlSessionState, sameDurableState, type MysqlDurableState } from './mysql-state-oracle.js';

const record = process.env.ASK_AURORA_RECORD === '1';
const file = new URL('../../attacks/mysql/effects-9.json', import.meta.url);

/** A server, and two sessions on it: one that attacks, and one that looks. */
interface Field {
  readonly server: MysqlAttackServer;
  readonly client: Connection;
  readonly observer: Connection;
  readonly untouched: MysqlDurableState;
  readonly usual: string;
}

async function open(server: MysqlAttackServer): Promise<Field> {
  for (const name of readdirSync(server.files)) rmSync(join(server.files, name));
  // A file whose content must not come out.
  writeFileSync(join(server.files, 'passwd'), 'TOPSECRET\n', { mode: 0o644 });
  const [client, observer] = await Promise.all([server.connect({ multipleStatements: true }), server.connect({ multipleStatements: true })]);
  for (const connection of [client, observer]) connection.on('error', () => undefined);
  // What a session is after it was reset, which is not all that it was when it was opened.
  await client.reset();
  await client.query('USE shop');
  await client.query('START TRANSACTION');
  const usual = await mysqlSessionState(client);
  await client.query('COMMIT');
  return { server, client, observer, untouched: await mysqlDurableState(observer, server.files), usual };
}

async function close({ client, observer }: Field): Promise<void> {
  client.destroy();
  observer.destroy();
}

/** Puts back what an attack left. A server that can't be put back, or has ended, is replaced. */
async function restore(field: Field): Promise<Field> {
  const { server, observer, untouched } = field;
  try {
    field.client.destroy();
    const now = await mysqlDurableState(observer, server.files);
    for (const [name, value] of untouched.variables) if (now.variables.get(name) !== value) await observer.query(`SET GLOBAL ${name} = ${/^-?\d+$/.test(value) ? value : observer.escape(value)}`);
    for (const { name } of (await observer.query({ sql: "SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')", rowsAsArray: false }))[0] as { name: string }[]) await observer.query(`DROP DATABASE ${observer.escapeId(name)}`);
    await server.setUp();
    const again = await open(server);
    await observer.end();
    if (sameDurableState(again.untouched, untouched)) return again;
    await close(again);
  } catch {
    observer.destroy();
  }
  await server.stop().catch(() => undefined);
  const another = await startMysqlAttackServer();
  if (another === null) throw new Error('MySQL is gone.');
  return open(another);
}

const started = await startMysqlAttackServer();

describe.skipIf(started === null)('what the attacks would do to an unguarded MySQL', () => {
  let field: Field;
  beforeAll(async () => {
    field = await open(started as MysqlAttackServer);
  });
  afterAll(async () => {
    await close(field);
    await field.server.stop();
  });

  it('is what was recorded, and includes every kind of harm', async () => {
    const effects: Record<string, MysqlEffect> = {};
    for (const { id, sql } of attackCatalogue('mysql')) {
      const { files } = field.server;
      const here = sql.replaceAll("'/tmp/", `'${files}/`).replaceAll(/'\/etc\/passwd'|CONCAT\('\/etc', '\/passwd'\)/g, `'${join(files, 'passwd')}'`);
      let effect = await mysqlAttackEffect(field.client, field.observer, here, field.usual);
      if (!isUnread(effect, sql)) {
        const usable = await field.client.reset().then(() => field.client.query('USE shop')).then(() => true, () => false);
        const state = await mysqlDurableState(field.observer, files).catch(() => null);
        const changed = state === null || !sameDurableState(state, field.untouched);
        if (state === null) effect = 'ends-server';
        else if (changed && effect !== 'reads-secret') effect = 'changes-state';
        if (changed || !usable) field = await restore(field);
      }
      effects[id] = effect;
    }
    if (record || !existsSync(file)) writeFileSync(file, `${JSON.stringify(effects, null, 1)}\n`);
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as Record<string, MysqlEffect>;
    expect(Object.keys(effects).sort()).toEqual(Object.keys(recorded).sort());
    // Other versions know other statements, and how long one takes depends on the machine.
    if (field.server.version.startsWith('9.')) {
      const certain = new Set<MysqlEffect>(['reads-secret', 'changes-state', 'changes-session', 'ends-server']);
      const harm = (all: Record<string, MysqlEffect>): readonly string[] => Object.entries(all).filter(([, effect]) => certain.has(effect)).map(([id, effect]) => `${id}: ${effect}`);
      expect(harm(effects)).toEqual(harm(recorded));
    }
    const kinds = new Set(Object.values(effects));
    for (const kind of ['reads-secret', 'changes-state', 'changes-session', 'ends-server', 'too-slow', 'reveals-or-computes']) expect(kinds).toContain(kind);
  }, 900_000);
});
