import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parserAbi } from './parser-abi.js';

const require = createRequire(import.meta.url);

describe.each([16, 17, 18] as const)('the names of the pinned build of PostgreSQL %i', (major) => {
  const loader = readFileSync(require.resolve(`libpg-query-${String(major)}/wasm/libpg-query.js`), 'utf8');
  const { imports, exports } = parserAbi[major];

  it('are those that its published loader imports', () => {
    const listed = /wasmImports=\{([^}]*)\}/.exec(loader)?.[1] ?? '';
    const byName = new Map(listed.split(',').map((pair) => pair.split(':') as [string, string]).map(([name, meaning]) => [name, meaning]));
    expect(byName.get(imports.throwLongjmp)).toBe('__emscripten_throw_longjmp');
    expect(byName.get(imports.resizeHeap)).toBe('_emscripten_resize_heap');
    expect(byName.get(imports.fdWrite)).toBe('_fd_write');
    expect(byName.get(imports.setTimer)).toBe('__setitimer_js');
    expect(byName.get(imports.keepaliveClear)).toBe('__emscripten_runtime_keepalive_clear');
    for (const name of imports.invoke) expect(byName.get(name)).toMatch(/^invoke_/);
    for (const name of imports.fatal) expect(byName.get(name)).toMatch(/abort|exit|assert/);
    for (const name of imports.files) expect(byName.get(name)).toMatch(/^_fd_(close|read|seek)$/);
    const known = [imports.throwLongjmp, imports.resizeHeap, imports.fdWrite, imports.setTimer, imports.keepaliveClear, ...imports.invoke, ...imports.fatal, ...imports.files];
    expect([...byName.keys()].sort()).toEqual(known.sort());
  });

  it('are those that its published loader exports', () => {
    for (const [meaning, name] of Object.entries({ _wasm_parse_query_raw: exports.parse, _malloc: exports.malloc, _free: exports.free, _wasm_free_parse_result: exports.freeResult })) {
      expect(loader).toMatch(new RegExp(`${meaning}=(Module\\["${meaning}"\\]=)?(${meaning}=)?wasmExports\\["${name}"\\]`));
    }
    expect(loader).toContain(`_setThrew=wasmExports["${exports.setThrew}"]`);
    expect(loader).toContain(`__emscripten_stack_restore=wasmExports["${exports.stackRestore}"]`);
    expect(loader).toContain(`_emscripten_stack_get_current=wasmExports["${exports.stackGet}"]`);
    expect(loader).toContain(`wasmMemory=wasmExports["${exports.memory}"]`);
    expect(loader).toContain(`wasmTable=wasmExports["${exports.table}"]`);
    expect(loader).toContain(`wasmExports["${exports.initialize}"]()`);
  });
});
