import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createConnection, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmbeddingModel } from '../linking/embedding-model.js';
import { awsError, json, silent } from '../testing/converse-replies.js';
import { startLocalServer } from '../testing/local-server.js';
import { cacheScope, type CacheScopeInput } from './cache-scope.js';
import { differingDetails } from './differing-details.js';
import { createDynamoDbCacheStore } from './dynamodb-cache-store.js';
import { createExactCache } from './exact-cache.js';
import { createLayeredCache } from './layered-cache.js';
import { createMemoryCacheStore } from './memory-cache-store.js';
import type { CachedAnswer } from './question-cache.js';
import { createRedisCacheStore } from './redis-cache-store.js';
import { createSemanticCache } from './semantic-cache.js';

const answer: CachedAnswer = { sql: 'SELECT 1', parameters: { a: 'x', b: null }, explanation: 'Counts.', confidence: 0.9 };
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('a cache by words', () => {
  it('does not mind case, spaces and the final mark, and minds everything else', async () => {
    const cache = createExactCache({ store: createMemoryCacheStore() });
    await cache.store({ question: 'How many students?', scope: 's' }, answer, {});
    expect(await cache.lookup({ question: '  how MANY   students', scope: 's' }, {})).toEqual(answer);
    for (const other of ['How many pupils?', 'How many students? Really']) expect(await cache.lookup({ question: other, scope: 's' }, {})).toBeNull();
    expect(await cache.lookup({ question: 'How many students?', scope: 'other' }, {})).toBeNull();
  });

  it('keeps the case of quoted values', async () => {
    const cache = createExactCache({ store: createMemoryCacheStore() });
    await cache.store({ question: "Who is 'Bob'?", scope: 's' }, answer, {});
    expect(await cache.lookup({ question: "who is 'bob'?", scope: 's' }, {})).toBeNull();
  });

  it('never shows the question to its store, and takes nothing else for an answer', async () => {
    const store = createMemoryCacheStore();
    const keys: string[] = [];
    const cache = createExactCache({ store: { get: (key, options) => (keys.push(key), store.get(key, options)), set: (key, value, options) => (keys.push(key), store.set(key, value, options)) } });
    await cache.store({ question: 'zebra', scope: 's' }, answer, {});
    expect(keys.join()).not.toContain('zebra');
    await store.set(keys[0]!, '{"sql":7}', { ttlSeconds: 9 });
    expect(await cache.lookup({ question: 'zebra', scope: 's' }, {})).toBeNull();
  });
});

describe('a cache by meaning', () => {
  const vectors: Readonly<Record<string, readonly number[]>> = { 'students per major': [1, 0, 0], 'students by major': [0.99, 0.1, 0], 'students by major in 2023': [0.995, 0.05, 0], weather: [0, 0, 1] };
  const embeddings: EmbeddingModel = { id: 'table', embed: async (texts) => texts.map((text) => Float32Array.from(vectors[text] ?? [0, 1, 0])) };

  it('finds a near question of the same scope, and no far one', async () => {
    const cache = createSemanticCache({ store: createMemoryCacheStore(), embeddings, threshold: 0.95 });
    await cache.store({ question: 'students per major', scope: 's' }, answer, {});
    expect(await cache.lookup({ question: 'students by major', scope: 's' }, {})).toEqual(answer);
    expect(await cache.lookup({ question: 'weather', scope: 's' }, {})).toBeNull();
    expect(await cache.lookup({ question: 'students by major', scope: 't' }, {})).toBeNull();
  });

  it('does not share an answer between questions whose details differ, however near they are', async () => {
    const cache = createSemanticCache({ store: createMemoryCacheStore(), embeddings, threshold: 0.9 });
    await cache.store({ question: 'students per major', scope: 's' }, answer, {});
    expect(await cache.lookup({ question: 'students by major in 2023', scope: 's' }, {})).toBeNull();
  });

  it('forgets the oldest beyond its limit', async () => {
    const cache = createSemanticCache({ store: createMemoryCacheStore(), embeddings, maxQuestions: 1 });
    await cache.store({ question: 'students per major', scope: 's' }, answer, {});
    await cache.store({ question: 'weather', scope: 's' }, answer, {});
    expect(await cache.lookup({ question: 'students per major', scope: 's' }, {})).toBeNull();
    expect(await cache.lookup({ question: 'weather', scope: 's' }, {})).toEqual(answer);
  });

  it.each([
    ['orders in 2022', 'orders in 2023'],
    ['customers in Paris', 'customers in Rome'],
    ['products that were sold', 'products that were not sold'],
    ['most expensive product', 'least expensive product'],
    ['orders above 100', 'orders below 100'],
    ['average price', 'total price'],
    ["status 'open'", "status 'closed'"],
    ['sales last month', 'sales last quarter'],
    ['distinct cities', 'cities'],
  ])('sees that %j and %j differ', (a, b) => {
    expect(differingDetails(a, b)).toBe(true);
  });

  it.each([
    ['How many students are there per major?', 'What is the number of students by major?'],
    ['List customers in Paris', 'Show me the customers in Paris'],
  ])('lets %j and %j be compared by meaning', (a, b) => {
    expect(differingDetails(a, b)).toBe(false);
  });
});

