import { describe, expect, it } from 'vitest';
import { diffArtifacts } from '../artifact/diff-artifacts.js';
import { parseArtifact } from '../artifact/parse-artifact.js';
import { createArtifactNarrower } from '../linking/narrow-artifact.js';
import { buildPrompt } from '../prompt/build-prompt.js';
import { renderDdl } from '../prompt/ddl-schema.js';
import { renderMSchema } from '../prompt/m-schema.js';
import { recordedMysql } from '../testing/mysql-shop-rows.js';
import { introspect } from './introspect.js';
import { readMysqlColumnType } from './mysql-column-type.js';
import type { RunQuery } from './run-query.js';

const read = (options: object = {}, run: RunQuery = recordedMysql().run) => introspect(run, { dialect: 'mysql', schemas: ['shop'], ...options });
const artifact = await read({ sampleValues: ['shop.orders'] });
const relation = (name: string) => artifact.relations.find((candidate) => candidate.name === name);
const column = (relationName: string, name: string) => relation(relationName)?.columns.find((candidate) => candidate.name === name);

describe('the catalog of MySQL', () => {
  it('becomes an artifact of its dialect that can be read back', () => {
    expect(artifact).toMatchObject({ dialect: 'mysql', serverVersion: '10.11.19-MariaDB-0+deb12u1', database: null });
    expect(parseArtifact(JSON.parse(JSON.stringify(artifact)))).toEqual(artifact);
    expect(Object.fromEntries(artifact.relations.map(({ name, kind }) => [name, kind]))).toEqual({ 'Größen': 'table', customers: 'table', orders: 'table', order_lines: 'table', line_returns: 'table', products: 'table', events: 'partitioned-table', open_orders: 'view' });
  });

  it('gives types without display widths, nullability, comments and estimates', () => {
    expect(relation('orders')?.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
      ['id', 'int unsigned', false], ['customer_id', 'bigint', false], ['state', 'enum', false], ['flags', 'set', true], ['ordered_at', 'datetime', false], ['total', 'decimal(12,2)', true],
    ]);
    expect(column('customers', 'active')?.type).toBe('tinyint(1)');
    expect(relation('customers')).toMatchObject({ comment: 'Who buys; "quoted" and ünïcode', rowEstimate: 20 });
    expect(column('customers', 'segment')?.comment).toBe('Kind of customer');
    expect(relation('open_orders')).toMatchObject({ comment: null, rowEstimate: null });
  });

  it('gives keys in their own order, and no key of first characters', () => {
    expect(relation('order_lines')?.primaryKey).toEqual(['line', 'order_id']);
    expect(relation('customers')).toMatchObject({ primaryKey: ['id'], uniqueKeys: [['mail']] });
    expect(relation('products')).toMatchObject({ primaryKey: ['product_code'], uniqueKeys: [] });
    expect(artifact.foreignKeys.filter(({ inferred }) => !inferred).map(({ from, to }) => `${from.relation}(${from.columns.join()}) ${to.relation}(${to.columns.join()})`)).toEqual(['line_returns(line,order_id) order_lines(line,order_id)', 'order_lines(order_id) orders(id)', 'orders(customer_id) customers(id)']);
    expect(artifact.foreignKeys.filter(({ inferred }) => inferred).map(({ from, to }) => `${from.relation}.${from.columns.join()} ${to.relation}`)).toContain('order_lines.product_code products');
  });

  it('gives the labels of enums and sets under the name of their column', () => {
    expect(artifact.enums).toEqual([
      { schema: 'shop', name: 'orders.state', values: ['new', 'paid', "it's sent", 'back\\slash'] },
      { schema: 'shop', name: 'orders.flags', values: ['gift', 'express'] },
    ]);
  });

  it('gives sample values of listed relations, most frequent first', () => {
    expect(column('orders', 'state')).toMatchObject({ sampleValues: ["it's sent", 'new', 'paid'], sampleValuesComplete: true });
    expect(column('orders', 'total')?.sampleValues).toHaveLength(3);
    expect(column('customers', 'segment')?.sampleValues).toEqual([]);
  });

  it('is read by five statements and one for each sampled relation, names quoted', async () => {
    const { run, statements } = recordedMysql();
    await read({ sampleValues: ['shop.*'], overlay: { relations: { 'shop.customers': { columns: { segment: { personal: true } } } } } }, run);
    expect(statements).toHaveLength(5 + 8);
    const sampled = statements.find((sql) => sql.includes('FROM `shop`.`customers`')) ?? '';
    expect(sampled).toContain('CAST(`active` AS CHAR');
    for (const personal of ['segment', 'name', 'note']) expect(sampled).not.toContain(`\`${personal}\``);
  });

  it('asks for the next page from the last name on, by bytes', async () => {
    const { run, statements } = recordedMysql();
    let pages = 0;
    await read({ relationsPerQuery: 8, schemas: ["it's a \\ schema", 'shop'] }, async (sql) => (sql.includes('row_estimate') && (pages += 1) > 1 ? (statements.push(sql), []) : run(sql)));
    const next = statements.filter((sql) => sql.includes('row_estimate'))[1] ?? '';
    expect(next).toContain(`> (X'${Buffer.from('shop').toString('hex')}', X'${Buffer.from('products').toString('hex')}')`);
    expect(next).toContain(`(TABLE_SCHEMA IN ('shop') OR CAST(TABLE_SCHEMA AS BINARY) IN (X'${Buffer.from("it's a \\ schema").toString('hex')}'))`);
  });

  it('reads numbers, and bytes where a driver gives them for text', async () => {
    const { run } = recordedMysql();
    const other = await read({}, async (sql) => (await run(sql)).map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value !== 'string' ? value : /^\d+$/.test(value) ? Number(value) : Buffer.from(value)]))));
    expect(diffArtifacts(await read(), other)).toEqual([]);
  });

  it('tells what views read where the server knows it, and does not ask where it does not', async () => {
    const { run, statements } = recordedMysql();
    const asking = (knows: string) => read({}, async (sql) => (sql.includes('VIEW_TABLE_USAGE\n') ? (statements.push(sql), [{ schema_name: 'shop', relation_name: 'open_orders', target_schema: 'shop', target_relation: 'orders' }]) : (await run(sql)).map((row) => ('knows_view_reads' in row ? { ...row, knows_view_reads: knows } : row))));
    expect((await asking('1')).relations.find(({ name }) => name === 'open_orders')?.reads).toEqual([{ schema: 'shop', name: 'orders' }]);
    expect(statements.at(-1)).toContain("WHERE (VIEW_SCHEMA IN ('shop'))");
    expect((await asking('0')).relations.find(({ name }) => name === 'open_orders')).not.toHaveProperty('reads');
  });

  it('leaves out what the role cannot read, and keys that need it', async () => {
    const { run } = recordedMysql();
    const narrow = await read({}, async (sql) => (await run(sql)).filter((row) => !sql.includes('information_schema.COLUMNS') || (row['relation_name'] === 'orders' ? row['column_name'] !== 'customer_id' : row['relation_name'] === 'customers')));
    expect(narrow.relations.map(({ name }) => name)).toEqual(['customers', 'orders']);
    expect(narrow.foreignKeys).toEqual([]);
  });

  it('says which column a query runner did not give', async () => {
    await expect(read({}, async () => [{ version: 1 }])).rejects.toMatchObject({ code: 'introspection-failed', message: expect.stringContaining('server_version') });
  });
});

