import { DecodeError } from '../errors/decode-error.js';
import type { Engine } from '../parameters/scan-statement.js';
import { arrayOf } from './array-decoder.js';
import type { Column } from './column.js';
import type { DecodingOptions } from './decoding-options.js';
import { mysqlDecoder } from './mysql-decoders.js';
import { postgresDecoder } from './postgres-decoders.js';
import { decoderOf, type ValueDecoder } from './value-decoder.js';

/** Chooses the decoder of a column: the caller's own for its type or its elements' type, else the engine's. */
export function columnDecoder(column: Column, engine: Engine, options: DecodingOptions): ValueDecoder {
  const own = ownDecoder(column.typeName, column, options);
  if (own) return own;
  const element = column.typeName.startsWith('_') ? ownDecoder(column.typeName.slice(1), column, options) : undefined;
  if (element) return arrayOf(element);
  try {
    return engine === 'postgresql' ? postgresDecoder(column.typeName, options) : mysqlDecoder(column.typeName, options);
  } catch (error) {
    throw decodeError(column, error);
  }
}

function ownDecoder(typeName: string, column: Column, { types }: DecodingOptions): ValueDecoder | undefined {
  const own = types && Object.hasOwn(types, typeName) ? types[typeName] : undefined;
  return own && decoderOf({ text: (text) => own(text, column) });
}

export function decodeError(column: Column | undefined, error: unknown): DecodeError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DecodeError(`Column ${JSON.stringify(column?.name)} of type ${column?.typeName}: ${reason}`, { executed: 'yes', cause: error });
}
