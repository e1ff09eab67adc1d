import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Statement {
  readonly id: string;
  readonly sql: string;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = process.env.ASK_AURORA_CORPORA ?? `${root}../shared/corpora`;

/** A corpus by name; without the corpora, the package's own ordinary reads stand in, and the report says so. */
export function statements(name: string): { readonly label: string; readonly list: readonly Statement[] } {
  const file = `${folder}/sql/${name}.json`;
  if (existsSync(file)) return { label: name, list: JSON.parse(readFileSync(file, 'utf8')) as Statement[] };
  return { label: `${name} is not here; the package's own reads`, list: ownReads() };
}

export const ownReads = (): readonly Statement[] => JSON.parse(readFileSync(`${root}packages/sql-guard/legitimate/statements.json`, 'utf8')) as Statement[];

export const packageFile = (path: string): string => `${root}packages/sql-guard/${path}`;
