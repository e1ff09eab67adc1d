// Runs the integration tests that failed once more, alone on the machine, and says which passed then.
// A server or process that answers late on a busy machine is no fault of the code. What failed by a property, by a unit
// test or before its tests began is never given a second run: random input found a real counterexample there.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [first, second] = process.argv.slice(2);
const failed = JSON.parse(readFileSync(first, 'utf8')).testResults.filter(({ status }) => status === 'failed');
const certain = failed.filter(({ name, assertionResults }) => {
  const messages = assertionResults.flatMap(({ failureMessages }) => failureMessages ?? []);
  return !name.endsWith('.integration.test.ts') || assertionResults.length === 0 || messages.some((message) => message.includes('Property failed'));
});
if (failed.length === 0 || certain.length > 0) {
  console.log('\nNothing of this is run a second time.');
  process.exit(1);
}
console.log(`\n=== tests that failed, once more and alone`);
const files = failed.map(({ name }) => relative(process.cwd(), name));
const { status } = spawnSync('npx', ['vitest', 'run', '--maxWorkers=1', '--reporter=default', '--reporter=json', `--outputFile.json=${second}`, ...files], { stdio: ['ignore', 'inherit', 'inherit'] });
process.exit(status ?? 1);
