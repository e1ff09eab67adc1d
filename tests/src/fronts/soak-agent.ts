// The soak as a program: `npm run -w tests soak:agent`, by default 500 sessions for 60 s. Ends with 1 when anything was lost or crossed,
// or when memory at rest has grown by more than a tenth since the second part.
import { runSoak } from './run-soak.js';

const [sessions = 500, seconds = 60] = process.argv.slice(2).map(Number);
const report = await runSoak({ sessions, seconds });
process.stdout.write(`${JSON.stringify({ ...report, lost: report.lost.slice(0, 20), lostCount: report.lost.length }, null, 2)}\n`);
const [, second = 0] = report.heapMiB.atRest;
const isFlat = (report.heapMiB.atRest.at(-1) ?? 0) <= second * 1.1;
process.exitCode = isFlat && report.lost.length + report.crossed === 0 && report.openTransactions <= report.droppedAnswers ? 0 : 1;
