// Time to refuse hostile input, and memory over many checks. Measures the built guard.
import { createGuard } from '@ask-aurora/sql-guard';
import { assertBuilt } from './assert-built.js';
import { table } from './measure.js';
import { ownReads } from './statements.js';

assertBuilt();
const collect = (globalThis as { readonly gc?: () => void }).gc;
if (collect === undefined) throw new Error('Run this with --expose-gc: memory is measured after a collection.');

const guard = await createGuard({ version: 17, policy: { version: 1, schemas: ['public'] } });
const inputs: readonly (readonly [string, string])[] = [
  ['NUL', 'SELECT 1\0; DELETE FROM orders'],
  ['lone surrogate', "SELECT '\ud800'"],
  ['1 MB', `SELECT '${'x'.repeat(1_000_000)}'`],
  ['100,000 parentheses', `SELECT ${'('.repeat(100_000)}`],
  ['400-term chain', `SELECT ${Array.from({ length: 400 }, () => 'pg_sleep(0)').join('+')}`],
  ['10,000-term chain', `SELECT ${Array.from({ length: 10_000 }, () => '1').join('+')}`],
  ['2,900-term chain', `SELECT ${Array.from({ length: 2_900 }, () => '1').join('+')}`],
  ['190 nested queries', `${'SELECT ('.repeat(190)}SELECT 1${')'.repeat(190)}`],
  ['2,000 nested CASEs', `SELECT ${'CASE WHEN true THEN '.repeat(2_000)}1${' END'.repeat(2_000)}`],
  ['40 KB nested comments', `SELECT 1 ${'/*'.repeat(10_000)}${'*/'.repeat(10_000)}`],
  ['160 KB nested comments', `SELECT 1 ${'/*'.repeat(40_000)}${'*/'.repeat(40_000)}`],
  ['1,990 NOTs', `SELECT ${'NOT '.repeat(1_990)}true`],
  ['1,900 unions', `SELECT 1${' UNION SELECT 1'.repeat(1_900)}`],
  ['1,400 joins', `SELECT 1 FROM a${' JOIN b ON true'.repeat(1_400)}`],
  ['2,900 relations', `SELECT 1 FROM a${', b'.repeat(2_900)}`],
  ['1,990 statements', 'SELECT 1;'.repeat(1_990)],
  ['2,900 constants and a call', `SELECT 1 WHERE 1 IN (${'1, '.repeat(2_900)}2) AND pg_sleep(1)`],
  ['3,000 casts', `SELECT 1${'::int'.repeat(3_000)}`],
  ['5,000 statements', 'SELECT 1;'.repeat(5_000)],
];
const rows = inputs.map(([name, sql]) => {
  const times: number[] = [];
  // Of all threads; on a busy machine it tells the guard's time from that of its neighbours.
  const processor: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const used = process.cpuUsage();
    const start = performance.now();
    const verdict = guard.check(sql);
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1_000);
    if (verdict.ok) throw new Error(`${name} was accepted`);
  }
  const sorted = times.sort((a, b) => a - b);
  return [name, (sorted[4] ?? Number.NaN).toFixed(1), (sorted[8] ?? Number.NaN).toFixed(1), Math.max(...processor).toFixed(1)];
});
console.log(table(['input', 'median ms', 'worst of 9 ms', 'worst processor ms'], rows));

const reads = ownReads().map(({ sql }) => sql);
const exhausting = inputs.find(([name]) => name === '400-term chain')?.[1] ?? '';
/** Megabytes that live after two collections; linear memory of the parser counts as `external`. */
const memory = (): { readonly heap: number; readonly external: number; readonly resident: number } => {
  collect();
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed / 1e6, external: external / 1e6, resident: rss / 1e6 };
};
const CHECKS = 100_000;
const points: string[][] = [];
for (let checks = 0; checks <= CHECKS; checks += 1) {
  if (checks % 20_000 === 0) {
    const { heap, external, resident } = memory();
    points.push([checks.toLocaleString('en'), heap.toFixed(2), external.toFixed(2), resident.toFixed(0)]);
  }
  guard.check(checks % 500 === 499 ? exhausting : (reads[checks % reads.length] ?? ''));
  // A name never seen before, so that whatever is remembered of names would show.
  if (checks % 10 === 0) guard.check(`SELECT c${String(checks)} FROM t${String(checks)}`);
}
console.log(`\nMemory after collection, over ${CHECKS.toLocaleString('en')} checks of ordinary reads, new names every tenth time and a deep expression every 500th:\n`);
console.log(table(['checks', 'heap MB', 'external MB', 'resident MB'], points));
