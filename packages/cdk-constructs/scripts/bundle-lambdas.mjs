// Fills dist/lambda with the code that the constructs upload: this package's own handlers, and the actions' bundles.
// Every directory is put in place by renaming, so that tests and builds that run side by side never see half of one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'dist', 'lambda');
const actions = join(root, '..', 'agent-actions');

const ownHandlers = {
  'read-only-role': 'src/read-only-role/handler/index.ts',
  'rotate-secret': 'src/secret-rotation/handler/index.ts',
  'vector-store': 'src/knowledge-base/handler/index.ts',
  'introspect-schema': 'src/introspection/handler/index.ts',
};

/** Bundles everything into dist/lambda and says where that is. */
export async function bundleLambdas() {
  mkdirSync(target, { recursive: true });
  const scratch = mkdtempSync(join(root, 'dist', 'lambda-'));
  try {
    for (const [name, entry] of Object.entries(ownHandlers)) {
      await bundleHandler(join(root, entry), join(scratch, name));
      install(name, scratch);
    }
    bundleActions(join(scratch, 'actions'));
    for (const name of ['generate-query', 'execute-query']) install(name, join(scratch, 'actions'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return target;
}

/** The runtime brings the AWS SDK; everything else goes into the one file. */
async function bundleHandler(entry, directory) {
  await build({
    entryPoints: [entry],
    outfile: join(directory, 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
    legalComments: 'none',
    external: ['@aws-sdk/*'],
    conditions: ['@ask-aurora/source'],
    logLevel: 'warning',
  });
}

/** Into a directory of our own: the one in agent-actions may be in use. */
function bundleActions(out) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(actions, 'scripts', 'bundle.mjs'), '--out', out], { cwd: actions, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The bundle of agent-actions failed (${status}).\n${stdout}${stderr}`);
}

function install(name, scratch) {
  const from = join(scratch, name);
  const to = join(target, name);
  if (existsSync(to) && sameFiles(from, to)) {
    const now = new Date();
    utimesSync(join(to, 'index.mjs'), now, now);
    return;
  }
  const old = join(scratch, `${name}.old`);
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
}

function sameFiles(left, right) {
  const names = readdirSync(left).sort();
  return names.join() === readdirSync(right).sort().join() && names.every((name) => readFileSync(join(left, name)).equals(readFileSync(join(right, name))));
}

/** Whether every bundle is newer than everything that goes into one. For tests, which run far more often than a source changes. */
function isFresh() {
  const bundles = [...Object.keys(ownHandlers), 'generate-query', 'execute-query'].map((name) => join(target, name, 'index.mjs'));
  if (!bundles.every(existsSync)) return false;
  const oldest = Math.min(...bundles.map((bundle) => statSync(bundle).mtimeMs));
  const sources = ['cdk-constructs', 'agent-actions', 'nl2sql', 'sql-guard', 'data-api-client'].flatMap((house) => ['src', 'scripts', 'package.json'].map((part) => join(root, '..', house, part)));
  return [...sources, join(root, '..', '..', 'package-lock.json')].every((path) => newest(path) < oldest);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return /\.test\.ts$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fresh = process.argv.includes('--unless-fresh') && isFresh();
  process.stdout.write(`${fresh ? target : await bundleLambdas()}\n`);
}
