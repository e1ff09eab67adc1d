import { readFile } from 'node:fs/promises';
import { CliError } from '../cli-error.js';

/** @throws {CliError} `file-unreadable` */
export async function readTextFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError('file-unreadable', `The file "${file}" cannot be read.`, { cause });
  });
}

/** @throws {CliError} `file-unreadable` also when it is not JSON. */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readTextFile(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CliError('file-unreadable', `The file "${file}" is not JSON.`, { cause });
  }
}
