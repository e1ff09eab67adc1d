import { createDataApiClient, sql, typed } from '@ask-aurora/data-api-client';
import type { LocalServer } from '../local-server.js';
import type { ClientUnderTest, SampleColumn } from './client-under-test.js';

const types: Readonly<Record<SampleColumn, string>> = {
  name: 'text', big: 'int8', amount: 'numeric', at: 'timestamptz', day: 'date', doc: 'jsonb', raw: 'bytea', tags: 'text[]', counts: 'int4[]', mood: 'mood', ok: 'bool', ref: 'uuid',
};

/** This project's own client, for comparison. */
export function askAurora({ target, sdk }: LocalServer): ClientUnderTest {
  const client = createDataApiClient({ ...target, client: sdk({ maxAttempts: 1 }), resume: { maxWaitMs: 5_000, firstWaitMs: 100 } });
  return {
    title: '@ask-aurora/data-api-client',
    write: async (column, value) => (await client.one<{ id: number }>(`insert into sample (${column}) values (:value) returning id`, { value: typed.as(types[column], value) })).id,
    read: async (column, id) => (await client.one(`select ${column} from sample where id = :id`, { id }))[column],
    rename: async (id, name) => void (await client.execute(sql`update sample set name = ${name} where id = ${id}`)),
    remove: async (id) => void (await client.execute(sql`delete from sample where id = ${id}`)),
    findByRef: async (ref) => (await client.query<{ id: number }>('select id from sample where ref = :ref', { ref: typed.uuid(ref) })).rows.map(({ id }) => id),
    query: async (statement) => (await client.query(statement)).rows,
    async transaction(statements) {
      await client.transaction(async (transaction) => {
        for (const statement of statements) await transaction.query(statement);
      });
    },
    overlap: (statements) => client.transaction(async (transaction) => void (await Promise.all(statements.map((statement) => transaction.query(statement))))),
  };
}
