import { beforeAll, describe, expect, test } from 'vitest';
import { DatabaseError } from '../errors/database-error.js';
import { TransactionAbortedError } from '../errors/transaction-aborted-error.js';
import { TransactionClosedError } from '../errors/transaction-closed-error.js';
import { typed } from '../parameters/typed.js';
import { useLocalDataApi } from '../testing/local-data-api.js';
import type { Transaction } from './transaction.js';

const api = useLocalDataApi();
const count = async (): Promise<number> => (await api.client.one<{ n: number }>('select count(*)::int4 as n from ledger')).n;
const add = (transaction: Pick<Transaction, 'execute'>, id: number): Promise<unknown> => transaction.execute('insert into ledger values (:id)', { id });

beforeAll(() => api.client.execute('create table ledger (id int4 primary key, tenant text default current_setting($$app.tenant$$, true))'));

describe('transaction', () => {
  test('commits what its function did and returns what it returned', async () => {
    const before = await count();
    expect(await api.client.transaction(async (tx) => { await add(tx, 1); return 'done'; })).toBe('done');
    expect(await count()).toBe(before + 1);
    expect(api.server.stats().transactions).toBe(0);
  });

  test('rolls back when its function throws', async () => {
    const before = await count();
    await expect(api.client.transaction(async (tx) => { await add(tx, 2); throw new Error('no'); })).rejects.toThrow('no');
    expect(await count()).toBe(before);
    expect(api.server.stats().transactions).toBe(0);
  });

  test('sends statements started together one after the other', async () => {
    const rows = await api.client.transaction((tx) => Promise.all([1, 2, 3, 4].map((n) => tx.one('select :n::int4 as n, pg_sleep(0.01)::text', { n }))));
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  });

  test('is not committed after a failed statement whose error was caught', async () => {
    const before = await count();
    const error = await api.client.transaction(async (tx) => { await add(tx, 3); await tx.query('select nothing').catch(() => undefined); }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TransactionAbortedError);
    expect((error as Error).cause).toBeInstanceOf(DatabaseError);
    expect(await count()).toBe(before);
  });

  test('refuses statements after its end', async () => {
    let leaked: Transaction | undefined;
    await api.client.transaction(async (tx) => { leaked = tx; return Promise.resolve(); });
    await expect(leaked?.query('select 1')).rejects.toThrow(TransactionClosedError);
  });

  test('waits for statements that its function did not await', async () => {
    const before = await count();
    await api.client.transaction(async (tx) => { void add(tx, 4); return Promise.resolve(); });
    expect(await count()).toBe(before + 1);
  });

  test.each(['read committed', 'repeatable read', 'serializable'] as const)('isolation %s', async (isolation) => {
    expect(await api.client.transaction({ isolation }, (tx) => tx.one("select current_setting('transaction_isolation') as level"))).toEqual({ level: isolation });
  });

  test('settings and the statement timeout hold inside, and only there', async () => {
    const settings = { 'app.tenant': "o'neill", 'app.role': 'reader' };
    const inside = await api.client.transaction({ settings, statementTimeoutMs: 1500 }, (tx) => tx.one("select current_setting('app.tenant') as a, current_setting('app.role') as b, current_setting('statement_timeout') as c"));
    expect(inside).toEqual({ a: "o'neill", b: 'reader', c: '1500ms' });
    const outside = await api.client.one<{ a: string | null }>("select current_setting('app.tenant', true) as a");
    expect(outside.a ?? '').toBe('');
  });

  test('the database ends a statement that takes longer than statementTimeoutMs', async () => {
    await expect(api.client.transaction({ statementTimeoutMs: 50 }, (tx) => tx.query('select pg_sleep(5)::text'))).rejects.toMatchObject({ sqlState: '57014' });
  });

  test('row-level security by settings shows each tenant its own rows', async () => {
    await api.client.execute('create role tenant_reader; '.replace('; ', '')).catch(() => undefined);
    await api.client.execute('create table secret_rows (tenant text, body text)');
    await api.client.execute('alter table secret_rows enable row level security');
    await api.client.execute("create policy by_tenant on secret_rows using (tenant = current_setting('app.tenant', true))");
    await api.client.execute('grant select on secret_rows to tenant_reader');
    await api.client.execute("insert into secret_rows values ('a', 'of a'), ('b', 'of b')");
    const seen = (tenant: string) => api.client.transaction({ settings: { 'app.tenant': tenant, role: 'tenant_reader' } }, async (tx) => (await tx.query('select body from secret_rows')).rows);
    expect(await seen('a')).toEqual([{ body: 'of a' }]);
    expect(await seen('b')).toEqual([{ body: 'of b' }]);
    expect(await seen('c')).toEqual([]);
  });

  test('runs again after a serialization failure, as often as it was told to', async () => {
    await api.client.execute('create table counter (n int4)');
    await api.client.execute('insert into counter values (0)');
    let runs = 0;
    const work = async (tx: Transaction): Promise<void> => {
      runs += 1;
      const { n } = await tx.one<{ n: number }>('select n from counter');
      if (runs === 1) await api.client.execute('update counter set n = n + 10');
      await tx.execute('update counter set n = :n', { n: typed.int4(n + 1) });
    };
    await expect(api.client.transaction({ isolation: 'repeatable read' }, work)).rejects.toMatchObject({ sqlState: '40001', retryable: true });
    runs = 0;
    await api.client.transaction({ isolation: 'repeatable read', retries: 2 }, work);
    expect(runs).toBe(2);
    expect(await api.client.one('select n from counter')).toEqual({ n: 21 });
  });
});

