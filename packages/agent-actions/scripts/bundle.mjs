// Bundles the two Lambda functions into dist/lambda, each with all it needs: no node_modules, byte for byte the same
// from the same sources.
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), '..');
const repositoryRoot = join(packageRoot, '../..');
const majors = [16, 17, 18];

/**
 * The grammars lie beside the code as files, of which only the one in use is read. Brotli makes them a quarter smaller
 * than the zip would, so that all three majors fit into one small bundle; unpacking one takes about 5 ms.
 */
const lean = {
  name: 'lean',
  setup({ onLoad }) {
    onLoad({ filter: /sql-guard\/src\/grammar\/wasm-bytes\.ts$/ }, () => ({
      loader: 'js',
      contents: `
        import { readFile } from 'node:fs/promises';
        import { brotliDecompressSync } from 'node:zlib';
        export async function wasmBytes(major) {
          return new Uint8Array(brotliDecompressSync(await readFile(new URL('./libpg-query-' + major + '.wasm.br', import.meta.url))));
        }`,
    }));
    // Of all that DynamoDB can do, a cache reads and writes one item; a dynamic import would bring the rest along.
    onLoad({ filter: /client-dynamodb\/dist-es\/index\.js$/ }, () => ({
      loader: 'js',
      contents: `
        export { DynamoDBClient } from './DynamoDBClient.js';
        export { GetItemCommand } from './commands/GetItemCommand.js';
        export { PutItemCommand } from './commands/PutItemCommand.js';`,
    }));
    // Tells browsers by their words; the SDK imports it when it runs in one.
    onLoad({ filter: /bowser\/bowser\.mjs$/ }, () => ({ loader: 'js', contents: 'export default {};' }));
    // A schema is one object that is got.
    onLoad({ filter: /client-s3\/dist-es\/index\.js$/ }, () => ({
      loader: 'js',
      contents: `
        export { S3Client } from './S3Client.js';
        export { GetObjectCommand } from './commands/GetObjectCommand.js';`,
    }));
    // Messages in fifty languages; the functions' own are English.
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ loader: 'js', contents: `export { default as en } from './en.js';` }));
    // The Lambda functions are for Aurora PostgreSQL; the parsers for MySQL are larger than all the rest.
    onLoad({ filter: /sql-guard\/src\/mysql\/create-mysql-guard\.ts$/ }, () => ({
      loader: 'js',
      contents: `export function createMysqlGuard() { throw new Error('The guard for MySQL is not part of this bundle.'); }`,
    }));
  },
};

const packed = new Map();

/** A grammar's bytes, packed; packing takes seconds, so it is done once. */
async function packedGrammar(major) {
  if (!packed.has(major)) {
    const bytes = await readFile(createRequire(join(repositoryRoot, 'packages/sql-guard/package.json')).resolve(`libpg-query-${major}/wasm/libpg-query.wasm`));
    packed.set(major, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  }
  return packed.get(major);
}

/** Bundles one function; gives esbuild's account of what went into it. */
export async function bundle(name, outdir = join(packageRoot, 'dist/lambda', name)) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: { index: join(packageRoot, `src/lambda/${name}.ts`) },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    conditions: ['@ask-aurora/source', 'module'],
    minify: true,
    keepNames: false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    chunkNames: 'chunk-[hash]',
    // Some of what is bundled is CommonJS and calls require for Node's own modules.
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
    // Optional peers of the packages, for parts that the functions have no use for.
    external: ['@opentelemetry/api', '@aws-sdk/client-bedrock-agent-runtime', '@energetic-ai/*', 'kysely', '@middy/core', ...(name === 'execute-query' ? ['@aws-sdk/client-bedrock-runtime'] : [])],
    plugins: [lean],
    logLevel: 'warning',
  });
  for (const major of majors) await writeFile(join(outdir, `libpg-query-${major}.wasm.br`), await packedGrammar(major));
  await writeFile(join(outdir, 'package.json'), '{"type":"module"}\n');
  return metafile;
}

// Usage: bundle.mjs [--out DIRECTORY].. [NAME]..   Each function goes to DIRECTORY/NAME.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { out: { type: 'string', multiple: true } }, allowPositionals: true });
  for (const name of positionals.length > 0 ? positionals : ['generate-query', 'execute-query']) {
    for (const out of values.out ?? [join(packageRoot, 'dist/lambda')]) await bundle(name, join(out, name));
  }
}
