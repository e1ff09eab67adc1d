import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface CorpusStatement {
  readonly id: string;
  readonly sql: string;
  readonly db?: string;
}

/** The folder of corpora, from the environment or beside the repository; `null` where it is absent. */
export function corporaFolder(): string | null {
  const folder = process.env.ASK_AURORA_CORPORA ?? fileURLToPath(new URL('../../../../../shared/corpora', import.meta.url));
  return existsSync(`${folder}/sql`) ? folder : null;
}

export function corpus(name: string): readonly CorpusStatement[] {
  const folder = corporaFolder();
  return folder === null ? [] : (JSON.parse(readFileSync(`${folder}/sql/${name}.json`, 'utf8')) as CorpusStatement[]);
}

/** Up to `most` statements of every PostgreSQL corpus. */
export const corpusStatements = (most: number): readonly string[] => ['tpch', 'tpcds', 'spider_dev', 'bird_pg', 'defog_postgres'].flatMap((name) => corpus(name).slice(0, most).map(({ sql }) => sql));
