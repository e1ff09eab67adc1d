import { startInstalledMysql } from '@ask-aurora/local-aurora';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Null where there is no MySQL: npm has none, so a machine without one leaves those tests out. */
    readonly mysqlUrl: string | null;
  }
}

/** One MySQL or MariaDB for the whole test run: `ASK_AURORA_MYSQL_URL`, or the one that is installed. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['ASK_AURORA_MYSQL_URL'];
  const mysql = given === undefined ? await startInstalledMysql() : undefined;
  project.provide('mysqlUrl', given ?? mysql?.connectionString ?? null);
  if (given === undefined && mysql === undefined) process.stderr.write('Tests against a running MySQL are skipped: set ASK_AURORA_MYSQL_URL, or install mysqld or mariadbd.\n');
  return mysql && (() => mysql.stop());
}
