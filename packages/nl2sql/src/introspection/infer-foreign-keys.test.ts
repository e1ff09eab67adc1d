import { describe, expect, it } from 'vitest';
import { createArtifact } from '../artifact/create-artifact.js';
import { inferForeignKeys } from './infer-foreign-keys.js';

const column = (name: string) => ({ name, type: 'integer', nullable: false, comment: null });
const table = (schema: string, name: string, key: string, ...others: readonly string[]) => ({ schema, name, kind: 'table' as const, comment: null, primaryKey: [key], columns: [key, ...others].map(column) });
const inferred = (...relations: readonly ReturnType<typeof table>[]) => {
  const artifact = createArtifact({ dialect: 'postgresql', serverVersion: null, database: null, relations });
  return inferForeignKeys(artifact, new Set()).map(({ from, to }) => `${from.schema}.${from.relation}.${from.columns.join()} -> ${to.schema}.${to.relation}`);
};

describe('inferForeignKeys', () => {
  it('finds the one key that a name points to, in its own schema first', () => {
    expect(inferred(table('a', 'customers', 'id'), table('b', 'customers', 'id'), table('b', 'orders', 'id', 'customer_id'))).toEqual(['b.orders.customer_id -> b.customers']);
    expect(inferred(table('a', 'customers', 'id'), table('b', 'orders', 'id', 'customer_id'))).toEqual(['b.orders.customer_id -> a.customers']);
  });

  it('finds none where two would do', () => {
    expect(inferred(table('a', 'customers', 'id'), table('b', 'customers', 'id'), table('c', 'orders', 'id', 'customer_id'))).toEqual([]);
    const shared = inferred(table('a', 'lists', 'batch_code'), table('a', 'runs', 'batch_code'), table('a', 'samples', 'id', 'batch_code'));
    expect(shared.filter((key) => key.startsWith('a.samples'))).toEqual([]);
  });

  it('prefers the key that is named after its relation, also among very many of one name', () => {
    const many = Array.from({ length: 400 }, (_unused, index) => table('a', `thing_${index}`, 'batch_code'));
    expect(inferred(...many, table('a', 'samples', 'id', 'batch_code'))).toEqual([]);
    const keys = inferred(...many, table('a', 'batches', 'batch_code'), table('a', 'samples', 'id', 'batch_code'));
    expect(keys).toHaveLength(401);
    expect(keys.at(-1)).toBe('a.samples.batch_code -> a.batches');
  });
});
