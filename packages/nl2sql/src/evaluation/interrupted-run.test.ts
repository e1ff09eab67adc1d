import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../testing/slow-evaluation.ts', import.meta.url));
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'interrupted-run-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Runs the evaluation, and kills it without warning once it has said `killAt`. Gives what it said. */
function run(log: string, killAt: number): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=@ask-aurora/source', '--import', 'tsx', program, log], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.split('\n').slice(0, -1).some((line) => Number(line) >= killAt)) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(text.split('\n').filter((line) => line !== '').map(Number)));
  });
}

it('a run that is killed goes on where it was: nothing is lost and nothing is asked twice', { timeout: 120_000 }, async () => {
  const log = join(directory, 'run.jsonl');
  const ids = async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '').map((line) => (JSON.parse(line) as { readonly id: string }).id);
  await run(log, 9);
  const before = await ids();
  expect(before.length).toBeGreaterThanOrEqual(9);
  expect(before.length).toBeLessThan(60);
  await run(log, before.length + 11);
  const between = await ids();
  expect(between.slice(0, before.length)).toEqual(before);
  const said = await run(log, Number.POSITIVE_INFINITY);
  expect(said).toHaveLength(60 - between.length);
  const after = await ids();
  expect(after.slice(0, between.length)).toEqual(between);
  expect([after.length, new Set(after).size]).toEqual([60, 60]);
});
