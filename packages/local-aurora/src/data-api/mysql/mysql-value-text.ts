import type { DataType } from '../types/data-type.js';

/** A value as MySQL sent it, in the text form that the encoders of results read, which is PostgreSQL's. */
export function mysqlValueText({ kind, name }: Pick<DataType, 'kind' | 'name'>, bytes: Buffer): string {
  switch (kind) {
    case 'bytes':
      return `\\x${bytes.toString('hex')}`;
    case 'boolean':
      return isTrue(bytes) ? 't' : 'f';
    case 'integer':
    case 'bigint':
    case 'unsigned-bigint':
    case 'float':
    case 'numeric':
      return bytes.toString('latin1').replace(zeroFill, '');
    case 'date':
      return name === 'YEAR' ? `${bytes.toString('latin1')}-01-01` : bytes.toString('latin1');
    default:
      return bytes.toString('utf8');
  }
}

/** ZEROFILL sends the digits that a column is wide. */
const zeroFill = /^0+(?=\d)/;

/** `tinyint(1)` comes in digits, `bit(1)` as a byte. */
function isTrue(bytes: Buffer): boolean {
  return bytes.length === 1 && bytes[0] !== undefined && bytes[0] <= 1 ? bytes[0] === 1 : Number(bytes.toString('latin1')) !== 0;
}
