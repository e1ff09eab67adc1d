// What a browser loads before its first verdict: the built guard, bundled and minified with esbuild. Run after a build.
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { table } from './measure.js';

const { outputFiles } = await build({
  stdin: { contents: "export { createGuard } from '@ask-aurora/sql-guard';", resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
  bundle: true, splitting: true, minify: true, write: false, format: 'esm', platform: 'browser', outdir: '/', logLevel: 'warning',
});
const files = outputFiles.map(({ path, contents }) => ({ name: path.slice(1), bytes: contents.length, packed: gzipSync(contents, { level: 9 }).length }));
const kilobytes = (parts: readonly { readonly bytes: number; readonly packed: number }[], of: 'bytes' | 'packed'): string => (parts.reduce((total, part) => total + part[of], 0) / 1_000).toFixed(0);
const majors = /_1[678]|-1[678]|create-mysql/;
const shared = files.filter(({ name }) => !majors.test(name));
const rows = [16, 17, 18].map((major) => {
  const own = files.filter(({ name }) => name.includes(`_${String(major)}`) || name.includes(`-${String(major)}.`));
  return [`PostgreSQL ${String(major)}`, kilobytes(shared, 'bytes'), kilobytes(own, 'bytes'), kilobytes([...shared, ...own], 'packed')];
});
console.log(table(['dialect', 'guard KB', 'grammar and catalog KB', 'together, gzip KB'], rows));
