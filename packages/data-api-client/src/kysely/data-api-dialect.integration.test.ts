import { Kysely, Migrator, sql, type Generated } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDataApiClient } from '../client/create-data-api-client.js';
import { useLocalDataApi } from '../testing/local-data-api.js';
import type { CommandSender } from '../transport/send-command.js';
import { DataApiDialect } from './data-api-dialect.js';

interface Database {
  readonly person: { readonly id: Generated<number>; readonly name: string; readonly born: Date | string | null; readonly tags: string[] | null; readonly extra: unknown };
}

const api = useLocalDataApi();
let db: Kysely<Database>;

beforeAll(async () => {
  db = new Kysely<Database>({ dialect: new DataApiDialect({ client: api.client }) });
  await db.schema
    .createTable('person')
    .addColumn('id', 'integer', (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('born', 'timestamptz')
    .addColumn('tags', sql`text[]`)
    .addColumn('extra', 'jsonb')
    .execute();
});
afterAll(() => db.destroy());

const names = async (): Promise<string[]> => (await db.selectFrom('person').select('name').orderBy('name').execute()).map(({ name }) => name);

describe('queries', () => {
  test('insert returning, select with conditions, update, delete', async () => {
    const row = await db.insertInto('person').values({ name: "o'neill", born: new Date('2000-01-02T03:04:05Z'), tags: ['a', 'b'], extra: { x: 1 } }).returningAll().executeTakeFirstOrThrow();
    expect(row).toEqual({ id: 1, name: "o'neill", born: '2000-01-02T03:04:05Z', tags: ['a', 'b'], extra: { x: 1 } });
    expect(await db.selectFrom('person').select(['id']).where('name', '=', "o'neill").where('id', 'in', [1, 2]).execute()).toEqual([{ id: 1 }]);
    expect(await db.updateTable('person').set({ name: 'b' }).where('id', '=', 1).executeTakeFirst()).toMatchObject({ numUpdatedRows: 1n });
    expect(await db.deleteFrom('person').where('id', '=', 1).executeTakeFirst()).toEqual({ numDeletedRows: 1n });
    expect(await db.insertInto('person').values([{ name: 'p' }, { name: 'q' }] as never).executeTakeFirst()).toMatchObject({ numInsertedOrUpdatedRows: 2n });
    await db.deleteFrom('person').execute();
  });

  test('raw fragments with colons and literals reach the database as they are', async () => {
    const { rows } = await sql<{ a: string; b: string }>`select ':x $1'::text as a, ${'v'}::text as b`.execute(db);
    expect(rows).toEqual([{ a: ':x $1', b: 'v' }]);
  });

  test('introspection', async () => {
    const tables = await db.introspection.getTables();
    expect(tables.find(({ name }) => name === 'person')?.columns.map(({ name }) => name)).toEqual(['id', 'name', 'born', 'tags', 'extra']);
  });
});

test('migrations', async () => {
  const migration = { up: (schema: Kysely<unknown>) => schema.schema.createTable('made_by_migration').addColumn('id', 'integer').execute() };
  const { error, results } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ first: migration }) } }).migrateToLatest();
  expect([error, results?.map(({ status }) => status)]).toEqual([undefined, ['Success']]);
  expect((await db.introspection.getTables()).map(({ name }) => name)).toEqual(['made_by_migration', 'person']);
});

describe('transactions', () => {
  test('commit and roll back', async () => {
    await db.transaction().execute(async (trx) => { await trx.insertInto('person').values({ name: 'kept' } as never).execute(); });
    await expect(db.transaction().setIsolationLevel('serializable').execute(async (trx) => {
      expect((await sql<{ level: string }>`select current_setting('transaction_isolation') as level`.execute(trx)).rows).toEqual([{ level: 'serializable' }]);
      await trx.insertInto('person').values({ name: 'lost' } as never).execute();
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await names()).toEqual(['kept']);
    expect(api.server.stats().transactions).toBe(0);
  });

  test('read only', async () => {
    await expect(db.transaction().setAccessMode('read only').execute((trx) => trx.deleteFrom('person').execute())).rejects.toMatchObject({ sqlState: '25006' });
  });

  test('savepoints of a controlled transaction', async () => {
    const trx = await db.startTransaction().execute();
    await trx.insertInto('person').values({ name: 'one' } as never).execute();
    const after = await trx.savepoint('s:1 "x"').execute();
    await expect(after.insertInto('person').values({ name: 'one' } as never).execute()).rejects.toMatchObject({ sqlState: '23505' });
    await after.rollbackToSavepoint('s:1 "x"').execute();
    await trx.commit().execute();
    expect(await names()).toEqual(['kept', 'one']);
  });
});

describe('streaming', () => {
  test('reads in chunks, in and out of a transaction, and ends when the loop does', async () => {
    await sql`insert into person (name) select 's' || g from generate_series(1, 50) g`.execute(db);
    const query = db.selectFrom('person').select('name').where('name', 'like', 's%').orderBy('id');
    const seen: string[] = [];
    for await (const { name } of query.stream(7)) seen.push(name);
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => `s${index + 1}`));

    for await (const { name } of query.stream(7)) if (name === 's3') break;
    expect(api.server.stats().transactions).toBe(0);
  });
});

test('on Aurora MySQL: its placeholders, its quotes and its generated keys', async () => {
  const inputs: unknown[] = [];
  const sender = { send: (command: { readonly input: unknown }) => (inputs.push(command.input), Promise.resolve({ numberOfRecordsUpdated: 1, generatedFields: [{ longValue: 42 }] })) } as unknown as CommandSender;
  const client = createDataApiClient({ resourceArn: 'arn', secretArn: 'arn', engine: 'mysql', client: sender });
  const mysql = new Kysely<Database>({ dialect: new DataApiDialect({ client }) });
  expect(await mysql.insertInto('person').values({ name: 'a?' } as never).executeTakeFirst()).toMatchObject({ insertId: 42n, numInsertedOrUpdatedRows: 1n });
  expect(inputs).toEqual([expect.objectContaining({ sql: 'insert into `person` (`name`) values (:p1)', parameters: [{ name: 'p1', value: { stringValue: 'a?' } }] })]);
});

describe('what a failed transaction says of its effect', () => {
  const failing = (): Promise<unknown> => db.transaction().execute((trx) => trx.insertInto('person').values({ name: 'doubtful' } as never).execute()).catch((reason: unknown) => reason);

  test('is that there is none, when a statement was lost', async () => {
    api.server.faults.inject({ fault: { kind: 'drop-after' }, operations: ['ExecuteStatement'], sql: 'insert into "person"' });
    const error = await failing().finally(() => api.server.faults.clear());
    expect(error).toMatchObject({ code: 'connection', executed: 'no', retryable: true });
    expect(await names()).not.toContain('doubtful');
  });

  test('is that there is none, when an error was caught that keeps PostgreSQL from committing', async () => {
    const error = await db.transaction().execute((trx) => sql`select nothing`.execute(trx).catch(() => undefined)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'transaction-aborted', executed: 'no' });
    expect(api.server.stats().transactions).toBe(0);
  });

  test('is unknown, when the commit was lost', async () => {
    api.server.faults.inject({ fault: { kind: 'drop-after' }, operations: ['CommitTransaction'] });
    const error = await failing().finally(() => api.server.faults.clear());
    expect(error).toMatchObject({ code: 'connection', executed: 'unknown', retryable: false });
    expect(await names()).toContain('doubtful');
    await db.deleteFrom('person').where('name', '=', 'doubtful').execute();
  });
});
