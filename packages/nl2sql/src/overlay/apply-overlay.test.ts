import { describe, expect, it } from 'vitest';
import { createArtifact } from '../artifact/create-artifact.js';
import { parseArtifact } from '../artifact/parse-artifact.js';
import { applyOverlay } from './apply-overlay.js';
import { parseOverlay } from './parse-overlay.js';

const column = (name: string, more: object = {}) => ({ name, type: 'integer', nullable: false, comment: null, ...more });
const artifact = createArtifact({
  dialect: 'postgresql',
  serverVersion: null,
  database: null,
  relations: [
    { schema: 's', name: 'orders', kind: 'table', comment: 'From the catalog', synonyms: ['purchase'], primaryKey: ['id'], columns: [column('id'), column('customer_id'), column('agent_id'), column('state', { type: 'text', sampleValues: ['new', 'paid'], sampleValuesComplete: true })] },
    { schema: 's', name: 'customers', kind: 'table', comment: null, primaryKey: ['id'], columns: [column('id'), column('name', { type: 'text' })] },
  ],
  foreignKeys: [{ name: 'fk', from: { schema: 's', relation: 'orders', columns: ['customer_id'] }, to: { schema: 's', relation: 'customers', columns: ['id'] }, inferred: true }],
});
const orders = (merged: typeof artifact) => merged.relations.find(({ name }) => name === 'orders')!;

describe('applyOverlay', () => {
  it('adds words to those there and replaces single values', () => {
    const merged = applyOverlay(artifact, 'relations: { s.orders: { comment: Ours, synonyms: [purchase, buy], columns: { state: { valueSynonyms: { paid: [settled] } } } } }');
    expect(orders(merged)).toMatchObject({ comment: 'Ours', synonyms: ['purchase', 'buy'] });
    expect(orders(merged).columns[3]).toMatchObject({ valueSynonyms: { paid: ['settled'] }, sampleValues: ['new', 'paid'], sampleValuesComplete: true });
    expect(parseArtifact(merged)).toEqual(merged);
    expect(merged.hash).not.toBe(artifact.hash);
  });

  it('drops the values of a column it marks personal', () => {
    const merged = applyOverlay(artifact, { relations: { 's.orders': { columns: { state: { personal: true, sampleValues: ['new'] } } } } });
    expect(orders(merged).columns[3]).toMatchObject({ personal: true, sampleValues: [], sampleValuesComplete: false });
  });

  it('confirms an inferred key, adds one, and hides one', () => {
    const join = (from: string) => ({ from: { relation: 's.orders', columns: [from] }, to: { relation: 's.customers', columns: ['id'] } });
    const merged = applyOverlay(artifact, { joins: [{ ...join('customer_id'), preferred: true }, { ...join('agent_id'), phrases: ['sold by'] }] });
    expect(merged.foreignKeys).toMatchObject([{ name: 'fk', inferred: false, preferred: true }, { name: null, inferred: false, phrases: ['sold by'] }]);
    expect(applyOverlay(artifact, { joins: [{ ...join('customer_id'), hidden: true }] }).foreignKeys).toEqual([]);
  });

  it('takes hidden relations and columns out, with the keys that need them', () => {
    const merged = applyOverlay(artifact, { relations: { 's.orders': { columns: { customer_id: { hidden: true } } } } });
    expect(orders(merged).columns.map(({ name }) => name)).toEqual(['id', 'agent_id', 'state']);
    expect(merged.foreignKeys).toEqual([]);
    expect(applyOverlay(artifact, { relations: { 's.customers': { hidden: true } } }).relations.map(({ name }) => name)).toEqual(['orders']);
  });

  it('replaces metrics, filters and verified queries of the same name', () => {
    const metric = (expression: string) => ({ metrics: [{ name: 'count', relation: 's.orders', expression }] });
    const once = applyOverlay(artifact, metric('count(*)'));
    expect(applyOverlay(once, metric('count(orders.id)')).metrics).toMatchObject([{ name: 'count', expression: 'count(orders.id)' }]);
  });

  it.each([
    [{ relations: { 's.order': {} } }, /there is no relation s\.order; did you mean s\.orders/],
    [{ relations: { 's.orders': { columns: { stat: {} } } } }, /relation s\.orders has no column stat; did you mean state/],
    [{ relations: { 's.orders': { timeColumn: 'at' } } }, /relations\.s\.orders\.timeColumn: relation s\.orders has no column at/],
    [{ metrics: [{ name: 'm', relation: 's.none', expression: '1' }] }, /metrics\.m: there is no relation s\.none/],
    [{ joins: [{ from: { relation: 's.orders', columns: ['x'] }, to: { relation: 's.customers', columns: ['id'] } }] }, /joins\.0\.from: relation s\.orders has no column x/],
  ])('names what %j names and the database has not', (overlay, message) => {
    expect(() => applyOverlay(artifact, overlay)).toThrow(message);
    const warnings: string[] = [];
    expect(applyOverlay(artifact, overlay, { unknown: 'warn', onWarning: (warning) => warnings.push(warning) }).relations).toHaveLength(2);
    expect(warnings[0]).toMatch(message);
  });
});

