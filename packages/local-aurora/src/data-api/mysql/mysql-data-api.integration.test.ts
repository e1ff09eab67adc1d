import { randomBytes } from 'node:crypto';
import { BatchExecuteStatementCommand, BeginTransactionCommand, CommitTransactionCommand, ExecuteStatementCommand, type ExecuteStatementCommandInput, type RDSDataClient, RollbackTransactionCommand } from '@aws-sdk/client-rds-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parameter, sdkClient } from '../../../test-support/data-api-fixture.js';
import { findMysql } from '../../mysql/find-mysql.js';
import { type InstalledMysql, startInstalledMysql } from '../../mysql/start-installed-mysql.js';
import { type LocalDataApi, startLocalDataApi } from '../start-local-data-api.js';

const given = process.env['ASK_AURORA_MYSQL_URL'];
const present = given !== undefined || (await findMysql()) !== undefined;
if (!present) process.stderr.write('Tests against a running MySQL are skipped: set ASK_AURORA_MYSQL_URL, or install mysqld or mariadbd.\n');

describe.skipIf(!present)('the Data API over MySQL', () => {
  let mysql: InstalledMysql | undefined;
  let api: LocalDataApi;
  let client: RDSDataClient;
  let target: { readonly resourceArn: string; readonly secretArn: string; readonly database: string };
  const run = (sql: string, input: Partial<ExecuteStatementCommandInput> = {}) => client.send(new ExecuteStatementCommand({ ...target, sql, ...input }));
  const begin = async () => (await client.send(new BeginTransactionCommand(target))).transactionId!;

  beforeAll(async () => {
    mysql = given === undefined ? await startInstalledMysql() : undefined;
    api = await startLocalDataApi({ mysql: { connectionString: given ?? mysql!.connectionString }, limits: { sessions: 2, statementMs: 1_500 } });
    client = sdkClient(api.endpoint);
    target = { resourceArn: api.resourceArn, secretArn: api.secretArns[0]!, database: `test_${randomBytes(6).toString('hex')}` };
    await run(`create database ${target.database} character set utf8mb4`, { database: '' });
    await run('create table entry (n int primary key, t mediumtext)');
  });
  afterAll(async () => {
    client.destroy();
    await run(`drop database ${target.database}`).catch(() => undefined);
    await api.stop();
    await mysql?.stop();
  });

  test('describes columns as the JDBC driver does', async () => {
    await run('create table described (id bigint unsigned auto_increment primary key, name varchar(10) not null, price decimal(10,2), flag tinyint(1), small tinyint, at datetime(3), raw varbinary(5), note text, doc json, ratio float)');
    const { columnMetadata = [] } = await run('select d.id, name as label, price, flag, small, at, raw, note, ratio, 1.5 as computed from described d', { includeResultMetadata: true });
    expect(columnMetadata.map(({ typeName, type, precision, scale, nullable }) => [typeName, type, precision, scale, nullable])).toEqual([
      ['BIGINT UNSIGNED', -5, 19, 0, 0], ['VARCHAR', 12, 10, 0, 0], ['DECIMAL', 3, 10, 2, 1], ['TINYINT', -7, 1, 0, 1], ['TINYINT', -6, 3, 0, 1], ['DATETIME', 93, 23, 3, 1],
      ['VARBINARY', -3, 5, 0, 1], ['TEXT', -1, 65_535, 0, 1], ['FLOAT', 7, 12, 0, 1], ['DECIMAL', 3, 2, 1, 0],
    ]);
    expect(columnMetadata[0]).toMatchObject({ isAutoIncrement: true, isSigned: false, schemaName: '', tableName: 'described', isCurrency: false, arrayBaseColumnType: 0 });
    expect(columnMetadata[1]).toMatchObject({ name: 'name', label: 'label' });
  });

  test('returns values in the fields of the union', async () => {
    const { records, numberOfRecordsUpdated, columnMetadata } = await run("select 1.10, 1.5e0, 'a', null, cast('00:00:01.5' as time(6)), cast('2024-01-01' as date), cast('2024-01-01 00:00:00' as datetime(6)), x'00ff', 18446744073709551615, -9223372036854775808");
    expect(records).toEqual([[
      { stringValue: '1.10' }, { doubleValue: 1.5 }, { stringValue: 'a' }, { isNull: true }, { stringValue: '00:00:01.500' }, { stringValue: '2024-01-01' }, { stringValue: '2024-01-01 00:00:00' },
      { blobValue: new Uint8Array([0, 255]) }, { stringValue: '18446744073709551615' }, expect.anything(),
    ]]);
    expect([numberOfRecordsUpdated, columnMetadata]).toEqual([0, undefined]);
    expect((await run("select 1.10 as a, null as b, x'00' as c", { formatRecordsAs: 'JSON' })).formattedRecords).toBe('[{"a":"1.10","b":null,"c":"AA=="}]');
    expect((await run('select 1.10', { resultSetOptions: { decimalReturnType: 'DOUBLE_OR_LONG', longReturnType: 'STRING' } })).records).toEqual([[{ doubleValue: 1.1 }]]);
  });

  test.each<[type: string, value: string, field: Record<string, unknown>, metadata: readonly [typeName: string, type: number, precision: number, scale: number, signed: boolean]]>([
    ['tinyint(1)', '5', { booleanValue: true }, ['TINYINT', -7, 1, 0, true]],
    ['tinyint unsigned', '255', { longValue: 255 }, ['TINYINT UNSIGNED', -6, 3, 0, false]],
    ['bit(1)', "b'0'", { booleanValue: false }, ['BIT', -7, 1, 0, false]],
    ['bit(12)', "b'101'", { blobValue: new Uint8Array([0, 5]) }, ['BIT', -2, 12, 0, false]],
    ['year', '2024', { stringValue: '2024-01-01' }, ['YEAR', 91, 4, 0, false]],
    ['int unsigned zerofill', '7', { longValue: 7 }, ['INT UNSIGNED', 4, 10, 0, false]],
    ['decimal(6,2) zerofill', '1.5', { stringValue: '1.50' }, ['DECIMAL UNSIGNED', 3, 6, 2, false]],
    ['double zerofill', '0.5', { doubleValue: 0.5 }, ['DOUBLE UNSIGNED', 8, 22, 0, false]],
    ['decimal(65,30)', '-0.000000000000000000000000000001', { stringValue: '-0.000000000000000000000000000001' }, ['DECIMAL', 3, 65, 30, true]],
    ['bigint unsigned', '18446744073709551615', { stringValue: '18446744073709551615' }, ['BIGINT UNSIGNED', -5, 19, 0, false]],
    ['datetime(6)', "'2024-01-01 01:02:03.000004'", { stringValue: '2024-01-01 01:02:03.000004' }, ['DATETIME', 93, 26, 6, false]],
    ['timestamp', "'2024-01-01 01:02:03'", { stringValue: '2024-01-01 01:02:03' }, ['TIMESTAMP', 93, 19, 0, false]],
    ['time(2)', "'-01:02:03.5'", { stringValue: '-01:02:03.500' }, ['TIME', 92, 13, 2, false]],
    ['binary(3)', "'a'", { blobValue: new Uint8Array([97, 0, 0]) }, ['BINARY', -2, 3, 0, false]],
    ['longblob', "'a'", { blobValue: new Uint8Array([97]) }, ['LONGBLOB', -4, 4_294_967_295, 0, false]],
    ['varchar(3) character set latin1', "'\u00e9'", { stringValue: '\u00e9' }, ['VARCHAR', 12, 3, 0, false]],
    ["enum('a','bc')", "'bc'", { stringValue: 'bc' }, ['ENUM', 1, 2, 0, false]],
    ["set('a','b')", "'a,b'", { stringValue: 'a,b' }, ['SET', 1, 3, 0, false]],
  ])('%s holding %s', async (type, value, field, [typeName, code, precision, scale, isSigned]) => {
    const table = `held_${randomBytes(6).toString('hex')}`;
    await run(`create table ${table} (v ${type})`);
    await run(`insert into ${table} values (${value})`);
    const { records, columnMetadata } = await run(`select v from ${table}`, { includeResultMetadata: true });
    expect(records).toEqual([[field]]);
    expect(columnMetadata).toMatchObject([{ typeName, type: code, precision, scale, isSigned, nullable: 1 }]);
  });

  test('a JSON document is a string, and a place on a map is refused', async () => {
    await run('create table odd (doc json, place point)');
    await run(`insert into odd values ('{"a": [1, null]}', st_geomfromtext('POINT(1 2)'))`);
    const { records, columnMetadata } = await run('select doc from odd', { includeResultMetadata: true });
    expect(JSON.parse(records?.[0]?.[0]?.stringValue ?? '')).toEqual({ a: [1, null] });
    expect(columnMetadata).toMatchObject([{ typeName: 'JSON', type: -1 }]);
    await expect(run('select place from odd')).rejects.toMatchObject({ name: 'UnsupportedResultException', message: 'The result contains the unsupported data type GEOMETRY.' });
  });

  test('tells the generated key of a statement, and none of a batch', async () => {
    await run('create table keyed (id int auto_increment primary key, n int)');
    expect(await run('insert into keyed (n) values (1)')).toMatchObject({ generatedFields: [{ longValue: 1 }], numberOfRecordsUpdated: 1 });
    expect(await run('update keyed set n = 2')).toMatchObject({ generatedFields: [], numberOfRecordsUpdated: 1 });
    const sets = [2, 3].map((n) => [parameter('n', { longValue: n })]);
    expect((await client.send(new BatchExecuteStatementCommand({ ...target, sql: 'insert into keyed (n) values (:n)', parameterSets: sets }))).updateResults).toEqual([{ generatedFields: [] }, { generatedFields: [] }]);
  });

  test.each<[string, string, string | RegExp]>([
    ['select * from missing', 'DatabaseErrorException', /^Table 'test_\w+\.missing' doesn't exist; Error code: 1146; SQLState: 42S02$/],
    ['insert into entry values (1, null), (1, null)', 'DatabaseErrorException', "Duplicate entry '1' for key"],
    ['selec 1', 'DatabaseErrorException', 'Error code: 1064; SQLState: 42000'],
    ['select 1; select 2', 'ValidationException', "Multistatements aren't supported"],
    ['select :absent', 'BadRequestException', 'Cannot find parameter: absent'],
    ['select repeat(\'x\', 600000) union all select repeat(\'y\', 600000)', 'UnsupportedResultException', 'The result exceeds the size limit 1 MB.'],
    ["load data local infile '/etc/passwd' into table entry (t)", 'DatabaseErrorException', 'Error code:'],
  ])('%s fails as the service says it', async (sql, name, message) => {
    await expect(run(sql)).rejects.toMatchObject({ name, message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message) });
  });

  test('a zero date cannot be represented', async () => {
    await run('create table zero (d date, at datetime)');
    await run("insert ignore into zero values ('0000-00-00', '0000-00-00 00:00:00')");
    for (const column of ['d', 'at']) await expect(run(`select ${column} from zero`)).rejects.toMatchObject({ name: 'InternalFailure' });
  });

  test('a wrong password and an unknown database are the database\'s errors', async () => {
    await expect(run('select 1', { database: 'nowhere' })).rejects.toMatchObject({ name: 'DatabaseErrorException', message: expect.stringContaining('Error code: 1049') });
  });

  describe('transactions', () => {
    test('commit, roll back, and hold what was not committed', async () => {
      const first = await begin();
      await run('insert into entry values (10, null)', { transactionId: first });
      expect((await run('select count(*) from entry where n = 10')).records).toEqual([[{ longValue: 0 }]]);
      expect(await client.send(new CommitTransactionCommand({ ...target, transactionId: first }))).toMatchObject({ transactionStatus: 'Transaction Committed' });
      const second = await begin();
      await run('delete from entry', { transactionId: second });
      expect(await client.send(new RollbackTransactionCommand({ ...target, transactionId: second }))).toMatchObject({ transactionStatus: 'Rollback Complete' });
      expect((await run('select n from entry where n = 10')).records).toHaveLength(1);
    });

    test('an error leaves it open, with what was done before', async () => {
      const transactionId = await begin();
      await run('insert into entry values (11, null)', { transactionId });
      await expect(run('insert into entry values (11, null)', { transactionId })).rejects.toMatchObject({ message: expect.stringContaining('1062') });
      await client.send(new CommitTransactionCommand({ ...target, transactionId }));
      expect((await run('select n from entry where n = 11')).records).toHaveLength(1);
    });

    test('SET TRANSACTION comes too late, START TRANSACTION keeps it going', async () => {
      const transactionId = await begin();
      await expect(run('set transaction isolation level serializable', { transactionId })).rejects.toMatchObject({ message: expect.stringContaining('Error code: 1568; SQLState: 25001') });
      await run('start transaction read only', { transactionId });
      await expect(run('delete from entry', { transactionId })).rejects.toMatchObject({ message: expect.stringContaining('Error code: 1792; SQLState: 25006') });
      await client.send(new RollbackTransactionCommand({ ...target, transactionId }));
    });

    test.each(['create table implicit_commit (n int)', 'commit', 'rollback'])('is gone once `%s` has ended it', async (sql) => {
      const transactionId = await begin();
      await run(sql, { transactionId });
      await expect(run('select 1', { transactionId })).rejects.toMatchObject({ name: 'TransactionNotFoundException' });
    });

    test('is gone once a deadlock has undone it', async () => {
      await run('insert into entry values (20, null), (21, null)');
      const [a, b] = [await begin(), await begin()];
      await run('update entry set t = 1 where n = 20', { transactionId: a });
      await run('update entry set t = 1 where n = 21', { transactionId: b });
      const results = await Promise.allSettled([run('update entry set t = 2 where n = 21', { transactionId: a }), run('update entry set t = 2 where n = 20', { transactionId: b })]);
      const lost = results.findIndex(({ status }) => status === 'rejected');
      expect(results[lost]).toMatchObject({ reason: { message: expect.stringContaining('Error code: 1213; SQLState: 40001') } });
      const [loser, winner] = lost === 0 ? [a, b] : [b, a];
      await expect(run('select 1', { transactionId: loser })).rejects.toMatchObject({ name: 'TransactionNotFoundException' });
      await client.send(new RollbackTransactionCommand({ ...target, transactionId: winner }));
    });
  });

  test('a session is lent as new: settings, variables, locks and temporary tables are gone', async () => {
    const transactionId = await begin();
    for (const sql of ["set @tenant = 'acme'", "set session sql_mode = 'ANSI_QUOTES'", 'set autocommit = 0', 'create temporary table scratch (n int)', "do get_lock('x', 0)"]) await run(sql, { transactionId });
    await client.send(new RollbackTransactionCommand({ ...target, transactionId }));
    await expect.poll(() => api.stats().sessions.open - api.stats().sessions.idle).toBe(0);
    expect((await run("select @tenant, @@autocommit, @@time_zone, is_free_lock('x'), @@sql_mode like '%ANSI_QUOTES%'")).records).toEqual([[{ isNull: true }, { longValue: 1 }, { stringValue: '+00:00' }, { longValue: 1 }, { longValue: 0 }]]);
    await expect(run('select * from scratch')).rejects.toMatchObject({ message: expect.stringContaining('1146') });
  });

  test('a statement that takes too long is stopped, and its session is used again', async () => {
    await expect(run('select sleep(30)')).rejects.toMatchObject({ name: 'StatementTimeoutException', dbConnectionId: expect.any(Number) });
    expect((await run("select count(*) from information_schema.processlist where info like '%sleep(30)%' and info not like '%processlist%'")).records).toEqual([[{ longValue: 0 }]]);
  });

  test('a result without end is stopped', async () => {
    const forever = 'with recursive r (n) as (select 1 union all select n + 1 from r where n < 900) select repeat(1, 100) from r a, r b, r c';
    await expect(run(forever)).rejects.toMatchObject({ name: expect.stringMatching(/^(?:UnsupportedResult|StatementTimeout)Exception$/) });
  });

  test('a URL that is none of MySQL\'s, and two databases at once, are refused', async () => {
    await expect(startLocalDataApi({ mysql: { connectionString: 'http://127.0.0.1' } })).rejects.toMatchObject({ code: 'invalid-option' });
    await expect(startLocalDataApi({})).rejects.toMatchObject({ code: 'invalid-option' });
  });
});
