import { BeginTransactionCommand, ExecuteStatementCommand, RollbackTransactionCommand } from '@aws-sdk/client-rds-data';
import { createReadOnlyRole } from '@ask-aurora/local-aurora';
import { RemovalPolicy } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretArns, startAuroraLikeDatabase } from '../testing/aurora-like-database.js';
import type { AuroraLikeDatabase } from '../testing/aurora-like-database.js';
import { lambdaContext, loadHandler } from '../testing/load-handler.js';
import type { Handler } from '../testing/load-handler.js';
import { roleEvent } from '../testing/role-event.js';
import type { ReadOnlyRoleOptions } from './read-only-role.js';

const setup = [
  'CREATE SCHEMA sales', 'CREATE SCHEMA hr', 'CREATE SCHEMA secret',
  'CREATE TABLE sales.orders (id int PRIMARY KEY, tenant_id uuid NOT NULL, total numeric NOT NULL)',
  "INSERT INTO sales.orders VALUES (1, '00000000-0000-0000-0000-00000000000a', 10), (2, '00000000-0000-0000-0000-00000000000b', 20)",
  'CREATE TABLE sales.countries (code text PRIMARY KEY)', "INSERT INTO sales.countries VALUES ('CH')",
  'CREATE VIEW sales.order_totals AS SELECT tenant_id, sum(total) AS total FROM sales.orders GROUP BY 1',
  'CREATE SEQUENCE sales.numbers',
  'CREATE TABLE hr.salaries (name text, salary int)', "INSERT INTO hr.salaries VALUES ('A', 1)",
  'CREATE TABLE secret.keys (key text)', "INSERT INTO secret.keys VALUES ('k')",
];

const role: ReadOnlyRoleOptions = { roleName: 'reader', schemas: ['sales', 'hr'] };

/** Each is tried by itself and inside a READ ONLY transaction; none may change, or read, what it is after. */
const escapes: readonly (readonly [string, string])[] = [
  ['insert', "INSERT INTO sales.orders VALUES (9, '00000000-0000-0000-0000-00000000000a', 1)"],
  ['update', 'UPDATE sales.orders SET total = 0'],
  ['delete', 'DELETE FROM sales.orders'],
  ['truncate', 'TRUNCATE sales.orders'],
  ['merge', 'MERGE INTO sales.orders o USING (SELECT 1 AS id) s ON o.id = s.id WHEN MATCHED THEN DELETE'],
  ['write in a CTE', 'WITH gone AS (DELETE FROM sales.orders RETURNING *) SELECT count(*) FROM gone'],
  ['row lock', 'SELECT * FROM sales.orders FOR UPDATE'],
  ['select into', 'SELECT * INTO sales.copy FROM sales.orders'],
  ['create table', 'CREATE TABLE sales.mine (id int)'],
  ['create table in public', 'CREATE TABLE public.mine (id int)'],
  ['create schema', 'CREATE SCHEMA mine'],
  ['create function', "CREATE FUNCTION sales.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"],
  ['create extension', 'CREATE EXTENSION dblink'],
  ['do block', "DO 'BEGIN DELETE FROM sales.orders; END'"],
  ['become the admin', 'SET ROLE ask_admin'],
  ['become the session of the admin', 'SET SESSION AUTHORIZATION ask_admin'],
  ['grant itself more', 'GRANT ask_admin TO reader'],
  ['lift its own attributes', 'ALTER ROLE reader CREATEROLE'],
  ['make a role', 'CREATE ROLE friend'],
  ['read another schema', 'SELECT * FROM secret.keys'],
  ['read passwords', 'SELECT rolpassword FROM pg_authid'],
  ['read shadow passwords', 'SELECT passwd FROM pg_shadow'],
  ['read a file', "SELECT pg_read_file('/etc/passwd')"],
  ['list files', "SELECT pg_ls_dir('.')"],
  ['import a file', "SELECT lo_import('/etc/passwd')"],
  ['run a program', "COPY sales.orders TO PROGRAM 'cat'"],
  ['write a file', "COPY sales.orders TO '/tmp/orders'"],
  ['advance a sequence', "SELECT nextval('sales.numbers')"],
  ['set a sequence', "SELECT setval('sales.numbers', 99)"],
  ['end other sessions', "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ask_admin'"],
  ['change the server', "ALTER SYSTEM SET work_mem = '1GB'"],
  ['drop', 'DROP TABLE sales.orders'],
  ['comment', "COMMENT ON TABLE sales.orders IS 'mine'"],
];

