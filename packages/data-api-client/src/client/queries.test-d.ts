import { type } from 'arktype';
import * as v from 'valibot';
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { createDataApiClient, sql, typed, type BatchResult, type DataApiClient, type DataApiError, type DataApiErrorCode, type DatabaseError, type Executed, type QueryResult, type Row, type RowValidationError, type Transaction } from '../index.js';

declare const client: DataApiClient;
declare const sdk: RDSDataClient;

expectTypeOf(createDataApiClient({ resourceArn: '', secretArn: '', client: sdk })).toEqualTypeOf<DataApiClient>();

// Rows are of no known type, of the caller's type, or of the schema's output.
expectTypeOf(await client.query('select 1')).toEqualTypeOf<QueryResult<Row>>();
expectTypeOf((await client.query('select 1')).rows[0]).toEqualTypeOf<Row | undefined>();
expectTypeOf(await client.query<{ id: bigint }>('select 1')).toEqualTypeOf<QueryResult<{ id: bigint }>>();
expectTypeOf(await client.one<{ id: bigint }>(sql`select ${1}`)).toEqualTypeOf<{ id: bigint }>();
expectTypeOf(await client.maybeOne<{ id: bigint }>('select 1')).toEqualTypeOf<{ id: bigint } | undefined>();
expectTypeOf(await client.sql<{ id: bigint }>`select ${typed.int8(1)}`).toEqualTypeOf<QueryResult<{ id: bigint }>>();

const zodSchema = z.object({ id: z.number().transform(String), at: z.coerce.date() });
expectTypeOf(await client.query('select 1', {}, { schema: zodSchema })).toEqualTypeOf<QueryResult<{ id: string; at: Date }>>();
expectTypeOf(await client.one('select 1', undefined, { schema: v.object({ id: v.number() }) })).toEqualTypeOf<{ id: number }>();
expectTypeOf(await client.maybeOne('select 1', {}, { schema: type({ id: 'number' }) })).toEqualTypeOf<{ id: number } | undefined>();
for await (const row of client.stream('select 1', {}, { schema: zodSchema, pageSize: 10 })) expectTypeOf(row).toEqualTypeOf<{ id: string; at: Date }>();
for await (const row of client.stream<{ id: number }>('select 1')) expectTypeOf(row).toEqualTypeOf<{ id: number }>();
expectTypeOf(await client.batch<{ id: number }>('insert', [{ a: 1 }, { a: null }])).toEqualTypeOf<BatchResult<{ id: number }>>();

// Transactions hand their function's result on.
expectTypeOf(await client.transaction((tx) => tx.one<{ n: number }>('select 1'))).toEqualTypeOf<{ n: number }>();
expectTypeOf(await client.readOnly({ settings: { 'app.tenant': 'a' } }, async (tx) => { expectTypeOf(tx).toEqualTypeOf<Transaction>(); return Promise.resolve(1 as const); })).toEqualTypeOf<1>();

// What cannot be sent does not compile.
// @ts-expect-error undefined is not NULL
await client.query('select :a', { a: undefined });
// @ts-expect-error a symbol is no value
await client.query('select :a', { a: Symbol('a') });
// @ts-expect-error a read-only transaction is always rolled back, so it has no savepoints option
await client.readOnly({ savepoints: true }, async () => Promise.resolve());
// @ts-expect-error an unknown isolation level
await client.transaction({ isolation: 'snapshot' }, async () => Promise.resolve());
// @ts-expect-error a schema that is none
await client.query('select 1', {}, { schema: {} });

// Codes tell the classes apart.
declare const error: DataApiError;
expectTypeOf(error.code).toEqualTypeOf<DataApiErrorCode>();
expectTypeOf(error.executed).toEqualTypeOf<Executed>();
declare const some: DatabaseError | RowValidationError;
if (some.code === 'row-validation') expectTypeOf(some.rowIndex).toEqualTypeOf<number>();
else expectTypeOf(some.code).toEqualTypeOf<'database-error'>();
