import { ServiceError } from '../service-error.js';

export type RequestBody = Readonly<Record<string, unknown>>;

/** The fault of a body that does not have the shape of the operation's input. */
export function serializationError(): ServiceError {
  return new ServiceError('SerializationException', 'The request body could not be read');
}

/** The fault of a member that breaks a constraint of the service's model, in the service's words. */
export function constraintViolation(path: string, value: string | null, constraint: string): ServiceError {
  const shown = value === null ? 'Value null' : `Value '${value}'`;
  return new ServiceError('ValidationException', `1 validation error detected: ${shown} at '${path}' failed to satisfy constraint: ${constraint}`);
}

export function asObject(value: unknown): RequestBody {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw serializationError();
  return value as RequestBody;
}

/**
 * Parses a body without rounding `longValue`: JSON numbers past 2^53 arrive as text. The pattern can only match a member
 * name, since a quote inside a JSON string is always escaped.
 *
 * @throws {ServiceError} SerializationException, when the text is not a JSON object
 */
export function parseBody(text: string): RequestBody {
  const exact = text.replace(/"longValue"\s*:\s*(-?\d{16,})(?=\s*[,}])/g, '"longValue":"$1"');
  try {
    return asObject(JSON.parse(exact === '' ? '{}' : exact));
  } catch {
    throw serializationError();
  }
}

const shownCharacters = 100;

/** Reads a string member, or undefined when it is absent or null. */
export function readString(body: RequestBody, member: string, constraint: { readonly minimum?: number; readonly maximum?: number } = {}): string | undefined {
  const value = body[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw serializationError();
  // PostgreSQL's protocol ends a text at this character, so that what follows would be read as something else.
  if (value.includes('\0')) throw constraintViolation(member, value.slice(0, shownCharacters), 'Member must not hold the character U+0000');
  const { minimum = 0, maximum = Infinity } = constraint;
  if (value.length < minimum) throw constraintViolation(member, value, `Member must have length greater than or equal to ${minimum}`);
  if (value.length > maximum) throw constraintViolation(member, value.slice(0, shownCharacters), `Member must have length less than or equal to ${maximum}`);
  return value;
}

export function requireString(body: RequestBody, member: string, constraint?: { readonly minimum?: number; readonly maximum?: number }): string {
  const value = readString(body, member, constraint);
  if (value === undefined) throw constraintViolation(member, null, 'Member must not be null');
  return value;
}

export function readBoolean(body: RequestBody, member: string): boolean {
  const value = body[member];
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw serializationError();
  return value;
}

export function readChoice<Choice extends string>(body: RequestBody, member: string, choices: readonly Choice[], path = member): Choice | undefined {
  const value = readString(body, member);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw constraintViolation(path, value, `Member must satisfy enum value set: [${choices.join(', ')}]`);
  return choice;
}
