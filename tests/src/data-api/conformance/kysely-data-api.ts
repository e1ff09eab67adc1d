import { Kysely, sql } from 'kysely';
import { DataApiDialect } from 'kysely-data-api';
import type { LocalServer } from '../local-server.js';
import { installedVersion } from './installed-version.js';
import type { ClientUnderTest, SampleColumn } from './client-under-test.js';

interface Database {
  readonly sample: { readonly id: number } & { readonly [column in SampleColumn]: unknown };
}

/** kysely-data-api, through Kysely's query builder. */
export function kyselyDataApi({ target, sdkWithMethods }: LocalServer): ClientUnderTest {
  const db = new Kysely<Database>({ dialect: new DataApiDialect({ mode: 'postgres', driver: { client: sdkWithMethods(), ...target } }) });
  return {
    title: `kysely-data-api ${installedVersion('kysely-data-api')}`,
    write: async (column, value) => (await db.insertInto('sample').values({ [column]: value } as never).returning('id').executeTakeFirstOrThrow()).id,
    read: async (column, id) => (await db.selectFrom('sample').select(column).where('id', '=', id).executeTakeFirstOrThrow())[column],
    rename: async (id, name) => void (await db.updateTable('sample').set({ name }).where('id', '=', id).execute()),
    remove: async (id) => void (await db.deleteFrom('sample').where('id', '=', id).execute()),
    findByRef: async (ref) => (await db.selectFrom('sample').select('id').where('ref', '=', ref).execute()).map(({ id }) => id),
    query: async (statement) => (await sql.raw(statement).execute(db)).rows,
    async transaction(statements) {
      await db.transaction().execute(async (transaction) => {
        for (const statement of statements) await sql.raw(statement).execute(transaction);
      });
    },
    overlap: (statements) => db.transaction().execute(async (transaction) => void (await Promise.all(statements.map((statement) => sql.raw(statement).execute(transaction))))),
  };
}
