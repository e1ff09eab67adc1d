import type { DataApiError } from './data-api-error.js';
import type { DataApiErrorCode } from './data-api-error-code.js';

/** What a new try may get past; the others fail again, or were given up by the caller. */
const passing: ReadonlySet<DataApiErrorCode> = new Set(['connection', 'database-resuming', 'database-unavailable', 'internal-server-error', 'service-unavailable', 'throttling', 'transaction-busy']);

/** Says of an error that what its statement may have done was undone with its transaction or savepoint, so that it may all be done again. */
export function markUndone(error: DataApiError): void {
  Object.assign(error, { executed: 'no', retryable: error.retryable || passing.has(error.code) });
}
