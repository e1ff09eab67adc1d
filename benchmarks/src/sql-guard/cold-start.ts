// Process start to first verdict, above an empty Node process. Measures the built guard.
import { spawn } from 'node:child_process';
import { table } from './measure.js';
import { assertBuilt } from './assert-built.js';
import { packageFile } from './statements.js';

assertBuilt();
const built = packageFile('dist/index.js');
const program = (body: string): readonly string[] => ['--input-type=module', '-e', `${body} process.stdout.write('verdict');`];
const guardProgram = (version: number): readonly string[] =>
  program(`import { createGuard } from ${JSON.stringify(built)}; const guard = await createGuard({ version: ${String(version)}, policy: { version: 1, schemas: ['public'] } }); if (!guard.check('SELECT count(*) FROM orders').ok) process.exit(1);`);
const cases: readonly (readonly [string, readonly string[]])[] = [['empty process', program('')], ...[16, 17, 18].map((version) => [`first verdict, PostgreSQL ${String(version)}`, guardProgram(version)] as const)];

/** Milliseconds until the process says that it has its verdict. */
async function untilVerdict(parameters: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'], timeout: 60_000 });
  let took = Number.NaN;
  child.stdout.once('data', () => {
    took = performance.now() - start;
  });
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (status !== 0 || Number.isNaN(took)) throw new Error(`A process ended with status ${String(status)} and without a verdict.`);
  return took;
}

const times = new Map<string, number[]>(cases.map(([name]) => [name, []]));
for (let round = 0; round < Number(process.env.ROUNDS ?? '15'); round += 1) {
  for (const [name, parameters] of cases) times.get(name)?.push(await untilVerdict(parameters));
}
const median = (name: string): number => times.get(name)?.sort((a, b) => a - b)[Math.floor((times.get(name)?.length ?? 0) / 2)] ?? Number.NaN;
const least = (name: string): number => Math.min(...(times.get(name) ?? []));
console.log(table(['process', 'median ms', 'least ms', 'median above empty', 'least above empty'], cases.map(([name]) => [name, median(name).toFixed(0), least(name).toFixed(0), (median(name) - median('empty process')).toFixed(0), (least(name) - least('empty process')).toFixed(0)])));
