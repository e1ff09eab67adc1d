import { arrayOf } from './array-decoder.js';
import type { DecodingOptions } from './decoding-options.js';
import { rangeOf } from './range-decoder.js';
import { boolean, bytes, decimal, int64, json, number, string } from './scalar-decoders.js';
import { date, timestamp } from './time-decoders.js';
import { decoderOf, type ValueDecoder } from './value-decoder.js';

/** Finds the decoder of an Aurora PostgreSQL type; types it does not know are strings. */
export function postgresDecoder(typeName: string, options: DecodingOptions): ValueDecoder {
  if (typeName.startsWith('_')) return arrayOf(postgresElementDecoder(typeName.slice(1), options));
  return postgresElementDecoder(typeName, options);
}

function postgresElementDecoder(typeName: string, options: DecodingOptions): ValueDecoder {
  const { int8 = 'bigint', numeric = 'string', timestamps = 'string', dates = 'string' } = options;
  switch (typeName) {
    case 'bool':
      return boolean;
    case 'int2':
    case 'int4':
    case 'smallserial':
    case 'serial':
    case 'float4':
    case 'float8':
    case 'oid':
      return number;
    case 'int8':
    case 'bigserial':
      return int64(int8);
    case 'numeric':
      return decimal(numeric);
    case 'date':
      return date(dates);
    case 'timestamp':
      return timestamp(timestamps, false);
    case 'timestamptz':
      return timestamp(timestamps, true);
    case 'json':
    case 'jsonb':
      return json(options.json ?? 'parse');
    case 'bytea':
      return bytes;
    case 'vector':
    case 'halfvec':
      return decoderOf({ text: (text) => JSON.parse(text) as unknown });
    default:
      return rangeDecoder(typeName, options) ?? string;
  }
}

const rangeBounds: Readonly<Record<string, string>> = { int4range: 'int4', int8range: 'int8', numrange: 'numeric', tsrange: 'timestamp', tstzrange: 'timestamptz', daterange: 'date' };

function rangeDecoder(typeName: string, options: DecodingOptions): ValueDecoder | undefined {
  const bound = Object.hasOwn(rangeBounds, typeName) ? rangeBounds[typeName] : undefined;
  return bound === undefined ? undefined : rangeOf(postgresElementDecoder(bound, options));
}
