import type { Column } from './column.js';

/** Makes a row of the values of a record; the values are copied. */
export type RowBuilder = (values: readonly unknown[]) => unknown;

export function rowBuilder(columns: readonly Column[], mode: 'object' | 'array'): RowBuilder {
  if (mode === 'array') return (values) => values.slice();
  const keys = columns.map(({ key }) => key);
  if (keys.includes('__proto__')) return (values) => defined(keys, values);
  return (values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < keys.length; index += 1) row[keys[index] as string] = values[index];
    return row;
  };
}

/** Assigning to a key named `__proto__` would set the prototype. */
function defined(keys: readonly string[], values: readonly unknown[]): object {
  const row = {};
  for (const [index, key] of keys.entries()) Object.defineProperty(row, key, { value: values[index], enumerable: true, configurable: true, writable: true });
  return row;
}
