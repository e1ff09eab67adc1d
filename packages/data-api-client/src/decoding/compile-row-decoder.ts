import { DecodeError } from '../errors/decode-error.js';
import type { Engine } from '../parameters/scan-statement.js';
import type { WireField } from '../transport/wire.js';
import { arrayOf } from './array-decoder.js';
import type { Column } from './column.js';
import type { DecodingOptions } from './decoding-options.js';
import { mysqlDecoder } from './mysql-decoders.js';
import { postgresDecoder } from './postgres-decoders.js';
import { InexactIntegerError, textual, type FieldDecoder, type ValueDecoder } from './value-decoder.js';

/** Decodes all records of one result. Compiled once a result: every column's type is looked up once, not once a field. */
export interface RowDecoder {
  /** Rows as objects, under each column's `key`. */
  objects(records: readonly (readonly WireField[])[]): Record<string, unknown>[];
  /** Rows as arrays, in the order of the columns. */
  arrays(records: readonly (readonly WireField[])[]): unknown[][];
}

export function compileRowDecoder(columns: readonly Column[], engine: Engine, options: DecodingOptions): RowDecoder {
  const failed = (error: unknown, index: number): Error => {
    if (error instanceof InexactIntegerError) return error;
    const column = columns[index];
    const reason = error instanceof Error ? error.message : String(error);
    return new DecodeError(`Column ${JSON.stringify(column?.name)} of type ${column?.typeName}: ${reason}`, { executed: 'yes', cause: error });
  };
  const decoders = columns.map((column, index): FieldDecoder => {
    try {
      return columnDecoder(column, engine, options).field;
    } catch (error) {
      throw failed(error, index);
    }
  });
  const keys = columns.map((column) => column.key);
  const plain = !keys.includes('__proto__');

  return {
    objects: (records) => {
      let at = 0;
      try {
        return records.map((record) => {
          const row: Record<string, unknown> = {};
          for (at = 0; at < keys.length; at += 1) {
            const field = record[at] as WireField;
            const value = field.isNull === true ? null : (decoders[at] as FieldDecoder)(field);
            if (plain) row[keys[at] as string] = value;
            else Object.defineProperty(row, keys[at] as string, { value, enumerable: true, configurable: true, writable: true });
          }
          return row;
        });
      } catch (error) {
        throw failed(error, at);
      }
    },
    arrays: (records) => {
      let at = 0;
      try {
        return records.map((record) => {
          const row = new Array<unknown>(decoders.length);
          for (at = 0; at < decoders.length; at += 1) {
            const field = record[at] as WireField;
            row[at] = field.isNull === true ? null : (decoders[at] as FieldDecoder)(field);
          }
          return row;
        });
      } catch (error) {
        throw failed(error, at);
      }
    },
  };
}

function columnDecoder(column: Column, engine: Engine, options: DecodingOptions): ValueDecoder {
  const custom = options.types;
  if (custom) {
    const own = Object.hasOwn(custom, column.typeName) ? custom[column.typeName] : undefined;
    if (own) return textual((text) => own(text, column));
    const element = column.typeName.startsWith('_') && Object.hasOwn(custom, column.typeName.slice(1)) ? custom[column.typeName.slice(1)] : undefined;
    if (element) return arrayOf(textual((text) => element(text, column)));
  }
  return engine === 'postgresql' ? postgresDecoder(column.typeName, options) : mysqlDecoder(column.typeName, options);
}
