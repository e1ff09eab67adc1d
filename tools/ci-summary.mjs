// Adds up the gates and the tests of one run, names what failed, and ends with the line "N passed, N failed".
import { existsSync, readFileSync } from 'node:fs';

const [gatesFile, testsFile, againFile] = process.argv.slice(2);
const gates = readFileSync(gatesFile, 'utf8').trim().split('\n').map((line) => line.split('\t'));
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);
const report = read(testsFile);
const passedAgain = new Set((read(againFile)?.testResults ?? []).flatMap(({ name, assertionResults }) =>
  assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => `${name}: ${fullName}`)));

// Tests whose file failed and passed when run again; those after a failed set-up were skipped the first time.
const late = { failed: 0, skipped: 0 };

console.log('\n=== summary');
for (const [name, outcome, seconds] of gates) console.log(`${outcome.padEnd(6)}  ${name} (${seconds} s)`);
for (const file of report?.testResults ?? []) {
  if (file.status === 'failed' && file.assertionResults.length === 0) console.log(`failed  ${file.name}: ${file.message}`);
  for (const { fullName, status } of file.assertionResults.filter(({ status }) => status !== 'passed')) {
    const name = `${file.name}: ${fullName}`;
    const again = passedAgain.has(name);
    if (again) late[status === 'failed' ? 'failed' : 'skipped'] += 1;
    if (again) console.log(`failed, and passed when run again alone  ${name}`);
    else if (status === 'failed') console.log(`failed  ${name}`);
  }
}

const testGate = gates.find(([name]) => name === 'tests');
const failedGates = gates.filter(([, outcome]) => outcome === 'failed');
const passed = (report?.numPassedTests ?? 0) + late.failed + late.skipped + gates.length - failedGates.length;
const failed = (report?.numFailedTests ?? 0) - late.failed + failedGates.length;
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0) - late.skipped;
const untested = !report || report.numPassedTests === 0 || !testGate;
if (untested) console.log('failed  no test was run');
console.log(`${passed} passed, ${failed + (untested ? 1 : 0)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && !untested ? 0 : 1);
