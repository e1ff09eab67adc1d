import type { AstNode } from './ast.js';
import type { ParserAbi } from './parser-abi.js';
import type { TreeReader } from './tree-reader.js';
import { webAssembly, type CompiledModule, type FunctionTable, type LinearMemory } from './web-assembly.js';

type WasmFunction = (...parameters: number[]) => number;

/** What PostgreSQL's parser said about one text. Offsets count code points, as PostgreSQL reports them. */
export type RawParse = { readonly tree: AstNode } | { readonly error: string; readonly codePoint: number };

/** One instantiated parser. It is thrown away after any trap: its memory can't be trusted any more. */
export interface ParserInstance {
  parse(text: string): RawParse;
  /** Bytes of linear memory, which only grows. */
  memoryBytes(): number;
}

/** Thrown by the parser's error exit, and caught by the `invoke` import that encloses it. */
class Longjmp extends Error {}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const PAGE = 65_536;
const MAXIMUM_PAGES = 4_096;

/**
 * Instantiates the parser without its published loader, because that loader is asynchronous, brings a file system along,
 * and differs between Node, bundles and browsers. Synchronous, so that a fault is repaired before the next statement.
 */
export function instantiateParser(module: CompiledModule, abi: ParserAbi, readTree: TreeReader): ParserInstance {
  const { imports, exports } = abi;
  const host: Record<string, WasmFunction> = {
    [imports.throwLongjmp]: () => {
      throw new Longjmp();
    },
    [imports.resizeHeap]: (requested) => {
      const missing = Math.ceil(((requested ?? 0) >>> 0) / PAGE) - memory.buffer.byteLength / PAGE;
      if (memory.buffer.byteLength / PAGE + missing > MAXIMUM_PAGES) return 0;
      memory.grow(Math.max(missing, 16));
      return 1;
    },
    [imports.fdWrite]: (_file, vectors = 0, count = 0, written = 0) => {
      const view = new DataView(memory.buffer);
      let total = 0;
      for (let index = 0; index < count; index += 1) total += view.getUint32(vectors + index * 8 + 4, true);
      view.setUint32(written, total, true);
      return 0;
    },
    [imports.setTimer]: () => 0,
    [imports.keepaliveClear]: () => 0,
  };
  for (const name of imports.files) host[name] = () => 8;
  for (const name of imports.fatal) {
    host[name] = () => {
      throw new Error('The parser stopped itself.');
    };
  }
  for (const name of imports.invoke) {
    host[name] = (index = 0, ...parameters) => {
      const stack = stackGet();
      try {
        return (table.get(index) as WasmFunction)(...parameters);
      } catch (error) {
        stackRestore(stack);
        if (!(error instanceof Longjmp)) throw error;
        setThrew(1, 0);
        return 0;
      }
    };
  }
  const instance = new webAssembly.Instance(module, { a: host });
  const exported = (name: string): WasmFunction => instance.exports[name] as WasmFunction;
  const memory = instance.exports[exports.memory] as LinearMemory;
  const table = instance.exports[exports.table] as FunctionTable;
  const stackGet = exported(exports.stackGet);
  const stackRestore = exported(exports.stackRestore);
  const setThrew = exported(exports.setThrew);
  const malloc = exported(exports.malloc);
  const free = exported(exports.free);
  const parseRaw = exported(exports.parse);
  const freeResult = exported(exports.freeResult);
  exported(exports.initialize)();

  const readString = (pointer: number): string => {
    const bytes = new Uint8Array(memory.buffer);
    return decoder.decode(bytes.subarray(pointer, bytes.indexOf(0, pointer)));
  };

  return {
    memoryBytes: () => memory.buffer.byteLength,
    parse(text) {
      // UTF-8 takes at most three bytes for each unit of UTF-16, and a NUL ends the text.
      const room = text.length * 3 + 1;
      const pointer = malloc(room);
      if (pointer === 0) throw new RangeError('The parser has no memory for the statement.');
      const bytes = new Uint8Array(memory.buffer, pointer, room);
      bytes[encoder.encodeInto(text, bytes).written] = 0;
      const result = parseRaw(pointer);
      const fields = new DataView(memory.buffer);
      const treePointer = fields.getUint32(result, true);
      const errorPointer = fields.getUint32(result + 8, true);
      let outcome: RawParse;
      if (errorPointer !== 0) {
        const messagePointer = fields.getUint32(errorPointer, true);
        outcome = { error: messagePointer === 0 ? 'syntax error' : readString(messagePointer), codePoint: Math.max(0, fields.getInt32(errorPointer + 16, true) - 1) };
      } else outcome = { tree: readTree(new Uint8Array(memory.buffer), treePointer) };
      freeResult(result);
      free(pointer);
      return outcome;
    },
  };
}
