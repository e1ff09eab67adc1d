import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { GuardError } from '../verdict/guard-error.js';
import type { AstNode } from '../grammar/ast.js';

interface Glue {
  initSync(options: { readonly module: Uint8Array }): unknown;
  parse_sql(dialect: string, sql: string): unknown;
}

export type RustParse = { readonly ok: true; readonly statements: readonly AstNode[] } | { readonly ok: false; readonly kind: 'syntax' | 'exhausted'; readonly message: string };

let instances = 0;

/** Loads a fresh instance of sqlparser-rs: the published entry point shares one for ever, and a trap leaves it unusable. */
async function loadGlue(): Promise<Glue> {
  const entry = createRequire(import.meta.url).resolve('@guanmingchiu/sqlparser-ts');
  const folder = pathToFileURL(entry);
  instances += 1;
  const glue = (await import(new URL(`../wasm/sqlparser_rs_wasm.js?instance=${String(instances)}`, folder).href)) as Glue;
  glue.initSync({ module: await readFile(new URL('../wasm/sqlparser_rs_wasm_bg.wasm', folder)) });
  return glue;
}

/** sqlparser-rs. After a fault it refuses everything until a new instance is ready. */
export async function loadRustParser(): Promise<(sql: string) => RustParse> {
  let glue: Glue | null;
  try {
    glue = await loadGlue();
  } catch (cause) {
    throw new GuardError('grammar-unavailable', 'The MySQL parser could not be loaded.', { cause });
  }
  return (sql) => {
    if (glue === null) return { ok: false, kind: 'exhausted', message: 'the parser is being replaced' };
    try {
      const parsed = glue.parse_sql('mysql', sql);
      return Array.isArray(parsed) ? { ok: true, statements: parsed as readonly AstNode[] } : { ok: false, kind: 'exhausted', message: 'no tree' };
    } catch (error) {
      const message = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
      if (!(error instanceof WebAssemblyRuntimeError) && !(error instanceof RangeError)) return { ok: false, kind: 'syntax', message };
      glue = null;
      loadGlue().then((fresh) => { glue = fresh; }, () => undefined);
      return { ok: false, kind: 'exhausted', message };
    }
  };
}

const WebAssemblyRuntimeError = (globalThis as unknown as { readonly WebAssembly: { readonly RuntimeError: new () => Error } }).WebAssembly.RuntimeError;
