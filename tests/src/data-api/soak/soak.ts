import { parseArgs } from 'node:util';
import { runSoak } from './run-soak.js';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({ options: { clients: { type: 'string', default: '200' }, statements: { type: 'string', default: '50000' }, json: { type: 'boolean', default: false } } });
const report = await runSoak({
  clients: Number(values.clients),
  statements: Number(values.statements),
  onProgress: (done, { heapMiB, rssMiB, openTransactions, openSessions }) => {
    process.stderr.write(`${done} statements: server heap ${heapMiB.toFixed(1)} MiB, resident ${rssMiB.toFixed(0)} MiB, ${openTransactions} transactions, ${openSessions} sessions\n`);
  },
});

if (values.json) print(JSON.stringify(report, null, 2));
else {
  const { ledger, after, connections, samples, seconds, statements, clients } = report;
  const heaps = samples.map(({ heapMiB }) => heapMiB.toFixed(1)).join(', ');
  print(`${clients} clients, ${statements} statements in ${seconds.toFixed(1)} s (${Math.round(statements / seconds)} a second)`);
  print(`faults: ${Object.entries(after.faults).map(([kind, hits]) => `${kind} ${hits}`).join(', ')}`);
  print(`writes: ${ledger.done} done, ${ledger.notDone} not done, ${ledger.unknown} unknown (${ledger.unknownButDone} of them done)`);
  print(`lost ${ledger.lost}, doubled ${ledger.doubled}, phantom ${ledger.phantom}, wrong counters ${report.countersWrong}`);
  print(`after: ${after.openTransactions} transactions, ${connections.inTransaction} sessions not idle, ${after.waitingCalls} waiting, ${connections.afterRun} pooled connections, ${connections.afterStop} after stop`);
  print(`server heap by tenths (MiB): ${heaps}; after ${after.heapMiB.toFixed(1)}`);
}
const { lost, doubled, phantom } = report.ledger;
process.exitCode = lost + doubled + phantom + report.countersWrong + report.after.openTransactions + report.connections.afterStop === 0 ? 0 : 1;