describe('a name that the database does not have', () => {
  it.each([
    ['relations:\n  s.ordres:\n    comment: x\n', 's.ordres (line 2, column 3); did you mean s.orders'],
    ['{\n  "relations": {\n    "s.orders": { "timeColumn": "ordred_at" }\n  }\n}', 'no column ordred_at (line 3, column 19)'],
    ['relations:\n  s.orders:\n    columns:\n      no_such_thing: { comment: x }\n', 'no column no_such_thing (line 4, column 7)'],
    ['relations:\n  s.orders:\n    labelColumns:\n      - id\n      - nme\n', 'no column nme (line 5, column 9)'],
    ['metrics:\n  - name: m\n    relation: s.gone\n    expression: count(*)\n', 's.gone (line 3, column 5)'],
    ['joins:\n  - from: { relation: s.orders, columns: [customer] }\n    to: { relation: s.customers, columns: [id] }\n', 'no column customer (line 2, column 43); did you mean customer_id'],
  ])('is told with its place in %j', (overlay, message) => {
    expect(() => applyOverlay(artifact, overlay)).toThrow(message);
  });

  it('has no place in an overlay that never was a text', () => {
    expect(() => applyOverlay(artifact, { relations: { 's.ordres': {} } })).toThrow(/s\.ordres; did you mean s\.orders/);
  });
});

describe('parseOverlay', () => {
  it('reads YAML, JSON and an empty file', () => {
    expect(parseOverlay('relations:\n  s.orders: { comment: x }').relations).toEqual({ 's.orders': { comment: 'x' } });
    expect(parseOverlay('{"relations":{}}').relations).toEqual({});
    expect(parseOverlay('').metrics).toEqual([]);
  });

  it.each([
    ['relations: [', /neither YAML nor JSON \(line 1, column 13\)/],
    ['relations:\n  s.orders:\n   comment: a\n  comment: b\n bad', /neither YAML nor JSON \(line 5/],
    ['{\n  "relations": {,}\n}', /neither YAML nor JSON \(line 2, column 17\)/],
    ['relations: {}\nrelatoins: {}', /relatoins.*\(line 2, column 1\)/],
    ['relations: { orders: {} }', /schema\.relation \(line 1, column 14\)/],
    ['relations: { s.orders: { synonyms: one } }', /synonyms.*\(line 1, column 26\)/],
    ['# words\nmetrics:\n  - name: revenue\n    relation: s.orders\n  - name: margin\n    relation: s.orders\n    expression: 7\n', /metrics\.0\.expression.*\(line 3, column 5\); metrics\.1\.expression.*\(line 7, column 5\)/],
    [`a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]`, /alias/i],
  ])('refuses %j', (text, message) => {
    expect(() => parseOverlay(text)).toThrow(message);
  });
});
