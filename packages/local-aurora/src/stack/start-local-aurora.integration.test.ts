import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { BeginTransactionCommand, ExecuteStatementCommand, RDSDataClient, RollbackTransactionCommand } from '@aws-sdk/client-rds-data';
import { afterEach, describe, expect, test } from 'vitest';
import { eventually } from '../../test-support/eventually.js';
import { isRunning } from '../../test-support/is-running.js';
import { query } from '../../test-support/query.js';
import { sourceProgram } from '../../test-support/source-program.js';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { identifyProcess } from '../postgres/process-identity.js';
import type { LocalAurora } from './local-aurora.js';
import { type StartLocalAuroraOptions, startLocalAurora } from './start-local-aurora.js';

const temporaryDirectory = temporaryDirectories();
const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function start(options: StartLocalAuroraOptions): Promise<LocalAurora> {
  const aurora = await startLocalAurora(options);
  cleanUp.push(() => aurora.stop());
  return aurora;
}

function sdk(aurora: LocalAurora, secretArn: string, database = 'university') {
  const { AWS_ENDPOINT_URL_RDS_DATA: endpoint = '', AWS_REGION: region = '', AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = aurora.environment;
  const client = new RDSDataClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });
  cleanUp.push(() => client.destroy());
  const target = { resourceArn: aurora.resourceArn, secretArn, database };
  return {
    execute: (sql: string, transactionId?: string) => client.send(new ExecuteStatementCommand({ ...target, sql, ...(transactionId === undefined ? {} : { transactionId }) })),
    begin: async () => (await client.send(new BeginTransactionCommand(target))).transactionId ?? '',
    rollback: (transactionId: string) => client.send(new RollbackTransactionCommand({ resourceArn: aurora.resourceArn, secretArn, transactionId })),
  };
}

/** A process that starts a stack, prints its endpoint and process id, and stays until it is killed. */
async function startElsewhere(options: StartLocalAuroraOptions) {
  const { command, args, environment } = sourceProgram(`
    const { startLocalAurora } = await import(${JSON.stringify(new URL('./start-local-aurora.ts', import.meta.url).href)});
    const aurora = await startLocalAurora(${JSON.stringify(options)});
    process.stdout.write(JSON.stringify({ endpoint: aurora.dataApi.endpoint, pid: aurora.postgres.pid }) + '\\n');
    process.on('SIGTERM', async () => { await aurora.stop(); process.exit(0); });
    setInterval(() => undefined, 1000);
  `);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: environment });
  cleanUp.push(() => void child.kill('SIGKILL'));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const report = await new Promise<{ endpoint: string; pid: number }>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(JSON.parse(line.toString())));
    child.once('exit', (code, signal) => reject(new Error(`ended: ${code ?? signal}`)));
  });
  return { child, exited, ...report };
}

const denied = { message: expect.stringMatching(/SQLState: 42501/) };

test('both samples answer the SDK; the read-only secret reads, and the admin secret writes but is no superuser', async () => {
  const aurora = await start({ ephemeral: true });
  expect(aurora.databases).toEqual(['university', 'sales']);
  const reader = sdk(aurora, aurora.readOnlySecretArn);
  expect((await reader.execute('SELECT count(*) FROM academics.students')).records).toEqual([[{ longValue: 640 }]]);
  expect((await reader.execute('SELECT count(*) FROM research.projects')).records).toEqual([[{ longValue: 36 }]]);
  expect((await sdk(aurora, aurora.readOnlySecretArn, 'sales').execute('SELECT count(*) FROM orders')).records).toEqual([[{ longValue: 21_106 }]]);

  const transaction = await reader.begin();
  await reader.execute('SET TRANSACTION READ WRITE', transaction);
  await expect(reader.execute('DELETE FROM academics.enrollments', transaction)).rejects.toMatchObject(denied);
  await reader.rollback(transaction);
  await expect(reader.execute('SELECT * FROM pg_authid')).rejects.toMatchObject(denied);

  const admin = sdk(aurora, aurora.adminSecretArn);
  expect((await admin.execute("UPDATE academics.departments SET established = 1909 WHERE code = 'PHIL'")).numberOfRecordsUpdated).toBe(1);
  await admin.execute('CREATE TABLE academics.rooms (room_id integer)');
  expect((await reader.execute('SELECT count(*) FROM academics.rooms')).records).toEqual([[{ longValue: 0 }]]);
  for (const sql of ["COPY (SELECT 1) TO PROGRAM 'cat'", "SELECT pg_read_file('PG_VERSION')", 'ALTER ROLE aurora_admin SUPERUSER', 'SET ROLE postgres']) {
    await expect(admin.execute(sql), sql).rejects.toMatchObject(denied);
  }
});

