import type { ParameterKind } from './infer-parameter-types.js';
import type { ParameterValue } from '@ask-aurora/nl2sql';

/** Something wrong with one parameter. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly problem: 'unknown' | 'missing' | 'ill-typed';
  readonly message: string;
}

/** The bound values, or everything that is wrong with them. */
export type ParameterCheck =
  | { readonly ok: true; readonly values: Readonly<Record<string, ParameterValue>> }
  | { readonly ok: false; readonly problems: readonly ParameterProblem[] };

/** Names are the caller's, and there may be any number of them. */
const maxProblems = 20;

/** A parameter's text is at most this many UTF-16 units long. */
export const maxParameterLength = 10_000;

const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(text);

/** A test and what it wants, by kind. */
const rules: Readonly<Record<ParameterKind, { readonly wants: string; readonly accepts: (value: string | number | boolean) => boolean }>> = {
  text: { wants: 'text', accepts: (value) => typeof value === 'string' },
  integer: { wants: 'a whole number', accepts: (value) => (typeof value === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && /^-?\d{1,19}$/.test(value)) },
  number: { wants: 'a number', accepts: (value) => (typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(value)) },
  boolean: { wants: 'true or false', accepts: (value) => typeof value === 'boolean' || value === 'true' || value === 'false' },
  date: { wants: 'a date as YYYY-MM-DD', accepts: (value) => typeof value === 'string' && isDate(value) },
  time: { wants: 'a time as HH:MM:SS', accepts: (value) => typeof value === 'string' && isTime(value) },
  timestamp: {
    wants: 'a time stamp as YYYY-MM-DD HH:MM:SS',
    accepts: (value) => typeof value === 'string' && isDate(value.slice(0, 10)) && (value.length === 10 || (/^[ T]$/.test(value.charAt(10)) && isTime(value.slice(11).replace(/(Z|[+-]\d{2}(:?\d{2})?)$/, '')))),
  },
  uuid: { wants: 'a UUID', accepts: (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) },
  json: { wants: 'JSON text', accepts: (value) => typeof value === 'string' && parsesAsJson(value) },
};

function parsesAsJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Brings text that stands for a number or a boolean to the JavaScript type, so that it is bound with the right SQL type. */
function normalize(value: ParameterValue, kind: ParameterKind | undefined): ParameterValue {
  if (typeof value !== 'string') return value;
  if (kind === 'boolean') return value === 'true';
  if (kind === 'integer' && Number.isSafeInteger(Number(value))) return Number(value);
  return value;
}

/**
 * Holds the given values against the parameters that the statement has: every one must be given, none more,
 * each of its type. Values are never repeated in a message.
 */
export function checkParameters(
  declared: readonly { readonly name: string }[],
  types: ReadonlyMap<string, ParameterKind>,
  given: Readonly<Record<string, unknown>>,
): ParameterCheck {
  const names = new Set(declared.map((parameter) => parameter.name));
  const problems: ParameterProblem[] = [];
  const values = new Map<string, ParameterValue>();
  for (const name of Object.keys(given)) {
    if (!names.has(name)) {
      const known = names.size === 0 ? 'it has none' : `it has ${[...names].slice(0, 20).map((each) => `:${each}`).join(', ')}`;
      problems.push({ parameter: printable(name), problem: 'unknown', message: `The statement has no parameter of the name "${printable(name)}"; ${known}.` });
    }
  }
  for (const name of names) {
    if (!Object.hasOwn(given, name) || given[name] === undefined) {
      problems.push({ parameter: name, problem: 'missing', message: `No value is given for the parameter :${name}.` });
      continue;
    }
    const value = given[name];
    const kind = types.get(name);
    if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      problems.push({ parameter: name, problem: 'ill-typed', message: `The value of :${name} has to be text, a number, true, false or null.` });
    } else if (typeof value === 'number' && !Number.isFinite(value)) {
      problems.push({ parameter: name, problem: 'ill-typed', message: `The value of :${name} has to be a finite number.` });
    } else if (typeof value === 'string' && (value.length > maxParameterLength || value.includes('\0'))) {
      problems.push({ parameter: name, problem: 'ill-typed', message: `The value of :${name} is longer than ${maxParameterLength} characters or holds a NUL.` });
    } else if (value !== null && kind !== undefined && !rules[kind].accepts(value)) {
      problems.push({ parameter: name, problem: 'ill-typed', message: `The value of :${name} has to be ${rules[kind].wants}.` });
    } else values.set(name, normalize(value, kind));
  }
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, maxProblems) } : { ok: true, values: Object.fromEntries(values) };
}

function printable(name: string): string {
  return name.slice(0, 63).replace(/[^\w.-]/g, '?');
}
