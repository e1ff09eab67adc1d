import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The constructs upload built code, so the tests build it first: nothing has to be run by hand before them. */
export default function setup(): void {
  const script = join(fileURLToPath(new URL('.', import.meta.url)), '../scripts/bundle-lambdas.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--unless-fresh'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The Lambda bundles could not be built.\n${stderr}`);
}