describe('savepoints', () => {
  test('undo their own statements only', async () => {
    const before = await count();
    await api.client.transaction(async (tx) => {
      await add(tx, 10);
      await tx.savepoint(async (inner) => { await add(inner, 11); await add(inner, 10); }).catch(() => undefined);
      await add(tx, 12);
    });
    expect(await count()).toBe(before + 2);
  });

  test('nest', async () => {
    const before = await count();
    await api.client.transaction((tx) => tx.savepoint(async (outer) => {
      await add(outer, 20);
      await outer.savepoint(async (inner) => { await add(inner, 21); throw new Error('undo'); }).catch(() => undefined);
    }));
    expect(await count()).toBe(before + 1);
  });

  test('before each statement, they leave the transaction usable after a failure', async () => {
    const before = await count();
    await api.client.transaction({ savepoints: true }, async (tx) => {
      await add(tx, 30);
      await expect(add(tx, 30)).rejects.toMatchObject({ sqlState: '23505' });
      await add(tx, 31);
    });
    expect(await count()).toBe(before + 2);
  });
});

describe('what an error says of the effect of its statement', () => {
  const tooLarge = "insert into ledger values (60) returning repeat('x', 2000000)";
  const none = (): Promise<unknown> => expect(api.client.maybeOne('select id from ledger where id = 60')).resolves.toBeUndefined();
  const failing = (work: (tx: Transaction) => Promise<unknown>): Promise<unknown> => api.client.transaction(work).catch((reason: unknown) => reason);

  test('is that it ran, as long as its transaction does', async () => {
    let inside: unknown;
    await api.client.transaction(async (tx) => {
      inside = await tx.query(tooLarge).catch((reason: unknown) => reason);
    });
    expect(inside).toMatchObject({ code: 'result-too-large', executed: 'yes' });
    expect(await api.client.execute('delete from ledger where id = 60')).toMatchObject({ rowCount: 1 });
  });

  test.each<[string, (tx: Transaction) => Promise<unknown>, object]>([
    ['an answer that is too large', (tx) => tx.query(tooLarge), { code: 'result-too-large', retryable: false }],
    ['a row too many', (tx) => tx.maybeOne('insert into ledger values (60), (61) returning id'), { code: 'row-count', retryable: false }],
    ['a connection that was lost', (tx) => tx.execute('insert into ledger values (60) /* lost */'), { code: 'connection', retryable: true }],
  ])('and none once the transaction is rolled back: %s', async (_name, work, expected) => {
    api.server.faults.inject({ fault: { kind: 'drop-after' }, operations: ['ExecuteStatement'], sql: '/* lost */' });
    try {
      expect(await failing(work)).toMatchObject({ ...expected, executed: 'no' });
    } finally {
      api.server.faults.clear();
    }
    await none();
  });

  test('and none where the transaction did not even begin', async () => {
    api.server.faults.inject({ fault: { kind: 'drop-before' }, operations: ['BeginTransaction'] });
    try {
      expect(await failing((tx) => tx.query(tooLarge))).toMatchObject({ code: 'connection', executed: 'no', retryable: true });
    } finally {
      api.server.faults.clear();
    }
  });

  test('and none where its settings are refused', async () => {
    expect(await api.client.transaction({ settings: { 'app.tenant': 'x', timezone: 'Nowhere/Else' } }, (tx) => tx.query(tooLarge)).catch((reason: unknown) => reason)).toMatchObject({ code: 'database-error', executed: 'no' });
    expect(api.server.stats().transactions).toBe(0);
  });

  test('and none once it is undone by a savepoint', async () => {
    const seen: unknown[] = [];
    await api.client.transaction({ savepoints: true }, async (tx) => { seen.push(await tx.query(tooLarge).catch((reason: unknown) => reason)); });
    await api.client.transaction(async (tx) => { seen.push(await tx.savepoint((inner) => inner.query(tooLarge)).catch((reason: unknown) => reason)); });
    expect(seen).toMatchObject([{ executed: 'no' }, { executed: 'no' }]);
    await none();
  });

  test('is left alone where the commit was lost, which alone knows', async () => {
    let inside: unknown;
    api.server.faults.inject({ fault: { kind: 'drop-after' }, operations: ['CommitTransaction'] });
    try {
      expect(await failing(async (tx) => { inside = await tx.query(tooLarge).catch((reason: unknown) => reason); })).toMatchObject({ code: 'connection', executed: 'unknown' });
    } finally {
      api.server.faults.clear();
    }
    expect(inside).toMatchObject({ executed: 'yes' });
    expect(await api.client.execute('delete from ledger where id = 60')).toMatchObject({ rowCount: 1 });
  });

  test('is left alone where the statement was not of the transaction', async () => {
    expect(await failing(() => api.client.query(tooLarge))).toMatchObject({ code: 'result-too-large', executed: 'yes' });
    expect(await api.client.execute('delete from ledger where id = 60')).toMatchObject({ rowCount: 1 });
  });
});

