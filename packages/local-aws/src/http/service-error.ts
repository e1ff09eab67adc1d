/** The errors of Bedrock's REST-JSON protocol, and their HTTP statuses. */
const statuses = {
  AccessDeniedException: 403,
  BadGatewayException: 502,
  ConflictException: 409,
  DependencyFailedException: 424,
  InternalServerException: 500,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ThrottlingException: 429,
  ValidationException: 400,
} as const;

/** The name of an error, as clients see it. */
export type ServiceErrorName = keyof typeof statuses;

/** An error that a client of the server is told of in AWS's own form. */
export class ServiceError extends Error {
  override readonly name: ServiceErrorName;
  readonly status: number;

  constructor(name: ServiceErrorName, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = name;
    this.status = statuses[name];
  }

  /** What to tell the client of any thrown value; the words of an unknown error stay here. */
  static from(error: unknown): ServiceError {
    return error instanceof ServiceError ? error : new ServiceError('InternalServerException', 'The request could not be served.', { cause: error });
  }
}
