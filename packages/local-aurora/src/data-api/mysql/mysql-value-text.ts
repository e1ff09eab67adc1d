import type { ValueKind } from '../types/data-type.js';

/** A value as MySQL sent it, in the text form that the encoders of results read, which is PostgreSQL's. */
export function mysqlValueText(kind: ValueKind, bytes: Buffer): string {
  switch (kind) {
    case 'bytes':
      return `\\x${bytes.toString('hex')}`;
    case 'boolean':
      return isTrue(bytes) ? 't' : 'f';
    default:
      return bytes.toString('utf8');
  }
}

/** `tinyint(1)` comes in digits, `bit(1)` as a byte. */
function isTrue(bytes: Buffer): boolean {
  return bytes.length === 1 && bytes[0] !== undefined && bytes[0] <= 1 ? bytes[0] === 1 : Number(bytes.toString('latin1')) !== 0;
}
