/* eslint-disable @nx/enforce-module-boundaries -- an example imports the package as its users do */
import type { DataApiClient, ParameterValue, Queries } from '@ask-aurora/data-api-client';
import { typed } from '@ask-aurora/data-api-client';
import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';

/** Drizzle says which strings are of a type that a text parameter would not match. */
const typedBy: Readonly<Record<string, (text: string) => ParameterValue>> = {
  date: (text) => typed.date(text),
  decimal: (text) => typed.decimal(text),
  json: (text) => typed.as('jsonb', JSON.parse(text)),
  time: (text) => typed.time(text),
  timestamp: (text) => typed.timestamptz(text),
  uuid: (text) => typed.uuid(text),
};

/** Drizzle over a client or a transaction of @ask-aurora/data-api-client, by Drizzle's proxy driver. */
export function drizzleOver<TSchema extends Record<string, unknown>>(queries: Queries, schema: TSchema): PgRemoteDatabase<TSchema> {
  return drizzle(
    async (sql, parameters: readonly unknown[], method, typings) => {
      const values = parameters.map((value, index) => {
        const type = typedBy[typings?.[index] ?? 'none'];
        return typeof value === 'string' && type ? type(value) : (value as ParameterValue);
      });
      // `all` maps arrays of values to the fields of the query, `execute` hands rows out as they are.
      const { rows } = await queries.query<unknown[]>(sql, values, { rowMode: method === 'all' ? 'array' : 'object' });
      return { rows };
    },
    { schema },
  );
}

/** Runs a function with a Drizzle database that is one transaction. */
export function drizzleTransaction<TSchema extends Record<string, unknown>, T>(client: DataApiClient, schema: TSchema, work: (db: PgRemoteDatabase<TSchema>) => Promise<T>): Promise<T> {
  return client.transaction((transaction) => work(drizzleOver(transaction, schema)));
}
