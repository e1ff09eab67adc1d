import { describe, expect, it } from 'vitest';
import { ok, type Check, type CheckContext } from './check.js';
import { runChecks } from './run-checks.js';

const context = (signal: AbortSignal = new AbortController().signal): CheckContext => ({ environment: {}, model: 'offline', signal, onProgress: () => undefined });
const check = (name: string, run: Check['run'], deadlineMs = 1_000): Check => ({ name, deadlineMs, run });
const never = ({ signal }: CheckContext): Promise<never> => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

async function all(checks: readonly Check[], given = context()): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const result of runChecks(checks, given)) results.push(result);
  return results;
}

describe('runChecks', () => {
  it('runs what follows a check that throws, and gives its cause', async () => {
    const broken = check('a', () => Promise.reject(new Error('no door', { cause: new Error('no wall') })));
    expect(await all([broken, check('b', () => Promise.resolve(ok('fine')))])).toEqual([
      { name: 'a', status: 'failed', found: 'no door', hint: 'Because: no wall' },
      { name: 'b', status: 'ok', found: 'fine', hint: null },
    ]);
  });

  it('ends a check at its deadline', async () => {
    expect(await all([check('slow', never, 20)])).toMatchObject([{ name: 'slow', status: 'failed', found: 'No result within 0.02 s.' }]);
  });

  it('stops when interrupted', async () => {
    const interrupt = new AbortController();
    const results = all([check('slow', never), check('after', () => Promise.resolve(ok('')))], context(interrupt.signal));
    interrupt.abort(new Error('interrupted'));
    await expect(results).rejects.toThrow('interrupted');
  });
});
