import { readFileSync } from 'node:fs';
import type { GuardPolicyInput } from '../policy/guard-policy.js';

/** A read as an analyst, a tool or a model writes it, over the tables of `legitimate/analysts`. */
export interface AnalystStatement {
  readonly id: string;
  readonly sql: string;
  /** Of $1 and on. */
  readonly values: readonly unknown[];
  /** The first PostgreSQL major that has it. */
  readonly from: number;
  /** False where a tenant filter can't be put around a table, which README tells. */
  readonly filtered: boolean;
}

const folder = new URL('../../legitimate/analysts/', import.meta.url);

/** The statements of `postgresql-*.sql` or `mysql.sql`; each begins with a line `--# id`. */
export function analystStatements(dialect: 'postgresql' | 'mysql'): readonly AnalystStatement[] {
  const files = dialect === 'mysql' ? ['mysql.sql'] : ['postgresql-tools.sql', 'postgresql-people.sql'];
  return files.flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split(/^--# /m).slice(1).map(statement));
}

function statement(part: string): AnalystStatement {
  const [head = '', ...lines] = part.trimEnd().split('\n');
  const [id = '', ...options] = head.split(' ');
  const from = options.find((option) => option.startsWith('from='))?.slice(5) ?? '16';
  const values = lines.find((line) => line.startsWith('--@ '))?.slice(4) ?? '[]';
  return { id, sql: lines.filter((line) => !line.startsWith('--@ ')).join('\n'), values: JSON.parse(values) as unknown[], from: Number(from), filtered: !options.includes('tenant=no') };
}

export const analystSetup = (dialect: 'postgresql' | 'mysql'): string => readFileSync(new URL(`${dialect}-setup.sql`, folder), 'utf8');

/** The column of each table that tells the tenant. */
export const analystTenants = (dialect: 'postgresql' | 'mysql'): readonly (readonly [string, string])[] => [
  ...['customers', 'products', 'orders', 'order_items', 'events', 'employees', 'articles'].map((table) => [table, 'tenant_id'] as const),
  dialect === 'mysql' ? ['audit log', 'tenant id'] : ['AuditLog', 'tenantId'],
];

/** Every column of those tables, as the setup gives them; all may be read. */
export function analystPolicy(dialect: 'postgresql' | 'mysql'): Pick<GuardPolicyInput, 'version' | 'searchPath' | 'tables' | 'types'> {
  const schema = dialect === 'mysql' ? 'shop' : 'public';
  const tables = [...analystSetup(dialect).matchAll(/^CREATE TABLE (?:["`](.+?)["`]|(\w+)) \((.*)\);$/gm)].map(([, quoted, plain, body = '']) => ({
    schema, name: quoted ?? plain ?? '', columns: columnNames(body), columnsAreComplete: true,
  }));
  return { version: 1, searchPath: [schema], tables, types: dialect === 'mysql' ? { allow: [] } : { allow: ['public.order_state'] } };
}

const keyWords = /^(?:PRIMARY|KEY|FULLTEXT)$/;
/** The first words of what commas outside parentheses part. */
function columnNames(body: string): string[] {
  return body.replaceAll(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '').split(',').flatMap((item) => {
    const [, quoted, plain = ''] = /^\s*(?:["`](.+?)["`]|(\w+))/.exec(item) ?? [];
    return quoted !== undefined ? [quoted] : keyWords.test(plain) ? [] : [plain];
  });
}
