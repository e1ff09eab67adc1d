import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { query } from '../../test-support/query.js';
import type { LocalPostgres } from '../postgres/local-postgres.js';
import { postgresVersions } from '../postgres/postgres-version.js';
import { startLocalPostgres } from '../postgres/start-local-postgres.js';
import { createReadOnlyRole } from './create-read-only-role.js';
import { dropReadOnlyRole } from './drop-read-only-role.js';

const password = 'read-only-password';

/** Two schemas of an owner, one to read; everything an attacker could lean on is there. */
const objects = `
  CREATE SCHEMA shop; CREATE SCHEMA payroll;
  CREATE TABLE shop.orders (id int PRIMARY KEY, total numeric); INSERT INTO shop.orders SELECT n, n FROM generate_series(1, 5) n;
  CREATE VIEW shop.totals AS SELECT sum(total) AS total FROM shop.orders;
  CREATE TABLE payroll.salaries (name text, salary numeric); INSERT INTO payroll.salaries VALUES ('a', 1);
  CREATE SEQUENCE shop.numbers;
  CREATE FUNCTION shop.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM shop.orders';
  CREATE FUNCTION shop.wipe_as_caller() RETURNS void LANGUAGE sql AS 'DELETE FROM shop.orders';
  CREATE EXTENSION dblink SCHEMA shop;
`;

