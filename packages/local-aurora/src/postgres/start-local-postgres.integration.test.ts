import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { query } from '../../test-support/query.js';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { postgresVersions } from './postgres-version.js';
import { startLocalPostgres } from './start-local-postgres.js';

const temporaryDirectory = temporaryDirectories();

describe.each(postgresVersions)('PostgreSQL %i', (version) => {
  test('starts for those who know the password, on 127.0.0.1 alone, and leaves nothing behind', async () => {
    const server = await startLocalPostgres({ version });
    try {
      const [row] = await query(server.connectionString(), `select current_setting('server_version_num')::int / 10000 as major, current_setting('listen_addresses') as addresses,
        current_setting('unix_socket_directories') as sockets, (select rolpassword from pg_authid where rolname = current_user) as password, 'a' < 'B' as icu, current_setting('timezone') as zone`);
      expect(row).toMatchObject({ major: version, addresses: '127.0.0.1', sockets: '', icu: true, zone: 'UTC' });
      expect(row?.['password']).toMatch(/^SCRAM-SHA-256\$/);
      await expect(query(server.connectionString({ password: 'wrong' }), 'select 1')).rejects.toMatchObject({ code: '28P01' });
      await server.createDatabase('it\'s "odd"');
      await server.createDatabase('it\'s "odd"');
      expect(await query(server.connectionString({ database: 'it\'s "odd"' }), 'select current_database() as name')).toEqual([{ name: 'it\'s "odd"' }]);
    } finally {
      await server.stop();
    }
    await server.stop();
    expect(existsSync(server.dataDirectory)).toBe(false);
    await expect(query(server.connectionString(), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

test('a data directory keeps its rows and its password, which only its owner can read', async () => {
  const dataDirectory = join(temporaryDirectory(), 'data');
  const phases: string[] = [];
  const first = await startLocalPostgres({ dataDirectory, onProgress: ({ phase }) => phases.push(phase) });
  await query(first.connectionString(), 'create table kept as select 42 as answer');
  await first.stop();
  expect(phases).toEqual(['binaries', 'lock', 'initialize', 'start', 'ready']);
  expect(statSync(join(dataDirectory, 'instance', 'instance.json')).mode & 0o777).toBe(0o600);

  const again: string[] = [];
  const second = await startLocalPostgres({ dataDirectory, onProgress: ({ phase }) => again.push(phase) });
  try {
    expect(again).not.toContain('initialize');
    expect(second.adminPassword).toBe(first.adminPassword);
    expect(await query(second.connectionString(), 'select answer, current_setting($1) as fsync from kept', ['fsync'])).toEqual([{ answer: 42, fsync: 'on' }]);
  } finally {
    await second.stop();
  }
  await expect(startLocalPostgres({ dataDirectory, version: 16 })).rejects.toMatchObject({ code: 'data-directory-mismatch' });
});

test('settings reach the server, except those that would open it', async () => {
  const server = await startLocalPostgres({ settings: { autovacuum: 'off', work_mem: '8MB' } });
  try {
    expect(await query(server.connectionString(), 'select current_setting($1) as a, current_setting($2) as b', ['autovacuum', 'work_mem'])).toEqual([{ a: 'off', b: '8MB' }]);
  } finally {
    await server.stop();
  }
  for (const name of ['listen_addresses', 'Port', 'hba_file', 'a b', '--config']) {
    await expect(startLocalPostgres({ settings: { [name]: 'x' } }), name).rejects.toMatchObject({ code: 'invalid-option' });
  }
});

test('a setting PostgreSQL does not know fails with its own words', async () => {
  await expect(startLocalPostgres({ settings: { no_such_setting: '1' } })).rejects.toMatchObject({ code: 'start-failed', message: expect.stringContaining('no_such_setting') });
});

test('a port that is taken is named', async () => {
  const blocker = createServer();
  const port = await new Promise<number>((resolve) => blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as { port: number }).port)));
  try {
    await expect(startLocalPostgres({ port })).rejects.toMatchObject({ code: 'port-in-use', message: expect.stringContaining(String(port)) });
  } finally {
    blocker.close();
  }
});

test.each(['binaries', 'initialize', 'start'] as const)('an abort in phase %s stops at once and removes what was made', async (phase) => {
  const controller = new AbortController();
  const dataDirectory = join(temporaryDirectory(), 'data');
  const starting = startLocalPostgres({ dataDirectory, signal: controller.signal, onProgress: (event) => event.phase === phase && setTimeout(() => controller.abort(new Error('enough')), 5) });
  await expect(starting).rejects.toMatchObject({ code: 'aborted', cause: expect.objectContaining({ message: 'enough' }) });
  expect(existsSync(join(dataDirectory, 'lock'))).toBe(false);
  const server = await startLocalPostgres({ dataDirectory });
  await server.stop();
});

test('the deadline covers everything', async () => {
  await expect(startLocalPostgres({ deadlineMs: 50 })).rejects.toMatchObject({ code: 'deadline-exceeded' });
});

test.each([{ version: 15 as never }, { port: 70_000 }, { port: 1.5 }])('%o is refused', async (options) => {
  await expect(startLocalPostgres(options)).rejects.toMatchObject({ code: 'invalid-option' });
});

test('fifty sessions work at once', async () => {
  const server = await startLocalPostgres();
  const pool = new pg.Pool({ connectionString: server.connectionString(), max: 50 });
  pool.on('error', () => undefined);
  try {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => pool.query<{ n: number }>('select $1::int as n, pg_sleep(0.05)', [n])));
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  } finally {
    await pool.end();
    await server.stop();
  }
});
