import { DecodeError } from '../errors/decode-error.js';
import type { WireResult, WireUpdates } from '../transport/wire.js';

/** Parses the body of an answer to ExecuteStatement or BatchExecuteStatement. */
export function parseBody(text: string): WireResult & WireUpdates {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new DecodeError('The answer of the service is not JSON.', { executed: 'yes', cause: error });
  }
  throw new DecodeError('The answer of the service is not a JSON object.', { executed: 'yes' });
}
