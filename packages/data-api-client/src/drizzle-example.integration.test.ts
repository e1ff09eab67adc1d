import { desc, eq, sql } from 'drizzle-orm';
import { bigint, boolean, date, integer, jsonb, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { beforeAll, expect, test } from 'vitest';
import { drizzleOver, drizzleTransaction } from '../examples/drizzle.js';
import { useLocalDataApi } from './testing/local-data-api.js';

const api = useLocalDataApi();
const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  number: bigint('number', { mode: 'bigint' }).notNull(),
  count: integer('count'),
  total: numeric('total', { precision: 12, scale: 2 }),
  placed: timestamp('placed', { withTimezone: true }),
  noted: timestamp('noted', { withTimezone: true, mode: 'string' }),
  day: date('day'),
  paid: boolean('paid'),
  extra: jsonb('extra').$type<{ tags: string[] }>(),
  note: text('note'),
});
const id = '0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11';
const order = { id, number: 9007199254740993n, count: 3, total: '12.50', placed: new Date('2024-02-29T12:00:00.123Z'), noted: null, day: '2024-02-29', paid: true, extra: { tags: ['a', ':b $1'] }, note: "it's :x" };

beforeAll(() => api.client.execute('create table orders (id uuid primary key, number int8 not null, count int4, total numeric(12, 2), placed timestamptz, noted timestamptz, day date, paid bool, extra jsonb, note text)'));

test('the Drizzle example inserts and reads every type back', async () => {
  const db = drizzleOver(api.client, { orders });
  expect(await db.insert(orders).values(order).returning()).toEqual([order]);
  expect(await db.select().from(orders).where(eq(orders.id, id)).orderBy(desc(orders.number))).toEqual([order]);
  expect(await db.query.orders.findFirst({ columns: { note: true }, where: eq(orders.day, '2024-02-29') })).toEqual({ note: order.note });
  expect(await db.execute(sql`select count(*)::int4 as n from orders where total > ${'1.00'}::numeric`)).toEqual([{ n: 1 }]);
});

test('a transaction of the client is a Drizzle database of its own', async () => {
  await expect(drizzleTransaction(api.client, { orders }, async (db) => {
    await db.update(orders).set({ note: 'changed' }).where(eq(orders.id, id));
    throw new Error('undo');
  })).rejects.toThrow('undo');
  await drizzleTransaction(api.client, { orders }, (db) => db.update(orders).set({ count: 4 }).where(eq(orders.id, id)));
  expect(await drizzleOver(api.client, { orders }).select({ note: orders.note, count: orders.count }).from(orders)).toEqual([{ note: order.note, count: 4 }]);
});
