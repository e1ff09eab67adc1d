// Cost of check() against the parsers alone, on the same statements in the same process.
import { createRequire } from 'node:module';
import { analytics, createGuard } from '@ask-aurora/sql-guard';
import { assertBuilt } from './assert-built.js';
import { measure, measurePasses, table, type Contender } from './measure.js';
import { statements } from './statements.js';

assertBuilt();
const require = createRequire(new URL('../../../packages/sql-guard/package.json', import.meta.url));
const libpg = require('libpg-query-17') as { loadModule(): Promise<void>; parseSync(sql: string): unknown };
const { Parser } = require('node-sql-parser') as { Parser: new () => { parse(sql: string, options: { database: string }): unknown } };
await libpg.loadModule();
const nodeSqlParser = new Parser();
const guard = await createGuard({ version: 17, policy: { version: 1, schemas: ['public', 'consumer_div'], ...analytics } });

const rounds = Number(process.env.ROUNDS ?? '12');
const passRows: string[][] = [];
const bestRows: string[][] = [];
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
  const used = `${String(texts.length)} of ${String(list.length)}`;
  passRows.push([label, used, ...compared(measurePasses(texts, contenders, rounds), texts.length)]);
  bestRows.push([label, used, ...compared(measure(texts, contenders, rounds), texts.length)]);
}

/** Statements a second of each, and the two ratios. */
function compared(times: ReadonlyMap<string, number>, count: number): string[] {
  const of = (name: string): number => times.get(name) ?? Number.NaN;
  const [parse, check, other] = [of('libpg-query parse'), of('check'), of('node-sql-parser parse')];
  return [...[parse, check, other].map((time) => Math.round((count / time) * 1_000).toLocaleString('en')), (check / parse).toFixed(2), (other / check).toFixed(1)];
}

const header = ['statements', 'used', 'libpg-query 17 parse', 'check()', 'node-sql-parser parse', 'check / libpg-query', 'node-sql-parser / check'];
console.log('Statements a second, of those that all contenders parse.\n\nThroughput: whole passes in turn, the median pass, with the garbage collection that falls into it.\n');
console.log(table(header, passRows));
console.log('\nSingle runs in turn, each behind another parser: the sum of the best time of each statement.\n');
console.log(table(header, bestRows));
