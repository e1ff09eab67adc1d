import { Kysely, Migrator, sql, type Generated } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasMysql, useMysqlDataApi } from '../testing/mysql-data-api.js';
import { DataApiDialect } from './data-api-dialect.js';
import { streamByKey } from './stream-by-key.js';

interface Database {
  readonly person: { readonly id: Generated<number>; readonly name: string; readonly extra: unknown };
}

const api = useMysqlDataApi();

describe.skipIf(!hasMysql)('Kysely on MySQL', () => {
  let db: Kysely<Database>;
  beforeAll(async () => {
    db = new Kysely<Database>({ dialect: new DataApiDialect({ client: api.client }) });
    await db.schema.createTable('person').addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement()).addColumn('name', 'varchar(40)', (column) => column.notNull().unique()).addColumn('extra', 'json').execute();
  });

  test('insert, select, update, delete', async () => {
    expect(await db.insertInto('person').values({ name: "o'neill \\ ? :x", extra: { a: [1] } }).executeTakeFirst()).toMatchObject({ insertId: 1n, numInsertedOrUpdatedRows: 1n });
    expect(await db.selectFrom('person').selectAll().where('id', 'in', [1, 2]).execute()).toEqual([{ id: 1, name: "o'neill \\ ? :x", extra: { a: [1] } }]);
    expect(await db.updateTable('person').set({ name: 'b' }).where('id', '=', 1).executeTakeFirst()).toMatchObject({ numUpdatedRows: 1n });
    expect(await db.deleteFrom('person').where('id', '=', 1).executeTakeFirst()).toEqual({ numDeletedRows: 1n });
  });

  test('transactions with isolation, access mode and savepoints', async () => {
    await expect(db.transaction().setIsolationLevel('serializable').execute((trx) => trx.selectFrom('person').selectAll().execute())).rejects.toMatchObject({ code: 'configuration' });
    await expect(db.transaction().setIsolationLevel('repeatable read').execute(async (trx) => {
      await trx.insertInto('person').values({ name: 'lost', extra: null }).execute();
      throw new Error('no');
    })).rejects.toThrow('no');
    await expect(db.transaction().setAccessMode('read only').execute((trx) => trx.deleteFrom('person').execute())).rejects.toMatchObject({ errorNumber: 1792 });
    const trx = await db.startTransaction().execute();
    await trx.insertInto('person').values({ name: 'one', extra: null }).execute();
    const after = await trx.savepoint('s 1').execute();
    await after.insertInto('person').values({ name: 'two', extra: null }).execute();
    await after.rollbackToSavepoint('s 1').execute();
    await trx.commit().execute();
    expect(await db.selectFrom('person').select('name').execute()).toEqual([{ name: 'one' }]);
    expect(api.server.stats().transactions).toBe(0);
  });

  test('introspection and migrations', async () => {
    const migration = { up: (schema: Kysely<unknown>) => schema.schema.createTable('made_by_migration').addColumn('id', 'integer').execute() };
    const { error, results } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ first: migration }) } }).migrateToLatest();
    expect([error, results?.map(({ status }) => status)]).toEqual([undefined, ['Success']]);
    expect((await db.introspection.getTables()).map(({ name }) => name).toSorted()).toEqual(['made_by_migration', 'person']);
  });

  test('streaming is refused, and what the error says to do instead streams', async () => {
    const query = db.selectFrom('person').select(['id', 'name']).where('name', 'like', 'streamed %');
    await expect(query.stream().next()).rejects.toMatchObject({ code: 'configuration', message: expect.stringContaining("streamByKey(client, query, { key: ['id'] })") });
    await db.insertInto('person').values(['c', 'a', 'b'].map((name) => ({ name: `streamed ${name}`, extra: null }))).execute();
    const names: string[] = [];
    for await (const row of streamByKey(api.client, query, { key: ['id'], pageSize: 1 })) names.push(row.name);
    expect(names).toEqual(['streamed c', 'streamed a', 'streamed b']);
    await db.deleteFrom('person').where('name', 'like', 'streamed %').execute();
  });

  test('raw queries take parameters', async () => {
    expect((await sql<{ one: string }>`select ${'x'} as one`.execute(db)).rows).toEqual([{ one: 'x' }]);
  });
});
