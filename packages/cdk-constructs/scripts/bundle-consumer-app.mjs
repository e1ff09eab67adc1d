import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const testing = join(dirname(fileURLToPath(import.meta.url)), '../src/testing');

/** This package by the name under which a consumer has it, instead of by its sources. */
const asConsumer = {
  name: 'as-consumer',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: '@ask-aurora/cdk-constructs', external: true }));
  },
};

/** An app of the constructs in src/testing, which `main` imports by relative paths, as one JavaScript file of a consumer's. */
export async function bundleConsumerApp(main, format) {
  const { outputFiles: [file] } = await build({
    stdin: { contents: main, resolveDir: testing, loader: 'ts' }, bundle: true, packages: 'external', plugins: [asConsumer],
    platform: 'node', format, target: 'node20', write: false, logLevel: 'error',
  });
  return file.text;
}
