import { Nl2SqlError, type Nl2SqlErrorCode } from '../nl2sql-error.js';
import type { Redactor } from '../redaction/redactor.js';
import { isMark } from '../redaction/redactor.js';
import type { Failure } from '../waiting/with-retries.js';

const throttled = new Set(['ThrottlingException', 'TooManyRequestsException', 'ServiceQuotaExceededException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded']);
const unavailable = new Set(['ServiceUnavailableException', 'InternalServerException', 'ModelNotReadyException', 'ModelStreamErrorException', 'ModelErrorException', 'InternalServerError', 'DependencyFailedException', 'BadGatewayException']);
const timedOut = new Set(['ModelTimeoutException', 'TimeoutError', 'RequestTimeout', 'RequestTimeoutException']);
const rejected = new Set(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException', 'ConflictException', 'UnrecognizedClientException', 'ExpiredTokenException', 'InvalidSignatureException', 'CredentialsProviderError']);
const connection = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_SOCKET']);

interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
  readonly cause?: unknown;
}

/**
 * Tells what an error of the AWS SDK means for a caller of a model. `what` names the call in messages; the service's own
 * words, which may quote the prompt, pass the redactor.
 * Source of the names: the error shapes of the Bedrock Runtime API's Converse and ConverseStream.
 */
export function describeAwsFailure(error: unknown, what: string, redactor: Redactor): Failure {
  if (Nl2SqlError.isInstance(error)) return { error };
  const sdk = (typeof error === 'object' && error !== null ? error : {}) as SdkError;
  const status = sdk.$metadata?.httpStatusCode ?? sdk.$response?.statusCode;
  const [code, retryable] = classify(sdk, status);
  const retryAfterMs = retryAfter(sdk.$response?.headers?.['retry-after']);
  return {
    error: new Nl2SqlError({ code, retryable, cause: redactor.cause(error), message: [what, isMark(sdk.name) ? sdk.name : 'Error', ...said(redactor.text(sdk.message ?? ''))].join(': ') }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function said(words: string): readonly string[] {
  return words.trim() === '' ? [] : [words];
}

function classify(error: SdkError, status: number | undefined): readonly [Nl2SqlErrorCode, boolean] {
  const name = error.name ?? '';
  if (throttled.has(name) || status === 429) return ['model-throttled', true];
  if (timedOut.has(name) || status === 408) return ['model-timeout', true];
  if (unavailable.has(name) || connection.has(error.code ?? '') || connection.has((error.cause as SdkError | undefined)?.code ?? '')) return ['model-unavailable', true];
  if (rejected.has(name)) return ['model-rejected', false];
  // A body that is not what its protocol says reaches us as the deserializer's own SyntaxError or TypeError.
  if (error instanceof SyntaxError || error instanceof TypeError) return ['model-malformed-response', true];
  if (status !== undefined && status >= 500) return ['model-unavailable', true];
  if (status !== undefined && status >= 400) return ['model-rejected', false];
  return ['model-unavailable', false];
}

function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}
