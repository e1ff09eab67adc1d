/**
 * The minified names of one published WebAssembly build of PostgreSQL's parser.
 * They belong to the exact libpg-query version pinned in package.json; `parser-abi.test.ts` checks them against that build's own loader.
 */
export interface ParserAbi {
  readonly imports: {
    readonly throwLongjmp: string;
    readonly resizeHeap: string;
    readonly fdWrite: string;
    readonly setTimer: string;
    readonly keepaliveClear: string;
    /** Calls through the function table that a longjmp may leave. */
    readonly invoke: readonly string[];
    /** Imports that only a broken parser reaches. */
    readonly fatal: readonly string[];
    /** File calls, which the parser never needs. */
    readonly files: readonly string[];
  };
  readonly exports: {
    readonly memory: string;
    readonly table: string;
    readonly initialize: string;
    readonly malloc: string;
    readonly free: string;
    readonly parse: string;
    readonly freeResult: string;
    readonly setThrew: string;
    readonly stackRestore: string;
    readonly stackGet: string;
  };
}

const exports16And17: ParserAbi['exports'] = {
  memory: 'p', table: 't', initialize: 'q', malloc: 's', free: 'u', parse: 'r', freeResult: 'v', setThrew: 'x', stackRestore: 'y', stackGet: 'z',
};

export const parserAbi: Readonly<Record<16 | 17 | 18, ParserAbi>> = {
  16: {
    imports: { throwLongjmp: 'm', resizeHeap: 'n', fdWrite: 'e', setTimer: 'l', keepaliveClear: 'k', invoke: ['i', 'a', 'o', 'h'], fatal: ['g', 'b', 'j'], files: ['f', 'c', 'd'] },
    exports: exports16And17,
  },
  17: {
    imports: { throwLongjmp: 'k', resizeHeap: 'l', fdWrite: 'c', setTimer: 'j', keepaliveClear: 'f', invoke: ['i', 'a', 'o', 'h'], fatal: ['g', 'b', 'e'], files: ['d', 'm', 'n'] },
    exports: exports16And17,
  },
  18: {
    imports: {
      throwLongjmp: 'p', resizeHeap: 'q', fdWrite: 't', setTimer: 'o', keepaliveClear: 'w',
      invoke: ['g', 'b', 'a', 'd', 'k', 'l', 'e', 'f', 'h', 'j', 'i', 'y', 'n'], fatal: ['c', 'x', 'm', 'v'], files: ['u', 'r', 's'],
    },
    exports: { memory: 'z', table: 'D', initialize: 'A', malloc: 'C', free: 'E', parse: 'F', freeResult: 'G', setThrew: 'P', stackRestore: 'Q', stackGet: 'R' },
  },
};
