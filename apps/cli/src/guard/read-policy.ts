import type { GuardPolicyInput } from '@ask-aurora/sql-guard';
import { readFile } from 'node:fs/promises';
import { CliError } from '../cli-error.js';

/**
 * The policy in a JSON file; without one, reads of the schema `public`. What is in it is checked by the guard.
 *
 * @throws {CliError} `file-unreadable` when there is no such file or it is not JSON.
 */
export async function readPolicy(file: string | undefined): Promise<GuardPolicyInput> {
  if (file === undefined) return { version: 1, schemas: ['public'] };
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError('file-unreadable', `The policy file "${file}" cannot be read.`, { cause });
  });
  try {
    return JSON.parse(text) as GuardPolicyInput;
  } catch (cause) {
    throw new CliError('file-unreadable', `The policy file "${file}" is not JSON.`, { cause });
  }
}
