import { rename, rm, writeFile } from 'node:fs/promises';
import { CliError } from '../cli-error.js';

/**
 * Never leaves half a file in the place of a whole one.
 *
 * @throws {CliError} `file-unwritable`
 */
export async function writeWholeFile(file: string, text: string): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (cause) {
    await rm(partial, { force: true });
    throw new CliError('file-unwritable', `The file "${file}" cannot be written. Name a file in a folder that you may write to.`, { cause });
  }
}
