import { describe, expect, it } from 'vitest';
import { cacheKey } from '../execute-query/cache-key.js';
import { createMemoryResultCache } from './create-memory-result-cache.js';

describe('the result cache', () => {
  it('forgets entries with time', () => {
    let at = 0;
    const cache = createMemoryResultCache<string>({ ttlMs: 100, now: () => at });
    void cache.set('a', 'x', 1);
    expect(cache.get('a')).toBe('x');
    at = 100;
    expect(cache.get('a')).toBeUndefined();
    expect(cache).toMatchObject({ size: 0, bytes: 0 });
  });

  it('holds no more than its bytes, and drops what was used least recently', () => {
    const cache = createMemoryResultCache<string>({ maxBytes: 10 });
    void cache.set('a', 'x', 4);
    void cache.set('b', 'x', 4);
    void cache.get('a');
    void cache.set('c', 'x', 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['x', undefined, 'x']);
    void cache.set('huge', 'x', 11);
    expect(cache.get('huge')).toBeUndefined();
    void cache.set('a', 'y', 2);
    expect(cache).toMatchObject({ size: 2, bytes: 6 });
  });
});

describe('entries that have expired', () => {
  it('do not wait for the cache to be full', () => {
    let at = 0;
    const cache = createMemoryResultCache<string>({ ttlMs: 10, now: () => at });
    for (const key of ['a', 'b', 'c']) void cache.set(key, 'x', 4);
    at = 5;
    expect(cache.get('a')).toBe('x');
    at = 10;
    void cache.set('d', 'x', 4);
    expect(cache).toMatchObject({ size: 1, bytes: 4 });
  });
});

describe('the key of a result', () => {
  const parts = { statement: 'SELECT 1', parameters: { a: 1, b: 'x' }, settings: { 'app.t': '1' }, schemaHash: 'h', maxBytes: 10, countRows: 10 };

  it('is the same for the same things in another order', () => {
    expect(cacheKey({ ...parts, parameters: { b: 'x', a: 1 } })).toBe(cacheKey(parts));
  });

  it.each([
    ['the statement', { statement: 'SELECT 2' }],
    ['a value', { parameters: { a: 2, b: 'x' } }],
    ['the type of a value', { parameters: { a: '1', b: 'x' } }],
    ['the tenant', { settings: { 'app.t': '2' } }],
    ['the schema', { schemaHash: 'i' }],
    ['a cap', { maxBytes: 11 }],
    ['how far rows are counted', { countRows: 11 }],
  ])('differs by %s', (_, change) => {
    expect(cacheKey({ ...parts, ...change })).not.toBe(cacheKey(parts));
  });
});
