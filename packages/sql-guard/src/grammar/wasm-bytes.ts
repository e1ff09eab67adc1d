import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/**
 * The WebAssembly build of one major's grammar, as published on npm.
 * The build of this package replaces this module by `embedded-wasm`, which carries the bytes inside the bundle.
 */
export async function wasmBytes(major: 16 | 17 | 18): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(createRequire(import.meta.url).resolve(`libpg-query-${String(major)}/wasm/libpg-query.wasm`));
  return new Uint8Array(bytes);
}
