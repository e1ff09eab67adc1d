import { readdirSync, readFileSync } from 'node:fs';

/** A statement that must be refused. */
export interface Attack {
  /** `category/name`. */
  readonly id: string;
  readonly sql: string;
  /** Why it must not run. */
  readonly reason: string;
}

const postgresqlFolder = new URL('../../attacks/', import.meta.url);

/** Every attack of `attacks/*.json`, or of `attacks/mysql/*.json`. */
export function attackCatalogue(dialect: 'postgresql' | 'mysql' = 'postgresql'): readonly Attack[] {
  const folder = dialect === 'mysql' ? new URL('mysql/', postgresqlFolder) : postgresqlFolder;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.startsWith('effects') && !file.endsWith('.recorded.json'))
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Attack[]);
}

export const attackSetup = (): string => readFileSync(new URL('setup.sql', postgresqlFolder), 'utf8');
