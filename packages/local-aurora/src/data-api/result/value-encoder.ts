import type { DataType } from '../types/data-type.js';
import { arrayElements } from './array-elements.js';
import { dateTimeText, timestamptzText } from './date-time-text.js';
import type { ResultSetOptions } from './result-set-options.js';

/** Turns one column's values from PostgreSQL's text into JSON, digit by digit, so that nothing is rounded on the way. */
export interface ValueEncoder {
  /** A member of the wire's Field union, such as `{"longValue":1}`. */
  field(text: string): string;
  /** The bare value of `formattedRecords`. */
  json(text: string): string;
}

/** The encoder for a column's type. Types that the service refuses never get here. */
export function createValueEncoder(type: DataType, options: ResultSetOptions): ValueEncoder {
  if (type.element) return arrayEncoder(scalarEncoder(type.element, options));
  const { member, json } = scalarEncoder(type, options);
  return { json, field: (text) => `{"${member(text)}":${json(text)}}` };
}

interface ScalarEncoder {
  readonly member: (text: string) => 'booleanValue' | 'longValue' | 'doubleValue' | 'stringValue' | 'blobValue';
  readonly json: (text: string) => string;
}

const identity = (text: string) => text;
const quoted = (text: string) => JSON.stringify(text);
const stringOf = (json: (text: string) => string): ScalarEncoder => ({ member: () => 'stringValue', json });
const longs: ScalarEncoder = { member: () => 'longValue', json: identity };

function scalarEncoder(type: DataType, { decimalReturnType, longReturnType }: ResultSetOptions): ScalarEncoder {
  switch (type.kind) {
    case 'boolean':
      return { member: () => 'booleanValue', json: (text) => (text === 't' ? 'true' : 'false') };
    case 'integer':
      return longs;
    case 'bigint':
      return longReturnType === 'LONG' ? longs : stringOf(quoted);
    case 'unsigned-bigint':
      // A long has 63 bits; what needs the 64th comes as text.
      return longReturnType === 'LONG' ? { member: (text) => (isLong(text) ? 'longValue' : 'stringValue'), json: (text) => (isLong(text) ? text : quoted(text)) } : stringOf(quoted);
    case 'float':
      return { member: () => 'doubleValue', json: doubleJson };
    case 'numeric':
      return decimalReturnType === 'STRING' ? stringOf(quoted) : { member: (text) => (isLong(text) ? 'longValue' : 'doubleValue'), json: (text) => (isLong(text) ? text : doubleJson(String(Number(text)))) };
    case 'bytes':
      return { member: () => 'blobValue', json: (text) => quoted(Buffer.from(text.slice(2), 'hex').toString('base64')) };
    case 'date':
    case 'time':
    case 'timestamp':
      return stringOf((text) => quoted(dateTimeText(text)));
    case 'timestamptz':
      return stringOf((text) => quoted(timestamptzText(text)));
    case 'void':
      return stringOf(() => '""');
    default:
      return stringOf(quoted);
  }
}

function arrayEncoder({ member, json }: ScalarEncoder): ValueEncoder {
  const elements = (text: string) => arrayElements(text);
  const encode = (values: readonly (string | null)[]) => `[${values.map((value) => (value === null ? 'null' : json(value))).join(',')}]`;
  return {
    json: (text) => encode(elements(text)),
    field(text) {
      const values = elements(text);
      const members = new Set(values.flatMap((value) => (value === null ? [] : [member(value)])));
      const [only = member('')] = members;
      return `{"arrayValue":{"${members.size > 1 ? 'doubleValue' : only}s":${encode(values)}}}`;
    },
  };
}

/** JSON has no NaN and no infinity; the protocol writes them as strings. */
function doubleJson(text: string): string {
  return /^-?\d/.test(text) ? text : quoted(text);
}

function isLong(text: string): boolean {
  if (!/^-?\d+$/.test(text)) return false;
  const value = BigInt(text);
  return value === BigInt.asIntN(64, value);
}