describe.each([16, 17] as const)('the role on PostgreSQL %i, made by the built handler through the Data API', (version) => {
  let aurora: AuroraLikeDatabase;
  let handler: Handler;
  const send = (type: 'Create' | 'Update' | 'Delete', options: ReadOnlyRoleOptions = role): Promise<unknown> =>
    handler(roleEvent({ type, clusterArn: aurora.clusterArn, role: options }), lambdaContext);
  const asAdmin = (...statements: readonly string[]): Promise<readonly Record<string, unknown>[]> => aurora.sql('admin', ...statements);
  const asRole = (statement: string): Promise<readonly Record<string, unknown>[]> => aurora.sql('role', statement);

  beforeAll(async () => {
    aurora = await startAuroraLikeDatabase(version, { role: 'reader', second: 'second_reader' });
    handler = await loadHandler('read-only-role', aurora.environment);
    await asAdmin(...setup);
  });
  afterAll(async () => {
    await aurora.stop();
  });

  const state = (): Promise<readonly Record<string, unknown>[]> => aurora.sql('superuser', `
    SELECT (SELECT json_agg(o ORDER BY o.id)::text FROM sales.orders o) AS orders, (SELECT last_value FROM sales.numbers) AS numbers,
      (SELECT count(*) FROM pg_class WHERE relnamespace::regnamespace::text IN ('sales', 'public', 'hr')) AS relations,
      (SELECT count(*) FROM pg_roles) AS roles, (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects, (SELECT count(*) FROM pg_extension) AS extensions`);

  test('is created, can read, and is the same when created again', async () => {
    const first = await send('Create');
    expect(first).toEqual({ PhysicalResourceId: `${aurora.clusterArn}/shop/reader`, Data: { RoleName: 'reader', RelationCount: 4, SkippedCount: 0 } });
    expect(await asRole('SELECT count(*) AS n FROM sales.orders')).toEqual([{ n: 2 }]);
    expect(await send('Create')).toEqual(first);
    const [attributes] = await asAdmin("SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit FROM pg_roles WHERE rolname = 'reader'");
    expect(attributes).toEqual({ rolsuper: false, rolinherit: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: true, rolreplication: false, rolbypassrls: false, rolconnlimit: 50 });
  });

  test('is stored with a SCRAM verifier that PostgreSQL accepts for the password', async () => {
    const [stored] = await aurora.sql('superuser', "SELECT rolpassword LIKE 'SCRAM-SHA-256$4096:%' AS scram FROM pg_authid WHERE rolname = 'reader'");
    expect(stored).toEqual({ scram: true });
  });

  test.each(escapes)('cannot %s', async (_name, statement) => {
    const before = await state();
    await expect(asRole(statement)).rejects.toThrow(/SQLState: (25006|42501|0A000|22023|55000|42939)|permission denied|must be|cannot/);
    const transaction = { resourceArn: aurora.clusterArn, secretArn: secretArns.role };
    const { transactionId } = await aurora.client.send(new BeginTransactionCommand({ ...transaction, database: 'shop' }));
    await aurora.client.send(new ExecuteStatementCommand({ ...transaction, transactionId, sql: 'SET TRANSACTION READ ONLY' }));
    await expect(aurora.client.send(new ExecuteStatementCommand({ ...transaction, transactionId, sql: statement }))).rejects.toThrow();
    await aurora.client.send(new RollbackTransactionCommand({ ...transaction, transactionId }));
    expect(await state()).toEqual(before);
  });

  test('cannot write after turning its own read-only default off, as it has no privilege to', async () => {
    const transaction = { resourceArn: aurora.clusterArn, secretArn: secretArns.role };
    const { transactionId } = await aurora.client.send(new BeginTransactionCommand({ ...transaction, database: 'shop' }));
    const run = (sql: string): Promise<unknown> => aurora.client.send(new ExecuteStatementCommand({ ...transaction, transactionId, sql }));
    await run('SET TRANSACTION READ WRITE');
    await expect(run("INSERT INTO sales.orders VALUES (9, '00000000-0000-0000-0000-00000000000a', 1)")).rejects.toThrow(/SQLState: 42501/);
    await aurora.client.send(new RollbackTransactionCommand({ ...transaction, transactionId }));
  });

  test('cannot make large objects in a read-only transaction, nor make that one writable', async () => {
    const transaction = { resourceArn: aurora.clusterArn, secretArn: secretArns.role };
    for (const attempt of ["SELECT lo_from_bytea(0, 'x')", "SELECT set_config('transaction_read_only', 'off', true)"]) {
      const { transactionId } = await aurora.client.send(new BeginTransactionCommand({ ...transaction, database: 'shop' }));
      const run = (sql: string): Promise<unknown> => aurora.client.send(new ExecuteStatementCommand({ ...transaction, transactionId, sql }));
      await run('SET TRANSACTION READ ONLY');
      await run('SELECT 1');
      await expect(run(attempt)).rejects.toThrow(/SQLState: 25/);
      await aurora.client.send(new RollbackTransactionCommand({ ...transaction, transactionId }));
    }
  });

  test('reads tables that the admin makes later, and not those of a schema that was taken away', async () => {
    await asAdmin('CREATE TABLE sales.later (id int)');
    expect(await asRole('SELECT count(*) AS n FROM sales.later')).toEqual([{ n: 0 }]);
    await send('Update', { ...role, schemas: ['sales'] });
    await expect(asRole('SELECT * FROM hr.salaries')).rejects.toThrow(/permission denied for schema hr/);
    expect(await asRole('SELECT count(*) AS n FROM sales.orders')).toEqual([{ n: 2 }]);
    await send('Update');
    await asAdmin('DROP TABLE sales.later');
  });

  test('does not read excluded tables, nor future ones then', async () => {
    await send('Update', { ...role, grants: { exclude: ['hr.salaries'] } });
    await expect(asRole('SELECT * FROM hr.salaries')).rejects.toThrow(/permission denied for table salaries/);
    await asAdmin('CREATE TABLE hr.salaries_copy AS TABLE hr.salaries');
    await expect(asRole('SELECT * FROM hr.salaries_copy')).rejects.toThrow(/permission denied/);
    await asAdmin('DROP TABLE hr.salaries_copy');
    await send('Update');
  });

  test('sees one tenant, nothing without one, and no view that would show all; the application goes on', async () => {
    const tenancy = { policies: [{ relation: 'sales.orders', column: 'tenant_id' }], shared: ['sales.countries'] };
    await asAdmin("CREATE ROLE application LOGIN PASSWORD 'second-Password-0123456789'", 'GRANT USAGE ON SCHEMA sales TO application', 'GRANT SELECT, INSERT ON sales.orders TO application');
    await send('Update', { ...role, schemas: ['sales'], tenancy });
    expect(await asRole('SELECT count(*) AS n FROM sales.orders')).toEqual([{ n: 0 }]);
    const transaction = { resourceArn: aurora.clusterArn, secretArn: secretArns.role };
    const { transactionId } = await aurora.client.send(new BeginTransactionCommand({ ...transaction, database: 'shop' }));
    await aurora.client.send(new ExecuteStatementCommand({ ...transaction, transactionId, sql: "SELECT set_config('app.tenant_id', '00000000-0000-0000-0000-00000000000b', true)" }));
    const { formattedRecords } = await aurora.client.send(new ExecuteStatementCommand({ ...transaction, transactionId, sql: 'SELECT id FROM sales.orders', formatRecordsAs: 'JSON' }));
    expect(formattedRecords).toBe('[{"id":2}]');
    await aurora.client.send(new RollbackTransactionCommand({ ...transaction, transactionId }));

    expect(await asRole('SELECT count(*) AS n FROM sales.countries')).toEqual([{ n: 1 }]);
    await expect(asRole('SELECT * FROM sales.order_totals')).rejects.toThrow(/permission denied for view/);
    aurora.secrets.put(secretArns.second, { username: 'application', password: 'second-Password-0123456789' });
    expect(await aurora.sql('second', 'SELECT count(*) AS n FROM sales.orders')).toEqual([{ n: 2 }]);
    await aurora.sql('second', "INSERT INTO sales.orders VALUES (3, '00000000-0000-0000-0000-00000000000a', 1)");
    await asAdmin('DELETE FROM sales.orders WHERE id = 3');

    await send('Update');
    expect(await asAdmin("SELECT relrowsecurity FROM pg_class WHERE oid = 'sales.orders'::regclass")).toEqual([{ relrowsecurity: false }]);
    expect(await asAdmin('SELECT policyname FROM pg_policies')).toEqual([]);
    expect(await asRole('SELECT count(*) AS n FROM sales.orders')).toEqual([{ n: 2 }]);
  });

  test("keeps a table's own row-level security when it adds and removes a tenant's", async () => {
    await asAdmin('ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY', 'CREATE POLICY cheap ON sales.orders FOR SELECT USING (total < 15)');
    await send('Update', { ...role, schemas: ['sales'], tenancy: { policies: [{ relation: 'sales.orders', column: 'tenant_id' }] } });
    await send('Update');
    expect(await asAdmin('SELECT policyname::text AS name FROM pg_policies')).toEqual([{ name: 'cheap' }]);
    expect(await asRole('SELECT id FROM sales.orders')).toEqual([{ id: 1 }]);
    await asAdmin('DROP POLICY cheap ON sales.orders', 'ALTER TABLE sales.orders DISABLE ROW LEVEL SECURITY');
  });

  test.each([
    ['a SECURITY DEFINER function that PUBLIC may execute', "CREATE FUNCTION sales.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM sales.orders'", 'DROP FUNCTION sales.wipe()', 'EXECUTE on ROUTINE sales.wipe()'],
    ['a table that PUBLIC may write to', 'GRANT INSERT ON sales.orders TO PUBLIC', 'REVOKE INSERT ON sales.orders FROM PUBLIC', 'INSERT on TABLE sales.orders'],
    ['a column that PUBLIC may write to', 'GRANT UPDATE (total) ON sales.orders TO PUBLIC', 'REVOKE UPDATE (total) ON sales.orders FROM PUBLIC', 'UPDATE on TABLE sales.orders'],
    ['a schema that PUBLIC may create in', 'GRANT CREATE ON SCHEMA public TO PUBLIC', 'REVOKE CREATE ON SCHEMA public FROM PUBLIC', 'CREATE on SCHEMA public'],
    ['a sequence that PUBLIC may advance', 'GRANT USAGE ON SEQUENCE sales.numbers TO PUBLIC', 'REVOKE USAGE ON SEQUENCE sales.numbers FROM PUBLIC', 'USAGE on SEQUENCE sales.numbers'],
  ])('is refused, and left as it was, with %s', async (_name, hazard, remedy, named) => {
    await asAdmin(hazard);
    await expect(send('Update', { ...role, schemas: ['sales'] })).rejects.toMatchObject({ code: 'role-unsafe', message: expect.stringContaining(named) as string });
    expect(await asRole('SELECT count(*) AS n FROM hr.salaries')).toEqual([{ n: 1 }]);
    await asAdmin(remedy);
  });

  test('has such rights taken from PUBLIC when that was chosen', async () => {
    await asAdmin("CREATE FUNCTION sales.wipe() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM sales.orders'", 'GRANT INSERT ON sales.orders TO PUBLIC', 'GRANT CREATE ON SCHEMA public TO PUBLIC');
    await send('Update', { ...role, grants: { publicPrivileges: 'revoke' } });
    await expect(asRole('SELECT sales.wipe()')).rejects.toThrow(/permission denied for function wipe/);
    await asAdmin("CREATE FUNCTION sales.later() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'");
    await expect(asRole('SELECT sales.later()')).rejects.toThrow(/permission denied for function later/);
    await asAdmin('DROP FUNCTION sales.wipe(), sales.later()', 'ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON ROUTINES TO PUBLIC');
  });

  test('says which tables the admin may not grant, and grants none of the rest', async () => {
    await aurora.sql('superuser', 'CREATE TABLE sales.foreign_owned (id int)');
    await expect(send('Update')).rejects.toMatchObject({ code: 'not-grantable', message: expect.stringContaining('sales.foreign_owned') as string });
    await send('Update', { ...role, grants: { exclude: ['sales.foreign_owned'] } });
    await aurora.sql('superuser', 'DROP TABLE sales.foreign_owned');
    await send('Update');
  });

  test('is never a role that was made by somebody else', async () => {
    await asAdmin('CREATE ROLE application_owner LOGIN');
    aurora.secrets.put(secretArns.role, { username: 'application_owner', password: 'x' });
    await expect(send('Create', { ...role, roleName: 'application_owner' })).rejects.toMatchObject({ code: 'role-conflict' });
    aurora.secrets.put(secretArns.role, { username: 'reader', password: 'first-Password-0123456789' });
    expect(await aurora.sql('superuser', "SELECT rolpassword IS NULL AS untouched FROM pg_authid WHERE rolname = 'application_owner'")).toEqual([{ untouched: true }]);
  });

  test('is refused once it has been given more', async () => {
    await asAdmin('CREATE ROLE more', 'GRANT more TO reader');
    await expect(send('Update')).rejects.toMatchObject({ code: 'role-unsafe', message: expect.stringContaining('member of more') as string });
    await asAdmin('REVOKE more FROM reader');
    await aurora.sql('superuser', 'ALTER ROLE reader BYPASSRLS');
    await expect(send('Update')).rejects.toMatchObject({ code: 'role-unsafe', message: expect.stringContaining('BYPASSRLS') as string });
    await aurora.sql('superuser', 'ALTER ROLE reader NOBYPASSRLS');
  });

  test('may do what the local role of the same schemas may do, and nothing else', async () => {
    await createReadOnlyRole({ connectionString: aurora.adminConnection, role: 'local_reader', password: 'local-Password-0123456789', schemas: ['sales', 'hr'] });
    await send('Update');
    const rights = (name: string): Promise<readonly Record<string, unknown>[]> => asAdmin(`
      SELECT 'table' AS kind, c.oid::regclass::text AS object, p.privilege FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p (privilege)
        WHERE c.relkind IN ('r', 'v', 'p', 'm', 'f') AND has_table_privilege('${name}', c.oid, p.privilege)
      UNION ALL SELECT 'schema', n.nspname::text, p.privilege FROM pg_namespace n, unnest(ARRAY['USAGE', 'CREATE']) p (privilege) WHERE n.nspname NOT LIKE 'pg_temp%' AND n.nspname NOT LIKE 'pg_toast_temp%' AND has_schema_privilege('${name}', n.oid, p.privilege)
      UNION ALL SELECT 'database', current_database()::text, p.privilege FROM unnest(ARRAY['CREATE', 'CONNECT', 'TEMPORARY']) p (privilege) WHERE has_database_privilege('${name}', current_database(), p.privilege)
      UNION ALL SELECT 'default', n.nspname::text, d.privilege_type FROM (SELECT a.defaclnamespace AS nsp, x.privilege_type, x.grantee FROM pg_default_acl a, aclexplode(a.defaclacl) x) d JOIN pg_namespace n ON n.oid = d.nsp WHERE d.grantee = '${name}'::regrole
      ORDER BY 1, 2, 3`);
    expect(await rights('reader')).toEqual(await rights('local_reader'));
    await asAdmin('DROP OWNED BY local_reader', 'DROP ROLE local_reader');
  });

  test('stays when it is to be retained, goes when it is to be dropped, and can be made again', async () => {
    await send('Delete');
    expect(await asRole('SELECT count(*) AS n FROM sales.orders')).toEqual([{ n: 2 }]);
    const dropping = { ...role, lifecycle: { removalPolicy: RemovalPolicy.DESTROY } } as const;
    expect(await send('Delete', dropping)).toMatchObject({ PhysicalResourceId: 'existing' });
    expect(await asAdmin("SELECT FROM pg_roles WHERE rolname = 'reader'")).toEqual([]);
    await send('Delete', dropping);
    await send('Create', dropping);
    expect(await asRole('SELECT count(*) AS n FROM sales.orders')).toEqual([{ n: 2 }]);
  });

  test('creates missing schemas for a fresh database, or fails when told so', async () => {
    await expect(send('Update', { ...role, schemas: ['fresh'], grants: { missingSchemas: 'fail' } })).rejects.toMatchObject({ code: 'not-found' });
    await send('Update', { ...role, schemas: ['fresh', 'sales', 'hr'] });
    await asAdmin('CREATE TABLE fresh.first (id int)');
    expect(await asRole('SELECT count(*) AS n FROM fresh.first')).toEqual([{ n: 0 }]);
  });

  test('waits while the database resumes, and survives names that need quoting', async () => {
    await asAdmin('CREATE SCHEMA "Odd "" name\'s"', 'CREATE TABLE "Odd "" name\'s"."a;b" (id int)');
    const resuming = aurora.dataApi.faults.inject({ fault: { kind: 'resuming' }, operations: ['BeginTransaction'], times: 1 });
    await send('Update', { ...role, schemas: ['Odd " name\'s', 'sales'] });
    expect(resuming.hits).toBe(1);
    expect(await asRole('SELECT count(*) AS n FROM "Odd "" name\'s"."a;b"')).toEqual([{ n: 0 }]);
  });

  test('counts as deleted when the cluster or its secret went first', async () => {
    const dropping = { ...role, lifecycle: { removalPolicy: RemovalPolicy.DESTROY } } as const;
    const event = roleEvent({ type: 'Delete', clusterArn: aurora.clusterArn, role: dropping });
    const properties = event['ResourceProperties'] as Record<string, unknown>;
    const gone = await handler({ ...event, ResourceProperties: { ...properties, ClusterArn: 'arn:aws:rds:us-east-1:000000000000:cluster:gone' } }, lambdaContext);
    expect(gone).toMatchObject({ PhysicalResourceId: 'existing' });
  });
});