describe('a kept data directory', () => {
  test('is filled once, and private; a second start makes nothing anew and finds what was changed', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    const phases: string[] = [];
    const first = await startLocalAurora({ dataDirectory, onProgress: ({ phase }) => phases.push(phase) });
    await query(first.postgres.connectionString({ database: 'sales' }), "UPDATE sales.products SET name = 'Renamed' WHERE product_id = 1");
    await first.stop();
    await first.stop();
    expect(phases).toEqual(['binaries', 'lock', 'initialize', 'start', 'ready', 'roles', 'seed', 'seed', 'roles', 'data-api']);
    for (const name of ['setup.json', 'server.log', join('instance', 'instance.json')]) expect(statSync(join(dataDirectory, name)).mode & 0o077, name).toBe(0);

    const again: string[] = [];
    const second = await start({ dataDirectory, onProgress: ({ phase }) => again.push(phase) });
    // Neither initdb nor roles nor samples: what is left takes a fifth of a second.
    expect(again).toEqual(['binaries', 'lock', 'start', 'ready', 'data-api']);
    const reader = sdk(second, second.readOnlySecretArn, 'sales');
    expect((await reader.execute('SELECT name FROM sales.products WHERE product_id = 1')).records).toEqual([[{ stringValue: 'Renamed' }]]);
  });

  test('left half filled by a crash is filled at the next start', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    const controller = new AbortController();
    const aborted = startLocalAurora({ dataDirectory, samples: ['university'], signal: controller.signal, onProgress: ({ phase }) => phase === 'seed' && controller.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    expect(existsSync(join(dataDirectory, 'setup.json'))).toBe(false);
    expect(existsSync(join(dataDirectory, 'lock'))).toBe(false);
    const aurora = await start({ dataDirectory, samples: ['university'] });
    expect((await sdk(aurora, aurora.readOnlySecretArn).execute('SELECT count(*) FROM academics.students')).records).toEqual([[{ longValue: 640 }]]);
  });

  test('gains a sample, or another anchor, without losing its roles', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    await (await startLocalAurora({ dataDirectory, samples: ['university'] })).stop();
    await (await startLocalAurora({ dataDirectory, samples: ['sales'] })).stop();
    const aurora = await start({ dataDirectory, anchor: '2030-01-01', samples: ['university'] });
    expect((await sdk(aurora, aurora.readOnlySecretArn).execute('SELECT max(enrolled_on)::text FROM academics.enrollments')).records?.[0]?.[0]?.stringValue).toMatch(/^2029-/);
    expect(JSON.parse(readFileSync(join(dataDirectory, 'setup.json'), 'utf8'))).toMatchObject({ anchor: '2030-01-01', samples: ['university'] });
  });
});

