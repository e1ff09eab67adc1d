import { createMemoryCacheStore, type CacheStore } from '@ask-aurora/nl2sql';
import { describe, expect, it } from 'vitest';
import type { RowsResult } from '../execute-query/execute-query-result.js';
import { createCircuitBreaker } from '../limits/create-circuit-breaker.js';
import { createStoredResultCache } from './create-stored-result-cache.js';

const rows: RowsResult = {
  kind: 'rows', columns: [{ name: 'n', type: 'int8' }, { name: 'tags', type: 'jsonb' }], rows: [{ n: 7, tags: ['a', { b: null }] }], rowCount: 1, truncated: false, truncatedBy: null, total: { rows: 1, isExact: true },
  statement: 'SELECT 1', relations: [{ schema: 'shop', name: 'orders' }], planCost: 1.5, cached: false, bytes: 30, auditId: 'of the first call',
};
const scope = ['cluster', 'shop', 'reader'];

describe('the result cache in a store', () => {
  it('gives rows back whole, without the audit of the call that found them', async () => {
    const store = createMemoryCacheStore();
    await createStoredResultCache({ store, ttlMs: 1_000, scope }).set('key', rows, 30);
    expect(await createStoredResultCache({ store, ttlMs: 1_000, scope }).get('key')).toEqual({ ...rows, cached: true, auditId: '' });
  });

  it.each([['cluster', ['other', 'shop', 'reader']], ['database', ['cluster', 'other', 'reader']], ['role', ['cluster', 'shop', 'other']]])('keeps the rows of another %s apart', async (_, other) => {
    const store = createMemoryCacheStore();
    await createStoredResultCache({ store, ttlMs: 1_000, scope }).set('key', rows, 30);
    expect(await createStoredResultCache({ store, ttlMs: 1_000, scope: other }).get('key')).toBeUndefined();
  });

  it('shows its store a digest for a key, and asks it to forget in whole seconds', async () => {
    const sets: [string, number][] = [];
    const store: CacheStore = { get: () => Promise.resolve(null), set: (key, _value, { ttlSeconds }) => Promise.resolve(void sets.push([key, ttlSeconds])) };
    await createStoredResultCache({ store, ttlMs: 1_500, scope }).set('key', rows, 30);
    expect(sets).toEqual([[expect.stringMatching(/^rows:sha256:[0-9a-f]{64}$/), 2]]);
  });

  it.each(['', 'no JSON', '{}', '[]', '{"kind":"rows","rows":[[1]]}', JSON.stringify({ ...rows, rows: 'all' }), JSON.stringify({ ...rows, kind: 'refusal' })])('takes nothing else for rows: %s', async (text) => {
    const cache = createStoredResultCache({ store: { get: () => Promise.resolve(text), set: () => Promise.resolve() }, ttlMs: 1_000, scope });
    expect(await cache.get('key')).toBeUndefined();
  });

  it('keeps no result that an item could not hold', async () => {
    let sets = 0;
    const cache = createStoredResultCache({ store: { get: () => Promise.resolve(null), set: () => Promise.resolve(void (sets += 1)) }, ttlMs: 1_000, scope, maxBytes: 350 });
    await cache.set('key', rows, 30);
    await cache.set('key', { ...rows, rows: [{ n: 'x'.repeat(300) }] }, 330);
    expect(sets).toBe(1);
  });

  it('is passed over when the store fails, and leaves a store alone that goes on failing', async () => {
    let calls = 0;
    let at = 0;
    const faults: unknown[] = [];
    const fail = () => {
      calls += 1;
      return Promise.reject(new Error('no answer'));
    };
    const cache = createStoredResultCache({ store: { get: fail, set: fail }, ttlMs: 1_000, scope, onFault: (error) => faults.push(error), circuitBreaker: createCircuitBreaker({ failures: 3, openMs: 100, now: () => at }) });
    expect(await cache.get('key')).toBeUndefined();
    await expect(cache.set('key', rows, 30)).resolves.toBeUndefined();
    for (let call = 0; call < 5; call += 1) expect(await cache.get('key')).toBeUndefined();
    expect([calls, faults.length]).toEqual([3, 3]);
    at = 100;
    await cache.get('key');
    expect(calls).toBe(4);
  });
});