describe('readOnly', () => {
  test('refuses writes and always rolls back', async () => {
    await expect(api.client.readOnly((tx) => add(tx, 40))).rejects.toMatchObject({ sqlState: '25006' });
    const commits = api.server.stats();
    expect(await api.client.readOnly({ settings: { 'app.tenant': 'x' }, statementTimeoutMs: 1000 }, (tx) => tx.one("select current_setting('app.tenant') as a, current_setting('transaction_read_only') as b"))).toEqual({ a: 'x', b: 'on' });
    expect(api.server.stats().transactions).toBe(commits.transactions);
  });

  test('cannot be made writable from inside', async () => {
    await expect(api.client.readOnly((tx) => tx.query("select set_config('transaction_read_only', 'off', true)"))).rejects.toMatchObject({ code: 'database-error' });
    await expect(api.client.readOnly((tx) => tx.execute('set transaction read write'))).rejects.toMatchObject({ code: 'database-error' });
  });
});

describe('giving up', () => {
  const sleeping = async (part: string): Promise<number> =>
    (await api.client.one<{ n: number }>("select count(*)::int4 as n from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and position(:part in query) > 0", { part })).n;

  test('the signal rolls back, also when the function does not listen to it', async () => {
    const before = await count();
    const controller = new AbortController();
    const work = api.client.transaction({ signal: controller.signal }, async (tx) => {
      await add(tx, 50);
      controller.abort(new Error('enough'));
      await new Promise(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'aborted', executed: 'no' });
    expect(await count()).toBe(before);
    expect(api.server.stats().transactions).toBe(0);
  });

  test('the signal ends a statement that is running', async () => {
    const controller = new AbortController();
    const failing = api.client.transaction({ signal: controller.signal }, (tx) => tx.query('select pg_sleep(2)::text')).catch((reason: unknown) => reason);
    await expect.poll(() => sleeping('pg_sleep(2)')).toBe(1);
    controller.abort();
    expect(await failing).toMatchObject({ code: 'aborted' });
    // The service rolls back once the statement that was given up on has ended.
    await expect.poll(() => api.server.stats().transactions).toBe(0);
  });

  test('timeoutMs bounds the whole transaction', async () => {
    await expect(api.client.transaction({ timeoutMs: 80 }, (tx) => tx.query('select pg_sleep(1)::text'))).rejects.toMatchObject({ code: 'deadline' });
  });
});
