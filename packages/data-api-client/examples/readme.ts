/* eslint-disable @nx/enforce-module-boundaries, no-console -- examples import the package as its users do, and print */
// #region create
import { createDataApiClient, DatabaseError, DataApiError, sql, typed, type DataApiClient } from '@ask-aurora/data-api-client';
import { DataApiDialect } from '@ask-aurora/data-api-client/kysely';
import { Kysely } from 'kysely';
import { z } from 'zod';

export function connect(resourceArn: string, secretArn: string): DataApiClient {
  return createDataApiClient({ resourceArn, secretArn, database: 'shop', region: 'us-east-1' });
}
// #endregion

export async function queries(client: DataApiClient): Promise<unknown> {
  // #region query
  const { rows } = await client.query<{ id: bigint; total: string }>('select id, total from orders where state = :state', { state: 'open' });
  const newest = await client.maybeOne('select * from orders order by placed desc limit 1');
  const { rowCount } = await client.execute('update orders set state = :to where state = :from', { from: 'open', to: 'paid' });
  // #endregion
  return { rows, newest, rowCount };
}

export async function template(client: DataApiClient, search: string): Promise<unknown> {
  // #region template
  const since = sql`placed >= ${typed.timestamptz('2024-01-01T00:00:00Z')}`;
  const { rows } = await client.sql`select id from ${sql.identifier('orders')} where ${since} and note = ${search}`;
  // #endregion
  return rows;
}

export async function parameters(client: DataApiClient): Promise<unknown> {
  // #region parameters
  const { rows } = await client.query('select id from orders where reference = :reference and state = any(:states) and total >= :total', {
    reference: typed.uuid('0b9e0c1e-7d5b-4f6e-9a27-0b8f7f2f9b11'),
    states: ['open', 'paid'],
    total: typed.decimal('10.50'),
  });
  // #endregion
  return rows;
}

export async function schema(client: DataApiClient): Promise<unknown> {
  // #region schema
  const order = z.object({ id: z.bigint(), placed: z.coerce.date() });
  const { rows } = await client.query('select id, placed from orders', {}, { schema: order }); // { id: bigint; placed: Date }[]
  // #endregion
  return rows;
}

export async function transactions(client: DataApiClient): Promise<void> {
  // #region transaction
  await client.transaction({ isolation: 'serializable', retries: 3, settings: { 'app.tenant': 'acme' } }, async (tx) => {
    const { id } = await tx.one<{ id: bigint }>("insert into orders (state, note) values ('open', :note) returning id", { note: 'by phone' });
    await tx.savepoint((inner) => inner.execute('insert into audit (order_id) values (:id)', { id })).catch(() => undefined);
  });
  // #endregion
}

export async function stream(client: DataApiClient, signal: AbortSignal): Promise<void> {
  // #region stream
  for await (const row of client.stream<{ id: bigint; note: string | null }>('select id, note from orders order by id', {}, { signal })) {
    console.log(row.id, row.note);
  }
  // #endregion
}

export async function batch(client: DataApiClient): Promise<unknown> {
  // #region batch
  const notes = Array.from({ length: 5_000 }, (_, index) => ({ note: `note ${index}` }));
  const { rows } = await client.batch<{ id: bigint }>("insert into orders (state, note) values ('open', :note) returning id", notes);
  // #endregion
  return rows.length;
}

export async function errors(client: DataApiClient, insert: string): Promise<string> {
  // #region errors
  try {
    await client.execute(insert);
  } catch (error) {
    if (DatabaseError.isInstance(error) && error.sqlState === '23505') return 'exists already';
    if (DataApiError.isInstance(error) && error.executed === 'unknown') return 'look before you repeat it';
    throw error;
  }
  // #endregion
  return 'inserted';
}

interface Database {
  readonly orders: { readonly id: bigint; readonly note: string | null };
}

export async function kysely(client: DataApiClient): Promise<unknown> {
  // #region kysely
  const db = new Kysely<Database>({ dialect: new DataApiDialect({ client }) });
  for await (const order of db.selectFrom('orders').select('note').stream()) console.log(order.note);
  // #endregion
  return db.selectFrom('orders').select('id').limit(1).execute();
}
