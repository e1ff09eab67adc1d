// Cost of check() against the parsers alone, on the same statements in the same process.
import { createRequire } from 'node:module';
import { analytics, createGuard } from '@ask-aurora/sql-guard';
import { assertBuilt } from './assert-built.js';
import { measure, table, type Contender } from './measure.js';
import { statements } from './statements.js';

assertBuilt();
const require = createRequire(new URL('../../../packages/sql-guard/package.json', import.meta.url));
const libpg = require('libpg-query-17') as { loadModule(): Promise<void>; parseSync(sql: string): unknown };
const { Parser } = require('node-sql-parser') as { Parser: new () => { parse(sql: string, options: { database: string }): unknown } };
await libpg.loadModule();
const nodeSqlParser = new Parser();
const guard = await createGuard({ version: 17, policy: { version: 1, schemas: ['public', 'consumer_div'], ...analytics } });

const rounds = Number(process.env.ROUNDS ?? '12');
const rows: string[][] = [];
for (const name of ['tpch', 'tpcds', 'spider_dev']) {
  const { label, list } = statements(name);
  const texts = list.map(({ sql }) => sql).filter((sql) => {
    try {
      nodeSqlParser.parse(sql, { database: 'Postgresql' });
      return guard.check(sql).ok;
    } catch {
      return false;
    }
  });
  const contenders: Contender[] = [
    { name: 'libpg-query parse', run: (sql) => libpg.parseSync(sql) },
    { name: 'check', run: (sql) => guard.check(sql) },
    { name: 'node-sql-parser parse', run: (sql) => nodeSqlParser.parse(sql, { database: 'Postgresql' }) },
  ];
  const times = measure(texts, contenders, rounds);
  const check = times.get('check') ?? Number.NaN;
  const perSecond = (key: string): string => Math.round((texts.length / (times.get(key) ?? Number.NaN)) * 1_000).toLocaleString('en');
  rows.push([label, `${String(texts.length)} of ${String(list.length)}`, perSecond('libpg-query parse'), perSecond('check'), perSecond('node-sql-parser parse'), (check / (times.get('libpg-query parse') ?? Number.NaN)).toFixed(2), ((times.get('node-sql-parser parse') ?? Number.NaN) / check).toFixed(1)]);
}
console.log('Statements a second (those that all contenders parse), warm, sum of the best times.\n');
console.log(table(['statements', 'used', 'libpg-query 17 parse', 'check()', 'node-sql-parser parse', 'check / libpg-query', 'node-sql-parser / check'], rows));
