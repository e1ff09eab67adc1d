import { RDSData, RDSDataClient } from '@aws-sdk/client-rds-data';
import { createDataApiClient } from '@ask-aurora/data-api-client';
import dataApiClient from 'data-api-client';
import { drizzle } from 'drizzle-orm/aws-data-api/pg';
import { bigint, boolean, date, doublePrecision, integer, jsonb, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { Kysely } from 'kysely';
import { DataApiDialect } from 'kysely-data-api';
import { columnCount, tableName, type ResultShape } from './result-body.js';
import { credentials, database, region, resourceArn, secretArn, type Contender } from './contender.js';

/** Ours, the floor that no client can be under, and the peers, each as its documentation says to use it. */
export function contenders(endpoint: string): readonly Contender[] {
  return [floor(endpoint), ours(endpoint), rawSdk(endpoint), dataApi(endpoint), drizzleDriver(endpoint), kyselyDataApi(endpoint)];
}

function floor(endpoint: string): Contender {
  return {
    name: 'fetch + JSON.parse',
    run: async (shape) => {
      const response = await fetch(`${endpoint}/Execute`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ sql: `select * from ${tableName(shape)}` }) });
      return (JSON.parse(await response.text()) as { records: unknown[] }).records;
    },
  };
}

function ours(endpoint: string): Contender {
  const client = createDataApiClient({ resourceArn, secretArn, database, client: new RDSDataClient({ endpoint, region, credentials }) });
  return { name: '@ask-aurora/data-api-client', run: async (shape) => (await client.query(`select * from ${tableName(shape)}`)).rows };
}

function rawSdk(endpoint: string): Contender {
  const client = new RDSData({ endpoint, region, credentials });
  return {
    name: '@aws-sdk/client-rds-data, undecoded',
    run: async (shape) => (await client.executeStatement({ resourceArn, secretArn, database, sql: `select * from ${tableName(shape)}`, includeResultMetadata: true })).records ?? [],
  };
}

function dataApi(endpoint: string): Contender {
  const client = dataApiClient({ engine: 'pg', resourceArn, secretArn, database, options: { endpoint, region, credentials } });
  return { name: 'data-api-client', run: async (shape) => (await client.query(`select * from ${tableName(shape)}`)).records };
}

function drizzleDriver(endpoint: string): Contender {
  const db = drizzle({ client: new RDSDataClient({ endpoint, region, credentials }), resourceArn, secretArn, database });
  const tables = new Map<string, ReturnType<typeof drizzleTable>>();
  return {
    name: 'drizzle-orm aws-data-api',
    run: async (shape) => {
      const name = tableName(shape);
      const table = tables.get(name) ?? drizzleTable(shape);
      tables.set(name, table);
      return db.select().from(table);
    },
  };
}

function drizzleTable(shape: ResultShape) {
  const column = (name: string, index: number) => {
    switch (index % 10) {
      case 0: return integer(name);
      case 1: return bigint(name, { mode: 'number' });
      case 2: return numeric(name);
      case 3: return text(name);
      case 4: return boolean(name);
      case 5: return doublePrecision(name);
      case 6: return timestamp(name, { withTimezone: true, mode: 'string' });
      case 7: return date(name);
      case 8: return uuid(name);
      default: return jsonb(name);
    }
  };
  return pgTable(tableName(shape), Object.fromEntries(Array.from({ length: columnCount[shape.kind] }, (_, index) => [`c${index}`, column(`c${index}`, index)])));
}

function kyselyDataApi(endpoint: string): Contender {
  const db = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: new DataApiDialect({ mode: 'postgres', driver: { client: new RDSData({ endpoint, region, credentials }), resourceArn, secretArn, database } }),
  });
  return { name: 'kysely-data-api', run: async (shape) => db.selectFrom(tableName(shape)).selectAll().execute() };
}
