import { startInstalledMysql } from '@ask-aurora/local-aurora';
import { createConnection, type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { createExplainDryRun } from '../pipeline/explain-dry-run.js';
import { introspect, type IntrospectOptions } from './introspect.js';

// A server of the user's (any database may be made and dropped on it), else one that is installed here, else none.
const given = process.env['ASK_AURORA_MYSQL_URL'];
const installed = given === undefined ? await startInstalledMysql() : undefined;
const url = given ?? installed?.connectionString;
afterAll(() => installed?.stop());

const shop = `ask_aurora_shop_${process.pid}`;
const other = `ask_aurora_other_${process.pid}`;
const script = [
  `CREATE DATABASE ${shop} CHARACTER SET utf8mb4`,
  `CREATE DATABASE ${other}`,
  `USE ${shop}`,
  `CREATE TABLE customers (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(80) NOT NULL, mail varchar(80) UNIQUE, segment varchar(20) NOT NULL COMMENT 'Kind of customer', note text COMMENT 'Confidential remarks', reachable_at varchar(40), active tinyint(1) NOT NULL DEFAULT 1) COMMENT 'Who buys; "quoted" and ünïcode'`,
  `CREATE TABLE orders (id int unsigned NOT NULL PRIMARY KEY, customer_id bigint NOT NULL, state enum('new','paid','it''s sent','back\\\\slash') NOT NULL, flags set('gift','express'), ordered_at datetime NOT NULL, total decimal(12,2), CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id))`,
  `CREATE TABLE order_lines (order_id int unsigned NOT NULL, line int NOT NULL, product_code varchar(20) NOT NULL, PRIMARY KEY (line, order_id), FOREIGN KEY (order_id) REFERENCES orders (id))`,
  `CREATE TABLE line_returns (order_id int unsigned, line int, returned_on date, FOREIGN KEY (line, order_id) REFERENCES order_lines (line, order_id))`,
  'CREATE TABLE products (product_code varchar(20) NOT NULL PRIMARY KEY, `List Price` decimal(10,2), UNIQUE KEY first_characters (product_code(3), `List Price`))',
  `CREATE TABLE events (happened_on date NOT NULL, kind varchar(20)) PARTITION BY RANGE (YEAR(happened_on)) (PARTITION p23 VALUES LESS THAN (2024), PARTITION p24 VALUES LESS THAN (2025))`,
  `CREATE VIEW open_orders AS SELECT id, customer_id FROM orders WHERE state <> 'new'`,
  'CREATE TABLE `Größen` (`größe` int PRIMARY KEY)',
  `CREATE TABLE ${other}.unrelated (id int PRIMARY KEY)`,
  ...Array.from({ length: 20 }, (_unused, index) => `INSERT INTO customers (name, mail, segment, note, reachable_at) VALUES ('Name ${index}', 'c${index}@mail.example', '${index % 2 === 0 ? 'consumer' : 'business'}', 'x', '+49 30 1234${1000 + index}')`),
  ...Array.from({ length: 30 }, (_unused, index) => `INSERT INTO orders VALUES (${index + 1}, ${1 + (index % 20)}, ${index % 3 === 0 ? "'it''s sent'" : "'paid'"}, 'gift', '2024-05-01 10:00:00', ${index})`),
  ...Array.from({ length: 30 }, (_unused, index) => `INSERT INTO order_lines VALUES (${index + 1}, 1, 'P${index % 7}')`),
  'ANALYZE TABLE customers, orders, order_lines',
];

describe.skipIf(url === undefined)(`on a real MySQL or MariaDB${url === undefined ? ' (none is installed, and ASK_AURORA_MYSQL_URL is not set)' : ''}`, () => {
  let connection: Connection;
  let artifact: SchemaArtifact;
  const run = async (sql: string) => (await connection.query(sql))[0] as Record<string, unknown>[];
  const read = (options: IntrospectOptions = {}) => introspect(run, { dialect: 'mysql', schemas: [shop], ...options });
  const relation = (name: string) => artifact.relations.find((candidate) => candidate.name === name);
  const column = (relationName: string, name: string) => relation(relationName)?.columns.find((candidate) => candidate.name === name);

  beforeAll(async () => {
    connection = await createConnection({ uri: url ?? '', charset: 'utf8mb4' });
    for (const statement of script) await connection.query(statement);
    artifact = await read({ sampleValues: [`${shop}.*`] });
  });
  afterAll(async () => {
    await connection.query(`DROP DATABASE IF EXISTS ${shop}`);
    await connection.query(`DROP DATABASE IF EXISTS ${other}`);
    await connection.end();
  });

  it('finds tables, partitioned ones and views, of the named databases only', async () => {
    expect(Object.fromEntries(artifact.relations.map(({ name, kind }) => [name, kind]))).toEqual({ 'Größen': 'table', customers: 'table', orders: 'table', order_lines: 'table', line_returns: 'table', products: 'table', events: 'partitioned-table', open_orders: 'view' });
    expect(artifact).toMatchObject({ dialect: 'mysql', serverVersion: expect.stringMatching(/^\d+\.\d+/) });
    expect((await read({ schemas: [other] })).relations.map(({ name }) => name)).toEqual(['unrelated']);
    const all = await introspect(run, { dialect: 'mysql' });
    expect(new Set(all.relations.map(({ schema }) => schema))).not.toContain('mysql');
    expect(all.relations.map(({ name }) => name)).toEqual(expect.arrayContaining(['unrelated', 'customers']));
  });

  it('reads types, comments, estimates, keys and labels', () => {
    expect(relation('orders')?.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
      ['id', 'int unsigned', false], ['customer_id', 'bigint', false], ['state', 'enum', false], ['flags', 'set', true], ['ordered_at', 'datetime', false], ['total', 'decimal(12,2)', true],
    ]);
    expect(relation('customers')).toMatchObject({ comment: 'Who buys; "quoted" and ünïcode', rowEstimate: 20, primaryKey: ['id'], uniqueKeys: [['mail']] });
    expect(column('customers', 'segment')?.comment).toBe('Kind of customer');
    expect(relation('order_lines')?.primaryKey).toEqual(['line', 'order_id']);
    expect(relation('products')?.uniqueKeys).toEqual([]);
    expect(artifact.enums).toContainEqual({ schema: shop, name: 'orders.state', values: ['new', 'paid', "it's sent", 'back\\slash'] });
    expect(artifact.foreignKeys.filter(({ inferred }) => !inferred).map(({ from, to }) => `${from.relation}(${from.columns.join()}) ${to.relation}(${to.columns.join()})`)).toEqual(['line_returns(line,order_id) order_lines(line,order_id)', 'order_lines(order_id) orders(id)', 'orders(customer_id) customers(id)']);
  });

  it('samples values, and none that are personal by name, comment or look', () => {
    expect(column('orders', 'state')).toMatchObject({ sampleValues: ['paid', "it's sent"], sampleValuesComplete: true });
    expect(column('customers', 'segment')?.sampleValues).toEqual(['business', 'consumer']);
    for (const name of ['name', 'mail', 'note', 'reachable_at']) expect(column('customers', name), name).toMatchObject({ personal: true, sampleValues: [] });
  });

  it('gives the same in pages of any size, and with another character set of the session', async () => {
    for (const relationsPerQuery of [1, 3, 8]) expect((await read({ relationsPerQuery, sampleValues: [`${shop}.*`] })).hash).toBe(artifact.hash);
    await connection.query('SET NAMES latin1');
    expect((await read()).relations.map(({ name }) => name).length).toBe(8);
    await connection.query('SET NAMES utf8mb4');
  });

  it('asks in parts for what is too large for one answer', async () => {
    let refused = 0;
    const narrow = async (sql: string) => {
      const rows = await run(sql);
      if (rows.length <= 7 || !sql.includes('information_schema')) return rows;
      refused += 1;
      throw new Error('Database returned more than the allowed response size limit');
    };
    const inParts = await introspect(narrow, { dialect: 'mysql', schemas: [shop], sampleValues: [`${shop}.*`] });
    expect(refused).toBeGreaterThan(3);
    expect(inParts.hash).toBe(artifact.hash);
  });

  it('shows a narrow role what it may read and no more', async () => {
    const name = `narrow_${process.pid}`;
    await connection.query(`CREATE USER '${name}'@'%' IDENTIFIED BY 'narrow-Pw1!'`);
    try {
      await connection.query(`GRANT SELECT ON ${shop}.orders TO '${name}'@'%'`);
      await connection.query(`GRANT SELECT (id, segment) ON ${shop}.customers TO '${name}'@'%'`);
      await connection.query(`GRANT INSERT ON ${shop}.products TO '${name}'@'%'`);
      const { hostname, port } = new URL(url ?? '');
      const narrow = await createConnection({ host: hostname, port: Number(port || 3306), user: name, password: 'narrow-Pw1!' });
      try {
        const seen = await introspect(async (sql) => (await narrow.query(sql))[0] as Record<string, unknown>[], { dialect: 'mysql' });
        expect(seen.relations.map((found) => [found.name, found.columns.map((own) => own.name)])).toEqual([['customers', ['id', 'segment']], ['orders', ['id', 'customer_id', 'state', 'flags', 'ordered_at', 'total']]]);
      } finally {
        await narrow.end();
      }
    } finally {
      await connection.query(`DROP USER '${name}'@'%'`);
    }
  });

  it('tells in a dry run what is wrong with a statement', async () => {
    const plan = (sql: string) => createExplainDryRun({ dialect: 'mysql', run: async (statement) => (await connection.query(statement))[0] as unknown[] })({ sql, parameters: {} }, {});
    expect(await plan(`SELECT count(*) FROM ${shop}.orders`)).toMatchObject({ ok: true });
    expect(await plan(`SELECT nothing FROM ${shop}.orders`)).toMatchObject({ ok: false, error: { sqlState: '42S22', message: expect.stringContaining('nothing') } });
    expect(await plan(`SELECT * FROM ${shop}.nowhere`)).toMatchObject({ ok: false, error: { sqlState: '42S02' } });
    expect(await plan(`SELECT id FROM ${shop}.orders WHERE count(*) > 1`)).toMatchObject({ ok: false });
    expect(await plan(`SELEC 1`)).toMatchObject({ ok: false, error: { sqlState: '42000' } });
  });
});
