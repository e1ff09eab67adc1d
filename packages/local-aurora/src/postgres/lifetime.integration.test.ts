import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { eventually } from '../../test-support/eventually.js';
import { isRunning } from '../../test-support/is-running.js';
import { query } from '../../test-support/query.js';
import { type Owner, spawnOwner } from '../../test-support/spawn-owner.js';
import { temporaryDirectories } from '../../test-support/temporary-directory.js';
import { findRunUser } from './run-user.js';
import { findServers } from './server-process.js';
import { startLocalPostgres } from './start-local-postgres.js';

const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

const temporaryDirectory = temporaryDirectories();
const newDirectory = () => join(temporaryDirectory(), 'data');

async function startOwner(...parameters: Parameters<typeof spawnOwner>): Promise<{ owner: Owner; pid: number; dataDirectory: string; url: string }> {
  const owner = spawnOwner(...parameters);
  cleanUp.push(() => void owner.process.kill('SIGKILL'));
  const report = await owner.report;
  if (report.pid === undefined || !report.dataDirectory || !report.url) throw new Error(`${report.code}: ${report.message}`);
  return { owner, pid: report.pid, dataDirectory: report.dataDirectory, url: report.url };
}

describe.skipIf(process.platform === 'win32')('no server outlives its owner', () => {
  test.each([
    ['SIGKILL', 'shell'],
    ['SIGTERM', 'shell'],
    ['SIGINT', 'shell'],
    ['SIGHUP', 'shell'],
    ['SIGKILL', 'node'],
  ] as const)('killed by %s (%s supervisor)', async (signal, supervisor) => {
    const { owner, pid, dataDirectory } = await startOwner({ supervisor }, 'hang');
    expect(isRunning(pid)).toBe(true);
    owner.process.kill(signal);
    await owner.exited;
    expect(await eventually(() => !isRunning(pid))).toBe(true);
    expect(await eventually(() => !existsSync(dataDirectory))).toBe(true);
  });

  test('an owner that returns without stopping it ends, and so does its server', async () => {
    const { owner, pid, dataDirectory } = await startOwner({}, 'return');
    await owner.exited;
    expect(owner.process.exitCode).toBe(0);
    expect(await eventually(() => !isRunning(pid))).toBe(true);
    expect(await eventually(() => !existsSync(dataDirectory))).toBe(true);
  });

  test('killed while initdb runs', async () => {
    const dataDirectory = newDirectory();
    const owner = spawnOwner({ dataDirectory }, 'hang');
    const partial = () => (existsSync(dataDirectory) ? readPartial(dataDirectory) : undefined);
    expect(await eventually(() => partial() !== undefined)).toBe(true);
    owner.process.kill('SIGKILL');
    await owner.exited;
    const server = await startLocalPostgres({ dataDirectory });
    await server.stop();
    expect(await eventually(() => partial() === undefined)).toBe(true);
  });

  test('killed while initdb makes a temporary cluster', async () => {
    const temporary = temporaryDirectory();
    chmodSync(temporary, 0o1777);
    const owner = spawnOwner({}, 'hang', { env: { TMPDIR: temporary } });
    const entries = () => readdirSync(temporary).filter((name) => name.startsWith('ask-aurora-'));
    expect(await eventually(() => entries().some((name) => existsSync(join(temporary, name, 'initdb.log'))))).toBe(true);
    await delay(50);
    owner.process.kill('SIGKILL');
    await owner.exited;
    expect(await eventually(() => entries().length === 0)).toBe(true);
  });
});