describe('the scope of an answer', () => {
  const base: CacheScopeInput = { schemaHash: 'h', policy: { tables: ['a'], functions: new Set(['lower']) }, modelId: 'm', today: '2024-01-01', timeZone: 'UTC', settings: {}, sessionContext: { tenant: { org: '1' } } };
  it('is the same for the same, in any order', () => {
    expect(cacheScope({ ...base, policy: { functions: new Set(['lower']), tables: ['a'] } })).toBe(cacheScope(base));
  });

  it.each<Partial<CacheScopeInput>>([{ schemaHash: 'x' }, { policy: { tables: ['b'] } }, { policy: { tables: ['a'], functions: new Set(['upper']) } }, { modelId: 'x' }, { today: '2024-01-02' }, { timeZone: 'Asia/Tokyo' }, { settings: { maxRows: 1 } }, { sessionContext: { tenant: { org: '2' } } }, { sessionContext: { tenant: { org: '1' }, turns: [{ question: 'q', sql: null }] } }])('is another with %j', (change) => {
    expect(cacheScope({ ...base, ...change })).not.toBe(cacheScope(base));
  });
});

describe('the store in memory', () => {
  it('forgets what was not used for longest, and what is too old', async () => {
    let now = 0;
    const store = createMemoryCacheStore({ maxEntries: 2, now: () => now });
    for (const key of ['a', 'b']) await store.set(key, key, { ttlSeconds: 10 });
    await store.get('a', {});
    await store.set('c', 'c', { ttlSeconds: 10 });
    expect(await Promise.all(['a', 'b', 'c'].map((key) => store.get(key, {})))).toEqual(['a', null, 'c']);
    now = 10_000;
    expect(await store.get('a', {})).toBeNull();
  });
});

describe('the store in DynamoDB', () => {
  const open = async () => {
    const server = await startLocalServer('http1');
    const client = new DynamoDBClient({ endpoint: server.url, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
    closers.push(() => client.destroy(), server.stop);
    return { server, client };
  };

  it('reads and writes items with their expiry, through the real client', async () => {
    const { server, client } = await open();
    const store = createDynamoDbCacheStore({ client, tableName: 'cache', now: () => 1_000_000 });
    server.script(json(200, {}), json(200, { Item: { cache_key: { S: 'k' }, value: { S: 'v' }, expires_at: { N: '1060' } } }), json(200, { Item: { value: { S: 'v' }, expires_at: { N: '1000' } } }), json(200, {}));
    await store.set('k', 'v', { ttlSeconds: 60 });
    expect(server.received[0]?.headers['x-amz-target']).toBe('DynamoDB_20120810.PutItem');
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ TableName: 'cache', Item: { cache_key: { S: 'k' }, value: { S: 'v' }, expires_at: { N: '1060' } } });
    expect([await store.get('k', {}), await store.get('k', {}), await store.get('k', {})]).toEqual(['v', null, null]);
  });

  it('fails in its own time with its own error', async () => {
    const { server, client } = await open();
    const store = createDynamoDbCacheStore({ client, tableName: 'cache', timeoutMs: 40 });
    server.script(awsError(400, 'ResourceNotFoundException'), silent);
    await expect(store.get('k', {})).rejects.toMatchObject({ code: 'cache-failed' });
    await expect(store.get('k', {})).rejects.toMatchObject({ code: 'cache-failed', message: expect.stringContaining('40 ms') });
  });
});

