import { asObject, readChoice, type RequestBody } from '../request/request-members.js';

/** How numbers that JSON can't always hold are returned. */
export interface ResultSetOptions {
  /** @default 'STRING' */
  readonly decimalReturnType: 'STRING' | 'DOUBLE_OR_LONG';
  /** @default 'LONG' */
  readonly longReturnType: 'LONG' | 'STRING';
}

export function readResultSetOptions(body: RequestBody): ResultSetOptions {
  const options = asObject(body['resultSetOptions'] ?? {});
  return {
    decimalReturnType: readChoice(options, 'decimalReturnType', ['STRING', 'DOUBLE_OR_LONG'], 'resultSetOptions.decimalReturnType') ?? 'STRING',
    longReturnType: readChoice(options, 'longReturnType', ['LONG', 'STRING'], 'resultSetOptions.longReturnType') ?? 'LONG',
  };
}
