const statuses = {
  AccessDeniedException: 403,
  BadRequestException: 400,
  DatabaseErrorException: 400,
  DatabaseNotFoundException: 404,
  DatabaseResumingException: 400,
  DatabaseUnavailableException: 504,
  ForbiddenException: 403,
  HttpEndpointNotEnabledException: 400,
  IncompleteSignatureException: 403,
  InternalFailure: 500,
  InternalServerErrorException: 500,
  InvalidResourceStateException: 400,
  InvalidSecretException: 400,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  NotFoundException: 404,
  SecretsErrorException: 400,
  SerializationException: 400,
  ServiceUnavailableError: 503,
  StatementTimeoutException: 400,
  ThrottlingException: 400,
  TransactionNotFoundException: 404,
  UnrecognizedClientException: 403,
  UnknownOperationException: 404,
  UnsupportedResultException: 400,
  ValidationException: 400,
} as const;

/** The error names that the service puts on the wire. */
export type ServiceErrorName = keyof typeof statuses;

/** The error names, for validation of what a user injects. */
export const serviceErrorNames = Object.keys(statuses) as readonly ServiceErrorName[];

/** An error as the service answers it: a name, an HTTP status and the members of the body. */
export class ServiceError extends Error {
  override readonly name: ServiceErrorName;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: ServiceErrorName, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = statuses[name];
    this.members = members;
  }
}

/** The bare fault without a message that the service shows when it can't represent a result. */
export function internalFailure(): ServiceError {
  return new ServiceError('InternalFailure', '');
}