describe.each(postgresVersions)('PostgreSQL %i', (version) => {
  let server: LocalPostgres;
  let admin: string;
  let reader: string;
  beforeAll(async () => {
    server = await startLocalPostgres({ version });
    await server.createDatabase('app');
    admin = server.connectionString({ database: 'app' });
    await query(admin, objects);
    await createReadOnlyRole({ connectionString: admin, role: 'reader', password, schemas: ['shop'] });
    reader = server.connectionString({ database: 'app', user: 'reader', password });
  });
  afterAll(() => server?.stop());

  test('reads what it was granted, without naming the schema', async () => {
    expect(await query(reader, 'SELECT count(*)::int AS count FROM orders')).toEqual([{ count: 5 }]);
    expect(await query(reader, 'SELECT total::int AS total FROM shop.totals')).toEqual([{ total: 15 }]);
    expect(await query(reader, "SELECT current_setting('default_transaction_read_only') AS read_only, current_setting('statement_timeout') AS timeout, current_setting('search_path') AS path")).toEqual([
      { read_only: 'on', timeout: '30s', path: 'pg_catalog, shop' },
    ]);
  });

  test('reads tables made later', async () => {
    await query(admin, 'CREATE TABLE shop.later AS SELECT 1 AS one');
    expect(await query(reader, 'SELECT one FROM shop.later')).toEqual([{ one: 1 }]);
  });

  describe('cannot escape, even after it has switched off all that it can switch off', () => {
    const loosen = "SELECT set_config('default_transaction_read_only', 'off', false), set_config('statement_timeout', '0', false)";
    test.each([
      ['write a row', 'INSERT INTO shop.orders VALUES (9, 9)', '42501'],
      ['change a row', 'UPDATE shop.orders SET total = 0', '42501'],
      ['remove a row', 'DELETE FROM shop.orders', '42501'],
      ['write through a view', 'DELETE FROM shop.totals', '(42501|55000)'],
      ['empty a table', 'TRUNCATE shop.orders', '42501'],
      ['drop a table', 'DROP TABLE shop.orders', '42501'],
      ['alter a table', 'ALTER TABLE shop.orders ADD COLUMN x int', '42501'],
      ['lock a table for others', 'BEGIN; LOCK TABLE shop.orders IN EXCLUSIVE MODE', '42501'],
      ['lock rows', 'SELECT * FROM shop.orders FOR UPDATE', '42501'],
      ['read another schema', 'SELECT * FROM payroll.salaries', '42501'],
      ['read passwords', 'SELECT * FROM pg_authid', '42501'],
      ['read passwords elsewhere', 'SELECT * FROM pg_shadow', '42501'],
      ['make a table', 'CREATE TABLE shop.mine (x int)', '42501'],
      ['make a table in public', 'CREATE TABLE public.mine (x int)', '42501'],
      ['make a temporary table', 'CREATE TEMP TABLE mine (x int)', '42501'],
      ['make a table by SELECT INTO', 'SELECT 1 AS one INTO public.mine', '42501'],
      ['make a schema', 'CREATE SCHEMA mine', '42501'],
      ['make a database', 'CREATE DATABASE mine', '42501'],
      ['make a role', 'CREATE ROLE mine', '42501'],
      ['make itself a superuser', 'ALTER ROLE reader SUPERUSER', '42501'],
      ['become the administrator', 'SET ROLE postgres', '42501'],
      ['become the administrator for the session', 'SET SESSION AUTHORIZATION postgres', '42501'],
      ['become a predefined role', 'SET ROLE pg_read_all_data', '42501'],
      ['become it by set_config', "SELECT set_config('role', 'postgres', false)", '42501'],
      ['run a program', "COPY shop.orders TO PROGRAM 'cat'", '42501'],
      ['run a program for input', "CREATE TEMP TABLE t (x text); COPY t FROM PROGRAM 'id'", '42501'],
      ['write a file', "COPY shop.orders TO '/tmp/ask-aurora-should-not-exist'", '42501'],
      ['read a file', "SELECT pg_read_file('PG_VERSION')", '42501'],
      ['list files', "SELECT pg_ls_dir('.')", '42501'],
      ['import a file as a large object', "SELECT lo_import('/etc/passwd')", '42501'],
      ['make a large object', 'SELECT lo_create(0)', '42501'],
      ['make a large object the old way', 'SELECT lo_creat(-1)', '42501'],
      ['make a large object from bytes', "SELECT lo_from_bytea(0, 'x')", '42501'],
      ['call a function with its owner\'s rights', 'SELECT shop.wipe()', '42501'],
      ['call a function with its own rights', 'SELECT shop.wipe_as_caller()', '42501'],
      ['connect onward by dblink', "SELECT * FROM shop.dblink('dbname=postgres', 'SELECT 1') AS t(x int)", '42501'],
      ['use up a sequence', "SELECT nextval('shop.numbers')", '42501'],
      ['write a function', 'CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS $$SELECT 1$$', '42501'],
      ['run code', "DO $$ BEGIN DELETE FROM shop.orders; END $$", '42501'],
      ['end the server\'s other sessions', "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' AND pid <> pg_backend_pid() LIMIT 1", '42501'],
      ['load a library', "LOAD 'auto_explain'", '42501'],
      ['change the server', "ALTER SYSTEM SET work_mem = '1GB'", '42501'],
      ['reload the server', 'SELECT pg_reload_conf()', '42501'],
      ['switch triggers off', "SET session_replication_role = 'replica'", '42501'],
      ['make a foreign server', 'CREATE SERVER mine FOREIGN DATA WRAPPER dblink_fdw', '42501'],
      ['write data in a WITH', 'WITH gone AS (DELETE FROM shop.orders RETURNING *) SELECT * FROM gone', '42501'],
    ])('to %s', async (_, sql, sqlState) => {
      const client = new pg.Client({ connectionString: reader });
      await client.connect();
      try {
        // A session of the administrator's, for those who want to end one.
        await query(admin, 'SELECT 1');
        await client.query(loosen);
        const outcome = await client.query(sql).then(() => 'done', (error: pg.DatabaseError) => error.code);
        expect(outcome).toMatch(new RegExp(`^${sqlState}$`));
      } finally {
        await client.end();
      }
      expect(await query(admin, 'SELECT count(*)::int AS count FROM shop.orders')).toEqual([{ count: 5 }]);
    });

    test('nor in a read-only transaction, whatever function it finds', async () => {
      const client = new pg.Client({ connectionString: admin });
      await client.connect();
      try {
        for (const sql of ['SELECT shop.wipe()', 'SELECT lo_create(0)', 'SELECT lo_creat(-1)', 'CREATE TABLE x (y int)', "SELECT set_config('transaction_read_only', 'off', true)"]) {
          await client.query('BEGIN; SET TRANSACTION READ ONLY; SELECT 1');
          await expect(client.query(sql), sql).rejects.toMatchObject({ code: expect.stringMatching(/^25/) });
          await client.query('ROLLBACK');
        }
      } finally {
        await client.end();
      }
    });
  });

  describe('made again', () => {
    test('takes a new password and forgets the old one', async () => {
      await createReadOnlyRole({ connectionString: admin, role: 'changing', password: 'first', schemas: ['shop'] });
      await createReadOnlyRole({ connectionString: admin, role: 'changing', password: 'second', schemas: ['shop'] });
      const as = (word: string) => query(server.connectionString({ database: 'app', user: 'changing', password: word }), 'SELECT 1 AS one');
      await expect(as('first')).rejects.toMatchObject({ code: '28P01' });
      expect(await as('second')).toEqual([{ one: 1 }]);
    });

    test('loses the schema that left the list, also for tables made later, and what others granted meanwhile', async () => {
      const at = server.connectionString({ database: 'app', user: 'moving', password });
      await createReadOnlyRole({ connectionString: admin, role: 'moving', password, schemas: ['shop', 'payroll'] });
      expect(await query(at, 'SELECT count(*)::int AS count FROM payroll.salaries')).toEqual([{ count: 1 }]);
      await query(admin, 'GRANT INSERT ON shop.orders TO moving; GRANT pg_read_all_data TO moving; ALTER ROLE moving SET statement_timeout = 0');
      await createReadOnlyRole({ connectionString: admin, role: 'moving', password, schemas: ['shop'], statementTimeoutMs: 1_000 });
      await query(admin, 'CREATE TABLE payroll.newer AS SELECT 1 AS one');
      await expect(query(at, 'SELECT * FROM payroll.salaries')).rejects.toMatchObject({ code: '42501' });
      await expect(query(at, 'SELECT * FROM payroll.newer')).rejects.toMatchObject({ code: '42501' });
      await expect(query(at, 'BEGIN READ WRITE; INSERT INTO shop.orders VALUES (99, 1)')).rejects.toMatchObject({ code: '42501' });
      await expect(query(at, 'SET ROLE pg_read_all_data')).rejects.toMatchObject({ code: '42501' });
      expect(await query(at, "SELECT current_setting('statement_timeout') AS timeout")).toEqual([{ timeout: '1s' }]);
    });

    test('from several sides at once succeeds for all', async () => {
      await Promise.all(Array.from({ length: 4 }, () => createReadOnlyRole({ connectionString: admin, role: 'contended', password, schemas: ['shop'] })));
      expect(await query(server.connectionString({ database: 'app', user: 'contended', password }), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });

    test('in a second database serves both, then goes from both', async () => {
      await server.createDatabase('second');
      const second = server.connectionString({ database: 'second' });
      await query(second, 'CREATE SCHEMA other; CREATE TABLE other.things AS SELECT 2 AS two');
      for (const [connectionString, schema] of [[admin, 'shop'], [second, 'other']] as const) await createReadOnlyRole({ connectionString, role: 'both', password, schemas: [schema] });
      await query(admin, 'REVOKE CONNECT ON DATABASE app FROM PUBLIC');
      const as = (database: string, sql: string) => query(server.connectionString({ database, user: 'both', password }), sql);
      expect(await as('app', 'SELECT count(*)::int AS count FROM orders')).toEqual([{ count: 5 }]);
      expect(await as('second', 'SELECT two FROM things')).toEqual([{ two: 2 }]);
      await query(admin, 'GRANT CONNECT ON DATABASE app TO PUBLIC');

      const session = new pg.Client({ connectionString: server.connectionString({ database: 'app', user: 'both', password }) });
      const ended = new Promise((resolve) => session.on('error', resolve));
      await session.connect();
      await dropReadOnlyRole({ connectionString: admin, role: 'both' });
      await ended;
      expect(await query(admin, "SELECT 1 FROM pg_roles WHERE rolname = 'both'")).toEqual([]);
      await dropReadOnlyRole({ connectionString: admin, role: 'both' });
    });
  });

  describe('is not made', () => {
    const options = () => ({ connectionString: admin, role: 'refused', password, schemas: ['shop'] });
    test.each([
      ['from a role that was there before', async () => void (await query(admin, 'CREATE ROLE application LOGIN')), { role: 'application' }],
      ['from the administrator', async () => {}, { role: 'postgres' }],
      ['for a schema that is not there', async () => {}, { schemas: ['shop', 'nowhere'] }],
      ['for no schema', async () => {}, { schemas: [] }],
      ['for the catalog', async () => {}, { schemas: ['pg_catalog'] }],
      ['with a limit of nonsense', async () => {}, { connectionLimit: 0 }],
      ['while everybody may write', async () => void (await query(admin, 'CREATE TABLE public.open (x int); GRANT INSERT ON public.open TO PUBLIC')), {}],
      ['while everybody may call a function with its owner\'s rights', async () => void (await query(admin, 'DROP TABLE public.open; CREATE FUNCTION public.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$DELETE FROM shop.orders$$; GRANT EXECUTE ON FUNCTION public.wipe TO PUBLIC')), {}],
    ])('%s', async (_, prepare, change) => {
      await prepare();
      await expect(createReadOnlyRole({ ...options(), ...change })).rejects.toMatchObject({ code: 'role-invalid' });
      expect(await query(admin, "SELECT 1 FROM pg_roles WHERE rolname = 'refused'")).toEqual([]);
    });

    test('once it owns something', async () => {
      await query(admin, 'DROP FUNCTION IF EXISTS public.wipe(); DROP TABLE IF EXISTS public.open');
      await createReadOnlyRole({ ...options(), role: 'owner_to_be' });
      await query(admin, 'ALTER TABLE payroll.salaries OWNER TO owner_to_be');
      await expect(createReadOnlyRole({ ...options(), role: 'owner_to_be' })).rejects.toMatchObject({ code: 'role-invalid', message: expect.stringContaining('owns') });
      await expect(dropReadOnlyRole({ connectionString: admin, role: 'owner_to_be' })).rejects.toMatchObject({ code: 'role-invalid' });
      await query(admin, 'ALTER TABLE payroll.salaries OWNER TO postgres');
      await dropReadOnlyRole({ connectionString: admin, role: 'owner_to_be' });
    });
  });

  test('the password is in no statement', async () => {
    const secret = `secret-${randomUUID()}`;
    await query(admin, "ALTER SYSTEM SET log_statement = 'all'");
    await query(admin, 'SELECT pg_reload_conf()');
    await expect.poll(() => query(admin, 'SHOW log_statement')).toEqual([{ log_statement: 'all' }]);
    await createReadOnlyRole({ connectionString: admin, role: 'logged', password: secret, schemas: ['shop'] });
    const { readFileSync } = await import('node:fs');
    const log = readFileSync(`${server.dataDirectory}/server.log`, 'utf8');
    expect(log).toContain('CREATE ROLE "logged"');
    expect(log).not.toContain(secret);
  });
});

describe('an administrator who is no superuser, as on Aurora', () => {
  let server: LocalPostgres;
  let master: string;
  beforeAll(async () => {
    server = await startLocalPostgres();
    await query(server.connectionString(), "CREATE ROLE master LOGIN CREATEROLE CREATEDB PASSWORD 'master'");
    await query(server.connectionString(), 'CREATE DATABASE app OWNER master');
    master = server.connectionString({ database: 'app', user: 'master', password: 'master' });
    await query(master, "CREATE ROLE team; GRANT team TO master; CREATE SCHEMA shop; GRANT USAGE, CREATE ON SCHEMA shop TO team; CREATE TABLE shop.orders AS SELECT 1 AS one");
    await query(master, 'SET ROLE team; CREATE TABLE shop.team_table AS SELECT 2 AS two; CREATE FUNCTION shop.team_function() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$SELECT 3$$');
    await query(server.connectionString({ database: 'app' }), 'CREATE TABLE shop.foreigner AS SELECT 3 AS three');
  });
  afterAll(() => server?.stop());

  test('grants the tables of the owners named and reports the others', async () => {
    const made = () => createReadOnlyRole({ connectionString: master, role: 'reader', password, schemas: ['shop'], tableOwners: ['master', 'team'] });
    const expected = { granted: ['shop.orders', 'shop.team_table'], skipped: ['shop.foreigner'], largeObjectsRevoked: false };
    expect(await made()).toEqual(expected);
    expect(await made()).toEqual(expected);
    const at = server.connectionString({ database: 'app', user: 'reader', password });
    expect(await query(at, 'SELECT one, two FROM shop.orders, shop.team_table')).toEqual([{ one: 1, two: 2 }]);
    await expect(query(at, 'SELECT * FROM shop.foreigner')).rejects.toMatchObject({ code: '42501' });
    await expect(query(at, 'SELECT shop.team_function()')).rejects.toMatchObject({ code: '42501' });
    await query(master, 'SET ROLE team; CREATE TABLE shop.newer AS SELECT 4 AS four; CREATE FUNCTION shop.newer_function() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$SELECT 5$$');
    expect(await query(at, 'SELECT four FROM shop.newer')).toEqual([{ four: 4 }]);
    await expect(query(at, 'SELECT shop.newer_function()')).rejects.toMatchObject({ code: '42501' });
  });

  test('takes it away again', async () => {
    await dropReadOnlyRole({ connectionString: master, role: 'reader' });
    expect(await query(master, "SELECT 1 FROM pg_roles WHERE rolname = 'reader'")).toEqual([]);
  });
});
