import type { GuardPolicyInput } from '@ask-aurora/sql-guard';
import { readJsonFile } from '../files/read-text-file.js';

/**
 * The policy in a JSON file; without one, reads of the schema `public`. What is in it is checked by the guard.
 *
 * @throws {CliError} `file-unreadable` when there is no such file or it is not JSON.
 */
export async function readPolicy(file: string | undefined): Promise<GuardPolicyInput> {
  return file === undefined ? { version: 1, schemas: ['public'] } : ((await readJsonFile(file)) as GuardPolicyInput);
}
