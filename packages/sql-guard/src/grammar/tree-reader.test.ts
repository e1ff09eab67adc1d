import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legitimateStatements } from '../testing/legitimate-statements.js';
import { loadParser } from './load-parser.js';
import { createTreeReader, type TreeReader } from './tree-reader.js';

const require = createRequire(import.meta.url);
const DEADLINE = 120_000;
const encoder = new TextEncoder();

/** As in the parser's memory: other things before, a NUL and other things behind. */
const read = (reader: TreeReader, json: string): unknown => reader(encoder.encode(`"{${json}\0"}]`), 2);

describe('a tree reader', () => {
  it('reads whatever is JSON as JSON.parse does, by one reader after another', () => {
    const reader = createTreeReader();
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), fc.constantFrom(undefined, 1), (value, indent) => {
      const json = JSON.stringify(value, null, indent);
      return isDeepStrictEqual(read(reader, json), JSON.parse(json));
    }), { numRuns: 500 });
  }, DEADLINE);

  it.each([
    '{}', '[]', '[{}]', '{"a":[]}', '{"a":[{"b":1},{"b":2}],"c":true}', '{"a":1,"a":2}', '{"2":1,"1":2}', '{"":""}',
    '-0', '-1', '0', '123456789012345', '1234567890123456', '9007199254740993', '12345678901234567891', '1.5', '1e3', 'false', 'null', '[true,false,null]', ' {"a": 1 }',
    '{"a":"\\u00e9\\n\\"\\\\"}', '{"a":"é漢😀"}', '{"é":1}', '{"\ufeffa":"\ufeff"}', '{"a\\u0062":1}', `{"${'a'.repeat(24)}":"${'b'.repeat(25)}","${'c'.repeat(300)}":1}`,
    '{"__proto__":{"ok":true}}', '{"a":{"__proto__":1}}', '{"\\u005f_proto__":[1]}', '{"__proto_\\u005f":[1]}',
  ])('reads %s as JSON.parse does', (json) => {
    expect(read(createTreeReader(), json)).toStrictEqual(JSON.parse(json));
  });

  it.each(['', '{', '[', '"', '"a', '"\\', '"a\\"', '-', '01', '-01', '+1', 'tru', 'truex', 'x', '{"a"}', '{"a":}', '{"a":1', '{"a":1]', '{"a" 1}', '{a":1}', '{"a":1,}', '[1', '[1}', '[1,]', '[1 2]', '{}{}', '1 2', '"\u0001"', '"\\x"', '\u0000'])('throws at %j, which is no JSON', (json) => {
    expect(() => read(createTreeReader(), json)).toThrow(SyntaxError);
  });

  it('tells texts apart that have the same place, however many it has seen', () => {
    const reader = createTreeReader();
    const texts = Array.from({ length: 30_000 }, (_, index) => `name_${index.toString(36)}`);
    for (const order of [texts, texts.toReversed()]) {
      const tree = order.map((text) => ({ [text]: text }));
      expect(JSON.stringify(read(reader, JSON.stringify(tree)))).toBe(JSON.stringify(tree));
    }
  }, DEADLINE);

  it('reads what is nested deeper than its recursion goes', () => {
    let depth = 0;
    for (let tree = read(createTreeReader(), '['.repeat(100_000) + ']'.repeat(100_000)) as unknown[] | undefined; tree !== undefined; tree = tree[0] as unknown[] | undefined) depth += 1;
    expect(depth).toBe(100_000);
  });

  it.each([16, 17, 18] as const)('gives the trees that the published parser of PostgreSQL %i gives', async (major) => {
    const published = require(`libpg-query-${String(major)}`) as { loadModule(): Promise<void>; parseSync(sql: string): unknown };
    await published.loadModule();
    const parser = await loadParser(major);
    // Parameters by name are the guard's, not PostgreSQL's.
    const reads = legitimateStatements().filter(({ from = 16, sql }) => from <= major && !/:[a-z]/.test(sql.replaceAll('::', ''))).map(({ sql }) => sql);
    expect(reads.length).toBeGreaterThan(150);
    for (const sql of [...reads, `SELECT U&'\\0041\\+01F600', E'\\t\\u00e9"\\\\<>', 'é漢😀' AS "ünï""çode", -0, 1.50, 9999999999, $1, '${'x'.repeat(500)}'`]) {
      expect(JSON.stringify(parser.parse(sql))).toBe(JSON.stringify({ ok: true, tree: published.parseSync(sql) }));
    }
  }, DEADLINE);
});
