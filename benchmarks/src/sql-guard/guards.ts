// What other ways of guarding PostgreSQL accept, on the attack catalogue and on ordinary reads: node --import tsx src/sql-guard/guards.ts
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createGuard, type GuardPolicyInput } from '@ask-aurora/sql-guard';
import { parse as parsePgsqlAst } from 'pgsql-ast-parser';
import { table } from './measure.js';
import { ownReads, packageFile, type Statement } from './statements.js';

const require = createRequire(packageFile('package.json'));
const { Parser } = require('node-sql-parser') as { Parser: new () => { whiteListCheck(sql: string, list: string[], options: { database: string; type: string }): void; astify(sql: string, options: { database: string }): unknown } };
const nodeSqlParser = new Parser();

/** Exponential time on nested parentheses aborts the process: such statements count as refused for this parser. */
const tooDeep = (sql: string): boolean => /[([]{8}/.test(sql);
const tables = 'select::(null|public)::(orders|customers|notes|partial)';
const folder = packageFile('attacks/');
const attacks = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.startsWith('effects') && !file.endsWith('.recorded.json')).flatMap((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Statement[]);
const effects = JSON.parse(readFileSync(`${folder}effects-17.json`, 'utf8')) as Record<string, string>;

const policy: GuardPolicyInput = {
  version: 1,
  tables: [
    { schema: 'public', name: 'orders', columns: ['id', 'customer_id', 'amount', 'placed_at'], columnsAreComplete: true },
    { schema: 'public', name: 'customers', columns: ['id', 'name', 'country'], hiddenColumns: ['password'], columnsAreComplete: true },
    { schema: 'public', name: 'partial', columns: ['id', 'label'] },
    { schema: 'public', name: 'notes' },
  ],
};
const guard = await createGuard({ version: 17, policy });

const guards: readonly { readonly name: string; readonly accepts: (sql: string) => boolean }[] = [
  { name: '@ask-aurora/sql-guard', accepts: (sql) => guard.check(sql).ok },
  {
    name: 'node-sql-parser: one SELECT, table allowlist',
    accepts(sql) {
      if (tooDeep(sql)) return false;
      try {
        nodeSqlParser.whiteListCheck(sql, [tables], { database: 'Postgresql', type: 'table' });
        const tree = nodeSqlParser.astify(sql, { database: 'Postgresql' });
        const list = (Array.isArray(tree) ? tree : [tree]) as { readonly type?: string }[];
        return list.length === 1 && list[0]?.type === 'select';
      } catch {
        return false;
      }
    },
  },
  {
    name: 'pgsql-ast-parser: one SELECT',
    accepts(sql) {
      try {
        const list = parsePgsqlAst(sql);
        return list.length === 1 && ['select', 'union', 'union all', 'with', 'values'].includes(list[0]?.type ?? '');
      } catch {
        return false;
      }
    },
  },
  {
    name: 'keyword denylist: starts with SELECT or WITH, no write keyword, no second statement',
    accepts: (sql) => /^\s*(select|with)\b/i.test(sql) && !/\b(insert|update|delete|drop|create|alter|truncate|grant|revoke|copy|call|do|into|execute|merge)\b/i.test(sql) && !/;\s*\S/.test(sql),
  },
];

const reads = ownReads().filter((statement) => ((statement as { from?: number }).from ?? 16) <= 17);
const harmful = attacks.filter(({ id }) => ['reads-secret', 'changes-state', 'takes-lock', 'too-slow', 'too-large'].includes(effects[id] ?? ''));
const rows = guards.map(({ name, accepts }) => {
  const passed = attacks.filter(({ sql }) => accepts(sql)).length;
  const harm = harmful.filter(({ sql }) => accepts(sql)).length;
  const refused = reads.filter(({ sql }) => !accepts(sql)).length;
  return [name, `${String(passed)} of ${String(attacks.length)}`, `${String(harm)} of ${String(harmful.length)}`, `${String(refused)} of ${String(reads.length)}`];
});
console.log('The other guards are given what they can express: none of them knows functions, columns or hidden tables of views.\n');
console.log(table(['guard', 'attacks accepted', 'of those recorded as doing harm on PostgreSQL 17', 'ordinary reads refused'], rows));
