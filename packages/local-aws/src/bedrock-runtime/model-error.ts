import { Nl2SqlError } from '@ask-aurora/nl2sql';
import { ServiceError } from '../http/service-error.js';

/** An error of a model as a client of Converse is told of it. */
export function modelErrorOf(cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause;
  if (!Nl2SqlError.isInstance(cause)) return ServiceError.from(cause);
  if (cause.code === 'model-throttled') return new ServiceError('ThrottlingException', 'Too many requests, please wait before trying again.', { cause });
  if (cause.code === 'model-timeout') return new ServiceError('ModelTimeoutException', 'The model took too long.', { cause });
  return new ServiceError('ModelErrorException', 'The model could not answer.', { cause });
}

/** The same in the middle of a stream, where ConverseStream knows fewer exceptions. */
export function streamErrorOf(cause: unknown): ServiceError {
  const error = modelErrorOf(cause);
  if (error.name === 'ThrottlingException' || error.name === 'ValidationException') return error;
  if (error.name === 'ModelTimeoutException' || error.name === 'ModelErrorException') return new ServiceError('ModelStreamErrorException', error.message, { cause });
  return new ServiceError('InternalServerException', 'The stream could not be ended.', { cause });
}
