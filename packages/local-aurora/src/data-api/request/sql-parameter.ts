import { ServiceError } from '../service-error.js';
import { asObject, constraintViolation, serializationError } from './request-members.js';

/** What the type of a string parameter is, if not text. */
export const typeHints = ['JSON', 'UUID', 'TIMESTAMP', 'DATE', 'TIME', 'DECIMAL'] as const;
export type TypeHint = (typeof typeHints)[number];

/** One member of the wire's Field union. Numbers stay text, so that 64 bits keep their last digit. */
export type ParameterValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'long' | 'double' | 'string'; readonly value: string }
  | { readonly kind: 'blob'; readonly value: Buffer };

export interface SqlParameter {
  readonly name: string;
  readonly value: ParameterValue;
  readonly typeHint?: TypeHint;
}

/** @throws {ServiceError} ValidationException or SerializationException, when a parameter is malformed */
export function readParameters(members: unknown, path: string): readonly SqlParameter[] {
  if (members === undefined || members === null) return [];
  if (!Array.isArray(members)) throw serializationError();
  return members.map((member, index) => readParameter(asObject(member), `${path}.${index + 1}.member`));
}

function readParameter(member: Readonly<Record<string, unknown>>, path: string): SqlParameter {
  const { name, typeHint } = member;
  if (typeof name !== 'string' || name === '') throw constraintViolation(`${path}.name`, null, 'Member must not be null');
  const value = readValue(asObject(member['value'] ?? {}));
  if (typeHint === undefined || typeHint === null) return { name, value };
  if (!isTypeHint(typeHint)) {
    throw constraintViolation(`${path}.typeHint`, String(typeHint), `Member must satisfy enum value set: [${typeHints.join(', ')}]`);
  }
  return { name, value, typeHint };
}

function isTypeHint(value: unknown): value is TypeHint {
  return typeHints.some((hint) => hint === value);
}

function readValue(field: Readonly<Record<string, unknown>>): ParameterValue {
  const present = Object.entries(field).filter(([member, value]) => value !== undefined && value !== null && !(member === 'isNull' && value === false));
  if (present.length > 1) throw new ServiceError('ValidationException', 'A parameter value must hold exactly one member');
  const [member, value] = present[0] ?? ['isNull', true];
  switch (member) {
    case 'isNull':
      if (value !== true) throw serializationError();
      return { kind: 'null' };
    case 'booleanValue':
      if (typeof value !== 'boolean') throw serializationError();
      return { kind: 'boolean', value };
    case 'longValue':
      return { kind: 'long', value: readLong(value) };
    case 'doubleValue':
      return { kind: 'double', value: readDouble(value) };
    case 'stringValue':
      if (typeof value !== 'string') throw serializationError();
      return { kind: 'string', value };
    case 'blobValue':
      if (typeof value !== 'string') throw serializationError();
      return { kind: 'blob', value: Buffer.from(value, 'base64') };
    case 'arrayValue':
      throw new ServiceError('ValidationException', 'Array parameters are not supported');
    default:
      throw serializationError();
  }
}

function readLong(value: unknown): string {
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return value;
  throw serializationError();
}

function readDouble(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return value;
  throw serializationError();
}
