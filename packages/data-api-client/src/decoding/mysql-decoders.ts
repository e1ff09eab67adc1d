import type { DecodingOptions } from './decoding-options.js';
import { boolean, bytes, decimal, int64, json, number, string } from './scalar-decoders.js';
import { date, timestamp } from './time-decoders.js';
import { decoderOf, type ValueDecoder } from './value-decoder.js';

/** Finds the decoder of an Aurora MySQL type; types it does not know are strings. */
export function mysqlDecoder(typeName: string, options: DecodingOptions): ValueDecoder {
  const { int8 = 'bigint', numeric = 'string', timestamps = 'string', dates = 'string' } = options;
  switch (typeName.toUpperCase()) {
    case 'BOOL':
    case 'BOOLEAN':
      return boolean;
    case 'BIT':
      return bit;
    case 'TINYINT':
      return tinyint;
    case 'TINYINT UNSIGNED':
    case 'SMALLINT':
    case 'SMALLINT UNSIGNED':
    case 'MEDIUMINT':
    case 'MEDIUMINT UNSIGNED':
    case 'INT':
    case 'INTEGER':
    case 'INT UNSIGNED':
    case 'INTEGER UNSIGNED':
    case 'FLOAT':
    case 'FLOAT UNSIGNED':
    case 'DOUBLE':
    case 'DOUBLE UNSIGNED':
      return number;
    case 'YEAR':
      return year;
    case 'BIGINT':
    case 'BIGINT UNSIGNED':
      return int64(int8);
    case 'DECIMAL':
    case 'DECIMAL UNSIGNED':
    case 'NUMERIC':
      return decimal(numeric);
    case 'DATE':
      return date(dates);
    case 'DATETIME':
      return timestamp(timestamps, false);
    case 'TIMESTAMP':
      return timestamp(timestamps, true);
    case 'JSON':
      return json(options.json ?? 'parse');
    case 'BLOB':
    case 'TINYBLOB':
    case 'MEDIUMBLOB':
    case 'LONGBLOB':
    case 'BINARY':
    case 'VARBINARY':
    case 'GEOMETRY':
      return bytes;
    default:
      return string;
  }
}

/** The driver gives `tinyint(1)` as a boolean and wider ones as a number. */
const tinyint = decoderOf({ ...number, boolean: (value) => value });

/** `bit(1)` comes as a boolean, wider bit fields as bytes. */
const bit = decoderOf({ ...boolean, blob: bytes.blob });

/** A year comes as a number or, with the driver's own default, as the date of its first day. */
const year = decoderOf({ text: (text) => Number(text.slice(0, 4)), number: (value) => value });