describe('a type of MySQL', () => {
  it.each([
    ['int(11)', 'int', null],
    ['INT(10) UNSIGNED', 'int unsigned', null],
    ['bigint unsigned', 'bigint unsigned', null],
    ['tinyint(1)', 'tinyint(1)', null],
    ['tinyint(4)', 'tinyint', null],
    ['decimal(10,2)', 'decimal(10,2)', null],
    ['varchar(255)', 'varchar(255)', null],
    ["enum('a','b')", 'enum', ['a', 'b']],
    ["set('x')", 'set', ['x']],
    ["enum('it''s',',','(','\\\\','a\\nb','')", 'enum', ["it's", ',', '(', '\\', 'a\nb', '']],
    ["enum('größe') CHARACTER SET utf8mb4", 'enum', ['größe']],
  ])('reads %j', (text, type, labels) => {
    expect(readMysqlColumnType(text)).toEqual({ type, labels });
  });
});

describe('the schema of MySQL in a prompt', () => {
  it('is written with backticks, labels and the dialect\'s rules', () => {
    const text = renderMSchema(artifact);
    expect(text).toContain('# Table: shop.`Größen`');
    expect(text).toContain("(state:enum, Examples: [new, paid, it's sent, back\\slash]),");
    expect(text).toContain('(`List Price`:decimal(10,2)),');
    expect(text).toContain('shop.line_returns.line=shop.order_lines.line AND shop.line_returns.order_id=shop.order_lines.order_id');
    expect(renderDdl(artifact)).toContain("  state enum('new', 'paid', 'it''s sent', 'back\\slash') NOT NULL,\n  flags set('gift', 'express'),");
    const { system } = buildPrompt({ artifact, wholeSchema: true, question: 'q', examples: [], today: '2024-12-31', timeZone: 'UTC', maxRows: 100, structuredOutput: 'text' });
    expect(system[0]?.text).toContain('The dialect is MySQL 8.0');
    expect(system[0]?.text).not.toContain('PostgreSQL');
  });

  it('keeps the labels of what linking kept', () => {
    const narrow = createArtifactNarrower(artifact);
    expect(narrow(artifact.relations.filter(({ name }) => name === 'orders')).enums).toHaveLength(2);
    expect(narrow(artifact.relations.filter(({ name }) => name === 'customers')).enums).toEqual([]);
  });
});
