// Checks the package in the current directory as npm would publish it: exports, types for ESM and CJS, and files.
// --no-types: a package with a command and nothing to import.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'ask-aurora-pack-'));
const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}`);
};

try {
  run('npm', ['pack', '--silent', '--pack-destination', scratch]);
  const tarball = join(scratch, readdirSync(scratch)[0]);
  run('npx', ['--no-install', 'publint', '--strict', tarball]);
  if (!process.argv.includes('--no-types')) run('npx', ['--no-install', 'attw', tarball, '--profile', 'node16', '--format', 'ascii']);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
