// An esbuild plugin that puts the WebAssembly grammars inside a bundle, each in a module of its own that is loaded when first asked for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const majors = [16, 17, 18];

const loader = `
const modules = { ${majors.map((major) => `${major}: () => import('sql-guard-wasm:${major}')`).join(', ')} };
export async function wasmBytes(major) {
  const { default: text } = await modules[major]();
  const node = globalThis.process?.getBuiltinModule?.('node:zlib');
  if (node !== undefined) return node.gunzipSync(Buffer.from(text, 'base64'));
  const characters = atob(text);
  const packed = new Uint8Array(characters.length);
  for (let index = 0; index < packed.length; index += 1) packed[index] = characters.charCodeAt(index);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
`;

/** @returns {import('esbuild').Plugin} */
export const embedWasm = () => ({
  name: 'embed-wasm',
  setup(build) {
    build.onLoad({ filter: /[\\/]grammar[\\/]wasm-bytes\.ts$/ }, () => ({ contents: loader, loader: 'js', resolveDir: '.' }));
    build.onResolve({ filter: /^sql-guard-wasm:/ }, ({ path }) => ({ path, namespace: 'sql-guard-wasm', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'sql-guard-wasm' }, ({ path }) => {
      const major = path.split(':')[1];
      const bytes = readFileSync(require.resolve(`libpg-query-${major}/wasm/libpg-query.wasm`));
      return { contents: `export default '${gzipSync(bytes, { level: 9 }).toString('base64')}';`, loader: 'js' };
    });
  },
});
