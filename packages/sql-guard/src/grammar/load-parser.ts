import { GuardError } from '../verdict/guard-error.js';
import { parserAbi } from './parser-abi.js';
import { instantiateParser, type ParserInstance } from './parser-instance.js';
import { wasmBytes } from './wasm-bytes.js';
import { createTreeReader } from './tree-reader.js';
import { webAssembly, type CompiledModule } from './web-assembly.js';
import type { AstNode } from './ast.js';

export type PostgresMajor = 16 | 17 | 18;

export type Parse =
  | { readonly ok: true; readonly tree: AstNode }
  | { readonly ok: false; readonly kind: 'syntax'; readonly message: string; readonly codePoint: number }
  /** The parser ran out of stack or memory. It has been replaced; nothing is known of the statement. */
  | { readonly ok: false; readonly kind: 'exhausted' };

export interface Parser {
  readonly major: PostgresMajor;
  parse(text: string): Parse;
}

/** Linear memory above which an instance is replaced, so that one large statement does not hold memory for ever. */
const MEMORY_CEILING = 128 * 1024 * 1024;

const modules = new Map<PostgresMajor, Promise<CompiledModule>>();

/** Compiles one major's grammar, once a process; the others are not loaded. */
function compiled(major: PostgresMajor): Promise<CompiledModule> {
  let module = modules.get(major);
  if (module === undefined) {
    module = wasmBytes(major).then((bytes) => webAssembly.compile(bytes));
    modules.set(major, module);
    module.catch(() => modules.delete(major));
  }
  return module;
}

/** @throws {GuardError} `grammar-unavailable` when the WebAssembly build can't be read or compiled. */
export async function loadParser(major: PostgresMajor): Promise<Parser> {
  let module: CompiledModule;
  try {
    module = await compiled(major);
  } catch (cause) {
    throw new GuardError('grammar-unavailable', `The grammar of PostgreSQL ${String(major)} could not be loaded.`, { cause });
  }
  const readTree = createTreeReader();
  return createParser(major, () => instantiateParser(module, parserAbi[major], readTree));
}

/** A parser that replaces its instance after every fault. */
export function createParser(major: PostgresMajor, instantiate: () => ParserInstance): Parser {
  let instance: ParserInstance | null = instantiate();
  return {
    major,
    parse(text) {
      try {
        instance ??= instantiate();
        const outcome = instance.parse(text);
        if (instance.memoryBytes() > MEMORY_CEILING) instance = null;
        if ('error' in outcome) {
          if (outcome.error.includes('memory') || outcome.error.includes('stack depth')) instance = null;
          return { ok: false, kind: 'syntax', message: outcome.error, codePoint: outcome.codePoint };
        }
        return { ok: true, tree: outcome.tree };
      } catch {
        instance = null;
        return { ok: false, kind: 'exhausted' };
      }
    },
  };
}
