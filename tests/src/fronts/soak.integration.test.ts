import { expect, it } from 'vitest';
import { runSoak } from './run-soak.js';

// The long form is a script of its own: npm run -w tests soak:agent.
it('loses no answer and mixes up no tenants, with faults in between', async () => {
  const report = await runSoak({ sessions: 40, seconds: 4, parts: 2 });
  expect(report.lost).toEqual([]);
  expect(report.crossed).toBe(0);
  expect(report.openTransactions).toBeLessThanOrEqual(report.droppedAnswers);
  // A busy machine answers fewer; none at all would prove nothing.
  expect(report.answered).toBeGreaterThan(20);
  expect(report.faults).toBeGreaterThan(0);
}, 300_000);