describe.skipIf(process.platform === 'win32')('a crashed owner\'s data directory', () => {
  test('is taken over after SIGKILL, with every committed row', async () => {
    const dataDirectory = newDirectory();
    const { owner, url } = await startOwner({ dataDirectory }, 'hang');
    await query(url, 'create table kept as select n from generate_series(1, 1000) n');
    owner.process.kill('SIGKILL');
    await owner.exited;
    const server = await startLocalPostgres({ dataDirectory });
    cleanUp.push(() => server.stop());
    expect(await query(server.connectionString(), 'select count(*)::int as count from kept')).toEqual([{ count: 1000 }]);
  });

  test.skipIf(process.platform !== 'linux')('is taken over even when the supervisor was killed and the server lives on', async () => {
    const dataDirectory = newDirectory();
    const { owner, pid, url } = await startOwner({ dataDirectory }, 'hang');
    await query(url, 'create table kept as select 1 as one');
    process.kill(parentOf(pid), 'SIGKILL');
    owner.process.kill('SIGKILL');
    await owner.exited;
    expect(isRunning(pid)).toBe(true);

    const server = await startLocalPostgres({ dataDirectory });
    cleanUp.push(() => server.stop());
    expect(server.pid).not.toBe(pid);
    expect(await findServers(join(dataDirectory, 'instance', 'cluster'))).not.toContain(pid);
    expect(await query(server.connectionString(), 'select one from kept')).toEqual([{ one: 1 }]);
  });

  test('is recovered after the server itself was killed', async () => {
    const dataDirectory = newDirectory();
    const first = await startLocalPostgres({ dataDirectory });
    await query(first.connectionString(), 'create table kept as select 1 as one');
    process.kill(first.pid, 'SIGKILL');
    await eventually(() => !isRunning(first.pid));
    await first.stop();
    expect(existsSync(join(dataDirectory, 'instance', 'cluster', 'postmaster.pid'))).toBe(true);
    const second = await startLocalPostgres({ dataDirectory });
    cleanUp.push(() => second.stop());
    expect(await query(second.connectionString(), 'select one from kept')).toEqual([{ one: 1 }]);
  });

  test('a pid file that names another living process costs that process nothing', async () => {
    const dataDirectory = newDirectory();
    await (await startLocalPostgres({ dataDirectory })).stop();
    const user = await findRunUser();
    const bystander = spawn('sleep', ['60'], user?.change ? { uid: user.uid, gid: user.gid } : {});
    cleanUp.push(() => void bystander.kill());
    const file = join(dataDirectory, 'instance', 'cluster', 'postmaster.pid');
    writeFileSync(file, `${bystander.pid}\n${join(dataDirectory, 'instance', 'cluster')}\n1700000000\n5432\n\n127.0.0.1\n\nready   \n`);
    const server = await startLocalPostgres({ dataDirectory });
    cleanUp.push(() => server.stop());
    expect(bystander.exitCode).toBeNull();
    expect(isRunning(bystander.pid!)).toBe(true);
    expect(await query(server.connectionString(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a half-made cluster is made anew', async () => {
    const dataDirectory = newDirectory();
    mkdirSync(join(dataDirectory, '.partial-abc', 'cluster'), { recursive: true });
    mkdirSync(join(dataDirectory, 'instance', 'cluster'), { recursive: true });
    writeFileSync(join(dataDirectory, 'instance', 'cluster', 'PG_VERSION'), '17\n');
    const server = await startLocalPostgres({ dataDirectory });
    cleanUp.push(() => server.stop());
    expect(existsSync(join(dataDirectory, '.partial-abc'))).toBe(false);
    expect(await query(server.connectionString(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('two owners of one data directory', () => {
  test('the second is told who holds it, and the first is not disturbed', async () => {
    const dataDirectory = newDirectory();
    const { owner, url } = await startOwner({ dataDirectory }, 'hang');
    await expect(startLocalPostgres({ dataDirectory, deadlineMs: 3_000 })).rejects.toMatchObject({
      code: 'data-directory-in-use',
      message: expect.stringContaining(`process ${owner.process.pid}`),
    });
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('the second waits for a short-lived first', async () => {
    const dataDirectory = newDirectory();
    const first = await startLocalPostgres({ dataDirectory });
    const second = startLocalPostgres({ dataDirectory });
    await query(first.connectionString(), 'create table kept as select 1 as one');
    await first.stop();
    const server = await second;
    cleanUp.push(() => server.stop());
    expect(await query(server.connectionString(), 'select one from kept')).toEqual([{ one: 1 }]);
  });

  test('started in the same moment on an empty directory, all get their turn', async () => {
    const dataDirectory = newDirectory();
    const owners = Array.from({ length: 3 }, () => spawnOwner({ dataDirectory }, 'stop'));
    const reports = await Promise.all(owners.map(({ report }) => report));
    expect(reports.map(({ code }) => code)).toEqual([undefined, undefined, undefined]);
    await Promise.all(owners.map(({ exited }) => exited));
  });
});

describe.skipIf(process.getuid?.() !== 0)('when root runs the tests', () => {
  test('an ordinary user with an empty home directory starts a server, too', async () => {
    const user = await findRunUser();
    const home = temporaryDirectory();
    chownSync(home, user!.uid, user!.gid);
    const { owner, url, pid } = await startOwner({}, 'hang', { uid: user!.uid, gid: user!.gid, env: { HOME: home }, cwd: '/' });
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(new RegExp(`^Uid:\\s+${user?.uid}\\b`, 'm'));
    owner.process.kill('SIGKILL');
    expect(await eventually(() => !isRunning(pid))).toBe(true);
  });

  test('root\'s own server runs as somebody else', async () => {
    const server = await startLocalPostgres();
    cleanUp.push(() => server.stop());
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).not.toMatch(/^Uid:\s+0\b/m);
    expect(readFileSync(`/proc/${server.pid}/status`, 'utf8')).toMatch(/^Groups:\s*(\d+\s*)?$/m);
  });

  test('a data directory that user can not reach is refused with a way out', async () => {
    const parent = temporaryDirectory();
    chmodSync(parent, 0o700);
    await expect(startLocalPostgres({ dataDirectory: join(parent, 'data') })).rejects.toMatchObject({ code: 'data-directory-unreachable', message: expect.stringContaining('/var/cache') });
  });
});

function readPartial(directory: string): string | undefined {
  return readdirSync(directory).find((name) => name.startsWith('.partial-'));
}

function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
