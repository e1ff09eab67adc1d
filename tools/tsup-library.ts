import type { Options } from 'tsup';

/** The build every published package shares: ESM and CJS with types for both. */
export function library(options: Options): Options {
  return {
    format: ['esm', 'cjs'],
    target: 'node20',
    platform: 'node',
    sourcemap: true,
    clean: true,
    shims: true,
    splitting: true,
    dts: { compilerOptions: { composite: false, ignoreDeprecations: '6.0', customConditions: [] } },
    ...options,
  };
}
