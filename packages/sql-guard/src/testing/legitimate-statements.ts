import { readFileSync } from 'node:fs';

/** A read that must be accepted over the database of `attacks/setup.sql`. */
export interface LegitimateStatement {
  readonly id: string;
  readonly sql: string;
  /** `schema.name` of each stored relation it reads, sorted. */
  readonly relations: readonly string[];
  /** The first PostgreSQL major whose grammar has it. @default 16 */
  readonly from?: 16 | 17 | 18;
}

export const legitimateStatements = (): readonly LegitimateStatement[] =>
  JSON.parse(readFileSync(new URL('../../legitimate/statements.json', import.meta.url), 'utf8')) as LegitimateStatement[];
