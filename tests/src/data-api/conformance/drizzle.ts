import { eq, sql } from 'drizzle-orm';
import { drizzle as createDrizzle } from 'drizzle-orm/aws-data-api/pg';
import { bigint, boolean, customType, date, integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { LocalServer } from '../local-server.js';
import { installedVersion } from './installed-version.js';
import type { ClientUnderTest } from './client-under-test.js';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const mood = pgEnum('mood', ['sad', 'glad']);
const sample = pgTable('sample', {
  id: integer('id').generatedAlwaysAsIdentity().primaryKey(),
  name: text('name'),
  big: bigint('big', { mode: 'bigint' }),
  amount: numeric('amount', { precision: 12, scale: 4 }),
  at: timestamp('at', { withTimezone: true }),
  day: date('day'),
  doc: jsonb('doc'),
  raw: bytea('raw'),
  tags: text('tags').array(),
  counts: integer('counts').array(),
  mood: mood('mood'),
  ok: boolean('ok'),
  ref: uuid('ref'),
});

/** drizzle-orm's aws-data-api driver, through tables and columns as its users write them. */
export function drizzle({ target, sdk }: LocalServer): ClientUnderTest {
  const db = createDrizzle(sdk(), target);
  return {
    title: `drizzle-orm ${installedVersion('drizzle-orm')}`,
    write: async (column, value) => (await db.insert(sample).values({ [column]: value }).returning({ id: sample.id }))[0]?.id ?? 0,
    read: async (column, id) => (await db.select({ value: sample[column] }).from(sample).where(eq(sample.id, id)))[0]?.value,
    rename: async (id, name) => void (await db.update(sample).set({ name }).where(eq(sample.id, id))),
    remove: async (id) => void (await db.delete(sample).where(eq(sample.id, id))),
    findByRef: async (ref) => (await db.select({ id: sample.id }).from(sample).where(eq(sample.ref, ref))).map(({ id }) => id),
    query: async (statement) => (await db.execute(sql.raw(statement))).rows,
    async transaction(statements) {
      await db.transaction(async (transaction) => {
        for (const statement of statements) await transaction.execute(sql.raw(statement));
      });
    },
    overlap: (statements) => db.transaction(async (transaction) => void (await Promise.all(statements.map((statement) => transaction.execute(sql.raw(statement)))))),
  };
}
