import { createRequire } from 'node:module';

/** What node-sql-parser says of a statement; `null` when it can't parse it. */
export interface SecondOpinion {
  /** `database.table`, or `.table` without a database, for everything named in FROM, common table expressions included. */
  readonly tables: ReadonlySet<string>;
  /** True when it sees one plain SELECT and nothing else. */
  readonly isRead: boolean;
}

interface NodeParser {
  parse(sql: string, options: { readonly database: string }): { readonly tableList: readonly string[]; readonly ast: unknown };
}

const fieldsThatWrite = new Set(['into', 'locking_read']);
const typesThatWrite = new Set(['insert', 'replace', 'update', 'delete', 'create', 'drop', 'alter', 'truncate', 'set', 'use', 'call', 'lock', 'unlock', 'load_data', 'rename', 'exec', 'grant']);

export function loadSecondParser(): (sql: string) => SecondOpinion | null {
  const { Parser } = createRequire(import.meta.url)('node-sql-parser/build/mysql') as { readonly Parser: new () => NodeParser };
  const parser = new Parser();
  return (sql) => {
    try {
      const { tableList, ast } = parser.parse(sql, { database: 'MySQL' });
      const entries = tableList.map((entry) => entry.split('::'));
      const statements = Array.isArray(ast) ? ast : [ast];
      return {
        tables: new Set(entries.map(([, database, table]) => `${database === 'null' || database === undefined ? '' : database}.${table ?? ''}`)),
        isRead: statements.length === 1 && (statements[0] as { readonly type?: string }).type === 'select' && entries.every(([kind]) => kind === 'select') && !writes(ast),
      };
    } catch {
      return null;
    }
  };
}

function writes(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(writes);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([field, inner]) => {
    if (field === 'type' && typeof inner === 'string' && typesThatWrite.has(inner)) return true;
    if (fieldsThatWrite.has(field)) {
      const position = typeof inner === 'object' && inner !== null && 'position' in inner ? inner.position : inner;
      if (position !== null && position !== undefined) return true;
    }
    return writes(inner);
  });
}
