// Time to refuse hostile input, and memory over many checks: node --expose-gc --import tsx src/sql-guard/hostile-input.ts
import { createGuard } from '@ask-aurora/sql-guard';
import { table } from './measure.js';
import { ownReads } from './statements.js';

const guard = await createGuard({ version: 17, policy: { version: 1, schemas: ['public'] } });
const inputs: readonly (readonly [string, string])[] = [
  ['NUL', 'SELECT 1\0; DELETE FROM orders'],
  ['lone surrogate', "SELECT '\ud800'"],
  ['1 MB', `SELECT '${'x'.repeat(1_000_000)}'`],
  ['100,000 parentheses', `SELECT ${'('.repeat(100_000)}`],
  ['10,000-term chain', `SELECT ${Array.from({ length: 10_000 }, () => '1').join('+')}`],
  ['2,900-term chain', `SELECT ${Array.from({ length: 2_900 }, () => '1').join('+')}`],
  ['190 nested queries', `${'SELECT ('.repeat(190)}SELECT 1${')'.repeat(190)}`],
  ['2,000 nested CASEs', `SELECT ${'CASE WHEN true THEN '.repeat(2_000)}1${' END'.repeat(2_000)}`],
  ['40 KB nested comments', `SELECT 1 ${'/*'.repeat(10_000)}${'*/'.repeat(10_000)}`],
  ['160 KB nested comments', `SELECT 1 ${'/*'.repeat(40_000)}${'*/'.repeat(40_000)}`],
  ['3,000 casts', `SELECT 1${'::int'.repeat(3_000)}`],
  ['5,000 statements', 'SELECT 1;'.repeat(5_000)],
];
const rows = inputs.map(([name, sql]) => {
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const start = performance.now();
    const verdict = guard.check(sql);
    times.push(performance.now() - start);
    if (verdict.ok) throw new Error(`${name} was accepted`);
  }
  const sorted = times.sort((a, b) => a - b);
  return [name, (sorted[4] ?? Number.NaN).toFixed(1), (sorted[8] ?? Number.NaN).toFixed(1)];
});
console.log(table(['input', 'median ms', 'worst of 9 ms'], rows));

const reads = ownReads().map(({ sql }) => sql);
const collect = (globalThis as { gc?: () => void }).gc;
const memory = (): string => {
  collect?.();
  const { rss, heapUsed } = process.memoryUsage();
  return `${(rss / 1e6).toFixed(0)} MB resident, ${(heapUsed / 1e6).toFixed(1)} MB heap`;
};
console.log('');
for (let checks = 0; checks <= 100_000; checks += 1) {
  if (checks % 25_000 === 0) console.log(`${checks.toLocaleString('en')} checks: ${memory()}`);
  guard.check(checks % 500 === 499 ? (inputs[5]?.[1] ?? '') : (reads[checks % reads.length] ?? ''));
}
