import type { LocalDataApiOptions } from '@ask-aurora/local-aurora';
import { inject } from 'vitest';
import { useLocalDataApi, type TestDataApi } from './local-data-api.js';

/** Whether there is a MySQL to test against. */
export const hasMysql = inject('mysqlUrl') !== null;

/** A Data API over a new database of a real MySQL or MariaDB, for the tests of one file: they are to be skipped without one. */
export function useMysqlDataApi(options: Partial<LocalDataApiOptions> = {}): TestDataApi {
  return hasMysql ? useLocalDataApi(options, 'mysql') : ({} as TestDataApi);
}
