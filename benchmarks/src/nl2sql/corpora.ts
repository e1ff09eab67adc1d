import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where the evaluation data lies: ASK_AURORA_CORPORA, else beside the repository. Ends the program when it is absent. */
export function corporaDirectory(): string {
  const directory = process.env['ASK_AURORA_CORPORA'] ?? resolve(root, '../shared/corpora');
  if (!existsSync(directory)) {
    console.error(`No evaluation data at ${directory}. Set ASK_AURORA_CORPORA to the directory that holds defog/ and bird/.`);
    process.exit(0);
  }
  return directory;
}

/** The text of a file of the evaluation data. */
export function readCorpus(...path: readonly string[]): string {
  return readFileSync(join(corporaDirectory(), ...path), 'utf8');
}

/** The databases of defog, in the order of their names. */
export const defogDatabases = ['academic', 'advising', 'atis', 'broker', 'car_dealership', 'derm_treatment', 'ewallet', 'geography', 'restaurants', 'scholar', 'yelp'] as const;
