import { Kysely, type Dialect, type Generated } from 'kysely';
import { expectTypeOf } from 'vitest';
import type { DataApiClient } from '../client/data-api-client.js';
import { DataApiDialect } from './data-api-dialect.js';

declare const client: DataApiClient;
interface Database {
  readonly orders: { readonly id: Generated<number>; readonly note: string | null };
}

const dialect = new DataApiDialect({ client });
expectTypeOf(dialect).toExtend<Dialect>();
const db = new Kysely<Database>({ dialect });
expectTypeOf(await db.selectFrom('orders').selectAll().execute()).toEqualTypeOf<{ id: number; note: string | null }[]>();
for await (const row of db.selectFrom('orders').select('note').stream(50)) expectTypeOf(row).toEqualTypeOf<{ note: string | null }>();
