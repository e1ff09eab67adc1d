import { describe, expect, test } from 'vitest';
import { findMysql } from './find-mysql.js';
import { startInstalledMysql } from './start-installed-mysql.js';

const present = (await findMysql()) !== undefined;

describe.skipIf(!present)('startInstalledMysql', () => {
  test('serves on loopback with a password, and leaves nothing when it stops', async () => {
    const mysql = await startInstalledMysql();
    const url = new URL(mysql!.connectionString);
    expect([url.hostname, decodeURIComponent(url.password).length > 20]).toEqual(['127.0.0.1', true]);
    const { createConnection } = await import('mysql2');
    const { createConnection: connect } = await import('mysql2/promise');
    const session = await connect({ uri: mysql!.connectionString });
    const [listening] = await session.query("select plugin_name from information_schema.plugins where plugin_name = 'mysqlx' and plugin_status = 'ACTIVE'");
    expect(listening, 'a second port, on every address').toEqual([]);
    await session.end();
    await mysql!.stop();
    const refused = await new Promise<NodeJS.ErrnoException | null>((resolve) => createConnection({ uri: mysql!.connectionString }).on('error', () => undefined).connect(resolve));
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('gives up when its signal fires', async () => {
    await expect(startInstalledMysql({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });
});

test('a directory without a server is no server', async () => {
  expect(await findMysql('/nonexistent')).toEqual(present ? expect.anything() : undefined);
});