describe('another process on the same data directory', () => {
  test('that shares its stack is attached to, and lives on when this one stops', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    const other = await startElsewhere({ dataDirectory, share: true, samples: ['university'] });
    const phases: string[] = [];
    const aurora = await start({ dataDirectory, samples: ['university'], onProgress: ({ phase }) => phases.push(phase) });
    expect(aurora.attached).toBe(true);
    expect(phases).toEqual(['attach']);
    expect(aurora.dataApi.endpoint).toBe(other.endpoint);
    expect((await sdk(aurora, aurora.readOnlySecretArn).execute('SELECT count(*) FROM academics.departments')).records).toEqual([[{ longValue: 12 }]]);
    expect(await query(aurora.postgres.connectionString({ database: 'university' }), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(() => aurora.dataApi.stats()).toThrow(expect.objectContaining({ code: 'stack-unavailable' }));
    await aurora.stop();
    expect(isRunning(other.pid)).toBe(true);
    await expect(startLocalAurora({ dataDirectory, samples: ['sales'] })).rejects.toMatchObject({ code: 'stack-unavailable', message: expect.stringContaining(`Process ${other.child.pid}`) });

    other.child.kill('SIGTERM');
    await other.exited;
    expect(existsSync(join(dataDirectory, 'stack.json'))).toBe(false);
  });

  test('that shared its stack and crashed is replaced', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    const other = await startElsewhere({ dataDirectory, share: true, samples: ['university'] });
    other.child.kill('SIGKILL');
    await other.exited;
    expect(existsSync(join(dataDirectory, 'stack.json'))).toBe(true);
    const aurora = await start({ dataDirectory, samples: ['university'] });
    expect(aurora.attached).toBe(false);
    expect(await eventually(() => !isRunning(other.pid))).toBe(true);
  });

  test('that does not share is waited for, up to the deadline', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    const first = await startLocalAurora({ dataDirectory, samples: ['university'] });
    const phases: string[] = [];
    const impatient = startLocalAurora({ dataDirectory, samples: ['university'], deadlineMs: 3_000, onProgress: ({ phase }) => phases.push(phase) });
    await expect(impatient).rejects.toMatchObject({ code: 'data-directory-in-use', message: expect.stringContaining(`process ${process.pid}`) });
    expect(phases).toEqual(['binaries', 'lock']);
    const second = startLocalAurora({ dataDirectory, samples: ['university'] });
    await first.stop();
    cleanUp.push(async () => (await second).stop());
    expect((await second).attached).toBe(false);
  });

  test('is not believed when only its note is left and its port has been given to another program', async () => {
    const dataDirectory = join(temporaryDirectory(), 'data');
    await (await startLocalAurora({ dataDirectory, samples: ['university'] })).stop();
    const stranger = createServer((_, response) => response.end('{"status":"ok","resourceArn":"another"}'));
    const port = await new Promise<number>((resolve) => stranger.listen(0, '127.0.0.1', () => resolve((stranger.address() as { port: number }).port)));
    cleanUp.push(() => void stranger.close());
    writeFileSync(
      join(dataDirectory, 'stack.json'),
      JSON.stringify({ format: 1, owner: await identifyProcess(process.pid), endpoint: `http://127.0.0.1:${port}`, resourceArn: 'arn', postgres: { version: 17, port: 1, pid: 1 }, databases: ['university'], anchor: '2025-01-01' }),
    );
    expect((await start({ dataDirectory, samples: ['university'] })).attached).toBe(false);
  });
});

test('Ctrl-C at the process that runs it leaves no PostgreSQL behind', async () => {
  const { child, pid, exited } = await startElsewhere({ dataDirectory: join(temporaryDirectory(), 'data'), samples: ['university'] });
  child.kill('SIGINT');
  await exited;
  expect(await eventually(() => !isRunning(pid))).toBe(true);
});

test.each<StartLocalAuroraOptions>([{ samples: ['zoo' as never] }, { samples: [] }, { anchor: 'today' }, { ephemeral: true, dataDirectory: '/tmp/x' }, { ephemeral: true, share: true }])('%o is refused', async (options) => {
  await expect(startLocalAurora(options)).rejects.toMatchObject({ code: 'invalid-option' });
});
