import type { WireColumn } from '../transport/wire.js';
import type { Column } from './column.js';

/** Describes the columns of a result and gives each a key of its own. */
export function columnsOf(metadata: readonly WireColumn[]): readonly Column[] {
  const names = metadata.map((column) => column.label ?? column.name ?? '');
  const taken = new Set(names);
  const seen = new Set<string>();
  return metadata.map((column, index) => {
    const name = names[index] ?? '';
    const key = seen.has(name) ? freeKey(name, taken) : name;
    seen.add(name);
    taken.add(key);
    return {
      name,
      key,
      typeName: column.typeName ?? '',
      tableName: column.tableName ?? '',
      nullable: column.nullable === 0 ? false : column.nullable === 1 ? true : null,
      precision: column.precision ?? 0,
      scale: column.scale ?? 0,
    };
  });
}

function freeKey(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
