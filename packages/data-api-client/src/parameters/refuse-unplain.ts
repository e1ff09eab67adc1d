import { ParameterError } from '../errors/parameter-error.js';

/**
 * JSON makes `{}` of a Map, a Set or a promise that nobody awaited: who wants the JSON form of such an object has to say so.
 * Plain objects pass, and those that know their own JSON form.
 *
 * @throws ParameterError
 */
export function refuseUnplain(value: object): void {
  if (isPlain(value) || ('toJSON' in value && typeof value.toJSON === 'function')) return;
  throw new ParameterError(`${Object.prototype.toString.call(value)} cannot be sent as it is: ${advice(value)}.`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null || prototype === Object.prototype) return true;
  // The Object.prototype of another realm, such as a vm context or a test runner.
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}

function advice(value: object): string {
  if (value instanceof Promise) return 'await it';
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return 'give bytes as a Uint8Array';
  return 'for its JSON form say typed.jsonb (MySQL: typed.json)';
}
