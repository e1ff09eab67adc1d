// Runs the command line from its sources: bundles them (a few hundred milliseconds less than loading each file), then
// imports the bundle into this process, so that signals and exit codes are the command's own.
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, 'node_modules', '.cache', 'ask-aurora');

/** Our own packages go into the bundle; each dependency stays a file of its own, found from where it is imported. */
const dependenciesStayOutside = {
  name: 'dependencies-stay-outside',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || path.startsWith('@ask-aurora/') || pluginData === 'resolved') return undefined;
      if (path.startsWith('node:')) return { path, external: true };
      const { path: file, errors } = await bundle.resolve(path, { kind, importer, resolveDir, pluginData: 'resolved' });
      const nested = errors.length === 0 && file.startsWith(root) && !file.startsWith(join(root, 'node_modules'));
      return { path: nested ? pathToFileURL(file).href : path, external: true };
    });
  },
};

mkdirSync(cache, { recursive: true });
const yesterday = Date.now() - 86_400_000;
// What a killed process could not remove.
for (const name of readdirSync(cache)) if (statSync(join(cache, name), { throwIfNoEntry: false })?.mtimeMs < yesterday) rmSync(join(cache, name), { recursive: true, force: true });
const outdir = mkdtempSync(join(cache, 'run-'));
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));

await build({
  absWorkingDir: root,
  entryPoints: ['apps/cli/src/main.ts'],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@ask-aurora/source'],
  outdir,
  outExtension: { '.js': '.mjs' },
  logLevel: 'error',
  plugins: [dependenciesStayOutside],
});
await import(pathToFileURL(join(outdir, 'main.mjs')).href);
