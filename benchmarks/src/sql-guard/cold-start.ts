// Process to first verdict, above an empty Node process. Needs the build: npm run -w packages/sql-guard build && node --import tsx src/sql-guard/cold-start.ts
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { table } from './measure.js';
import { packageFile } from './statements.js';

const built = packageFile('dist/index.js');
if (!existsSync(built)) throw new Error('Build the package first: npm run -w packages/sql-guard build');
const program = (body: string): readonly string[] => ['--input-type=module', '-e', body];
const guardProgram = (version: number): readonly string[] =>
  program(`import { createGuard } from ${JSON.stringify(built)}; const guard = await createGuard({ version: ${String(version)}, policy: { version: 1, schemas: ['public'] } }); if (!guard.check('SELECT count(*) FROM orders').ok) process.exit(1);`);
const cases: readonly (readonly [string, readonly string[]])[] = [['empty process', program('0')], ...[16, 17, 18].map((version) => [`first verdict, PostgreSQL ${String(version)}`, guardProgram(version)] as const)];
const times = new Map<string, number[]>(cases.map(([name]) => [name, []]));
for (let round = 0; round < Number(process.env.ROUNDS ?? '15'); round += 1) {
  for (const [name, parameters] of cases) {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, parameters);
    if (status !== 0) throw new Error(`${name} failed`);
    times.get(name)?.push(performance.now() - start);
  }
}
const median = (name: string): number => times.get(name)?.sort((a, b) => a - b)[Math.floor((times.get(name)?.length ?? 0) / 2)] ?? Number.NaN;
const least = (name: string): number => Math.min(...(times.get(name) ?? []));
console.log(table(['process', 'median ms', 'least ms', 'median above empty', 'least above empty'], cases.map(([name]) => [name, median(name).toFixed(0), least(name).toFixed(0), (median(name) - median('empty process')).toFixed(0), (least(name) - least('empty process')).toFixed(0)])));
