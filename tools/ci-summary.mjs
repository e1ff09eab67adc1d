// Adds up the gates and the tests of one run, names what failed, and ends with the line "N passed, N failed".
import { existsSync, readFileSync } from 'node:fs';

const [gatesFile, testsFile] = process.argv.slice(2);
const gates = readFileSync(gatesFile, 'utf8').trim().split('\n').map((line) => line.split('\t'));
const report = existsSync(testsFile) ? JSON.parse(readFileSync(testsFile, 'utf8')) : null;

console.log('\n=== summary');
for (const [name, outcome, seconds] of gates) console.log(`${outcome.padEnd(6)}  ${name} (${seconds} s)`);
for (const file of report?.testResults ?? []) {
  if (file.status === 'failed' && file.assertionResults.length === 0) console.log(`failed  ${file.name}: ${file.message}`);
  for (const test of file.assertionResults) if (test.status === 'failed') console.log(`failed  ${file.name}: ${test.fullName}`);
}

const testGate = gates.find(([name]) => name === 'tests');
const failedGates = gates.filter(([, outcome]) => outcome === 'failed');
const passed = (report?.numPassedTests ?? 0) + gates.length - failedGates.length;
const failed = (report?.numFailedTests ?? 0) + failedGates.length;
const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
const untested = !report || report.numPassedTests === 0 || !testGate;
if (untested) console.log('failed  no test was run');
console.log(`${passed} passed, ${failed + (untested ? 1 : 0)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && !untested ? 0 : 1);
