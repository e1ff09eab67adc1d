import { afterEach, expect, test, vi } from 'vitest';
import { startLocalDataApi } from './start-local-data-api.js';

afterEach(() => {
  vi.doUnmock('mysql2');
  vi.resetModules();
});

test('without the driver, serving a MySQL fails with what to install', async () => {
  const missing = Object.assign(new Error("Cannot find package 'mysql2'"), { code: 'ERR_MODULE_NOT_FOUND' });
  vi.doMock('mysql2', () => {
    throw missing;
  });
  await expect(startLocalDataApi({ mysql: { connectionString: 'mysql://root@127.0.0.1:3306' } })).rejects.toMatchObject({
    name: 'LocalAuroraError',
    code: 'driver-missing',
    message: expect.stringContaining('npm install --save-dev mysql2') as string,
  });
});

test('with it, nothing is asked of the MySQL before the first call', async () => {
  const api = await startLocalDataApi({ mysql: { connectionString: 'mysql://root@127.0.0.1:1' } });
  expect(api.stats().sessions).toEqual({ open: 0, idle: 0, waiting: 0 });
  await api.stop();
});