describe('the store in Redis', () => {
  /** A server that speaks RESP2 for GET and SET, and a client that speaks it as drivers do. */
  async function openRedis(): Promise<{ readonly port: number; readonly commands: string[][] }> {
    const data = new Map<string, string>();
    const commands: string[][] = [];
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('data', (chunk) => {
        const parts = chunk.toString('utf8').split('\r\n').filter((line, index) => line !== '' && index % 2 === 0 && index > 0);
        commands.push(parts);
        const [name = '', key = '', value = ''] = parts;
        if (name === 'SET') data.set(key, value);
        const stored = data.get(key);
        if (key.endsWith('slow')) return;
        socket.write(name === 'SET' ? '+OK\r\n' : stored === undefined ? '$-1\r\n' : `$${Buffer.byteLength(stored)}\r\n${stored}\r\n`);
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => (sockets.forEach((socket) => socket.destroy()), server.close(resolve))));
    return { port: (server.address() as AddressInfo).port, commands };
  }
  const clientOf = (port: number) => ({
    sendCommand: (command: readonly string[]) =>
      new Promise<unknown>((resolve, reject) => {
        const socket = createConnection(port, '127.0.0.1', () => void socket.write(`*${command.length}\r\n${command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`));
        socket.on('error', reject).on('data', (chunk) => {
          const text = chunk.toString('utf8');
          socket.destroy();
          resolve(text.startsWith('$-1') ? null : text.startsWith('$') ? text.slice(text.indexOf('\r\n') + 2, -2) : 'OK');
        });
      }),
  });

  it('gets and sets with the server\'s expiry', async () => {
    const { port, commands } = await openRedis();
    const store = createRedisCacheStore({ client: clientOf(port) });
    await store.set('k', '{"a":"ü"}', { ttlSeconds: 60 });
    expect(await store.get('k', {})).toBe('{"a":"ü"}');
    expect(await store.get('none', {})).toBeNull();
    expect(commands[0]).toEqual(['SET', 'ask-aurora:k', '{"a":"ü"}', 'EX', '60']);
  });

  it('fails in its own time with its own error', async () => {
    const { port } = await openRedis();
    await expect(createRedisCacheStore({ client: clientOf(port), timeoutMs: 30 }).get('slow', {})).rejects.toMatchObject({ code: 'cache-failed' });
    await expect(createRedisCacheStore({ client: { sendCommand: () => Promise.reject(new Error('down')) } }).get('k', {})).rejects.toMatchObject({ code: 'cache-failed', message: 'Redis: down' });
  });
});

describe('layers of caches', () => {
  it('fill the earlier ones, and pass over one that fails', async () => {
    const [first, second] = [createExactCache({ store: createMemoryCacheStore() }), createExactCache({ store: createMemoryCacheStore() })];
    const broken = { lookup: () => Promise.reject(new Error('down')), store: () => Promise.reject(new Error('down')) };
    const question = { question: 'q', scope: 's' };
    await second.store(question, answer, {});
    expect(await createLayeredCache([broken, first, second]).lookup(question, {})).toEqual(answer);
    expect(await first.lookup(question, {})).toEqual(answer);
    await expect(createLayeredCache([broken]).lookup(question, {})).rejects.toThrow('down');
    await expect(createLayeredCache([first, broken]).store({ question: 'r', scope: 's' }, answer, {})).rejects.toThrow('down');
    expect(await first.lookup({ question: 'r', scope: 's' }, {})).toEqual(answer);
  });
});
