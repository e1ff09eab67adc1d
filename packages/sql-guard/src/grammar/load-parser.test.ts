import { describe, expect, it } from 'vitest';
import { createParser, loadParser } from './load-parser.js';
import type { ParserInstance } from './parser-instance.js';

describe('a parser', () => {
  it.each([16, 17, 18] as const)('of PostgreSQL %i says which version it is', async (major) => {
    const parsed = (await loadParser(major)).parse('SELECT 1');
    expect(parsed.ok && Math.floor(Number(parsed.tree.version) / 10_000)).toBe(major);
  });

  it('counts syntax errors in code points', async () => {
    expect((await loadParser(17)).parse("SELECT 'é漢😀' FROM FROM")).toMatchObject({ ok: false, kind: 'syntax', codePoint: 18 });
  });

  it('is replaced after a trap, before the next statement', () => {
    let made = 0;
    const instance = (): ParserInstance => {
      made += 1;
      return { memoryBytes: () => 1, parse: (text) => { if (text === 'trap') throw new RangeError('stack'); return { tree: {} }; } };
    };
    const parser = createParser(17, instance);
    expect([parser.parse('trap'), parser.parse('fine'), parser.parse('fine')]).toEqual([{ ok: false, kind: 'exhausted' }, { ok: true, tree: {} }, { ok: true, tree: {} }]);
    expect(made).toBe(2);
  });

  it('is replaced when it has grown too large, or says that it has no memory', () => {
    let made = 0;
    const parser = createParser(17, () => {
      made += 1;
      return { memoryBytes: () => 1e9, parse: () => ({ error: 'out of memory', codePoint: 0 }) };
    });
    parser.parse('a');
    parser.parse('b');
    expect(made).toBe(2);
  });

  it('refuses a text that its memory has no room for', async () => {
    const parser = await loadParser(17);
    expect(parser.parse(`SELECT '${'x'.repeat(90_000_000)}'`)).toEqual({ ok: false, kind: 'exhausted' });
    expect(parser.parse('SELECT 1').ok).toBe(true);
  });

  it('refuses when no instance can be made', () => {
    let broken = false;
    const parser = createParser(17, () => {
      if (broken) throw new Error('no memory');
      broken = true;
      return { memoryBytes: () => 1, parse: () => { throw new Error('trap'); } };
    });
    expect([parser.parse('a'), parser.parse('b')]).toEqual([{ ok: false, kind: 'exhausted' }, { ok: false, kind: 'exhausted' }]);
  });
});
