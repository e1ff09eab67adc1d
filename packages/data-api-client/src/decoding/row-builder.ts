import type { Column } from './column.js';

/** Puts the values of a record together to a row. */
export interface RowBuilder {
  create(): unknown;
  set(row: unknown, index: number, value: unknown): void;
}

export function rowBuilder(columns: readonly Column[], mode: 'object' | 'array'): RowBuilder {
  if (mode === 'array') return { create: () => new Array<unknown>(columns.length), set: (row, index, value) => void ((row as unknown[])[index] = value) };
  const keys = columns.map(({ key }) => key);
  if (keys.includes('__proto__')) return { create: () => ({}), set: (row, index, value) => void Object.defineProperty(row, keys[index] as string, { value, enumerable: true, configurable: true, writable: true }) };
  return { create: () => ({}), set: (row, index, value) => void ((row as Record<string, unknown>)[keys[index] as string] = value) };
}
