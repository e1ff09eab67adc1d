import type { SqlParameter } from '@aws-sdk/client-rds-data';
import { ParameterError } from '../errors/parameter-error.js';
import { encodeMysqlValue } from './encode-mysql-value.js';
import { encodePostgresValue } from './encode-postgres-value.js';
import type { EncodedValue } from './encoded-value.js';
import type { Parameters } from './parameter-value.js';
import { scanStatement, type Engine, type Segment } from './scan-statement.js';

/** A statement as the Data API takes it; one list of parameters for each set given. */
export interface BoundStatement {
  readonly sql: string;
  readonly parameterSets: readonly (readonly SqlParameter[])[];
}

/**
 * Fits values to the placeholders of a statement.
 *
 * @throws ParameterError when a placeholder has no value, a value no placeholder, or the sets disagree on a type.
 */
export function bindStatement(sql: string, sets: readonly Parameters[], engine: Engine): BoundStatement {
  return bindSegments(scanStatement(sql, engine), sets, engine);
}

/** As `bindStatement`, for a statement already scanned. */
export function bindSegments(segments: readonly Segment[], sets: readonly Parameters[], engine: Engine): BoundStatement {
  refuseMalformed(segments);
  const names = placeholderNames(segments);
  const encode = engine === 'postgresql' ? encodePostgresValue : encodeMysqlValue;
  const casts = new Map<string, string>();
  const parameterSets = sets.map((set) => {
    const named = byName(set);
    refuseUnknown(named, names);
    return [...names].map((name): SqlParameter => {
      const { field, typeHint, cast } = encodeNamed(named, name, encode);
      if (cast !== undefined) noteCast(casts, name, cast);
      return { name, value: field, ...(typeHint === undefined ? {} : { typeHint }) };
    });
  });
  return { sql: segments.map((segment) => segmentText(segment, casts, engine)).join(''), parameterSets };
}

/** A NUL ends a statement before its end; half of a surrogate pair would arrive as another character. */
function refuseMalformed(segments: readonly Segment[]): void {
  if (segments.some(({ text }) => text.includes('\0'))) throw new ParameterError('The statement holds the character NUL.');
  if (segments.some(({ text }) => /\p{Surrogate}/u.test(text))) throw new ParameterError('The statement holds half of a surrogate pair, which is not a character.');
}

/** Distinct names, in the order of their first use. Ordinals are sent under the name `pN`, as the Data API knows no positions. */
export function placeholderNames(segments: readonly Segment[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const segment of segments) {
    if (segment.kind === 'placeholder') names.add(segment.name);
    if (segment.kind === 'ordinal') names.add(`p${segment.name}`);
  }
  return names;
}

function byName(set: Parameters): Readonly<Record<string, unknown>> {
  if (typeof set !== 'object' || set === null) throw new ParameterError('Parameters are given by name in an object, or in order in a list.');
  return isList(set) ? Object.fromEntries(set.map((value, index) => [`p${index + 1}`, value])) : set;
}

function isList(set: Parameters): set is Extract<Parameters, readonly unknown[]> {
  return Array.isArray(set);
}

function refuseUnknown(named: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): void {
  const unknown = Object.keys(named).filter((name) => !names.has(name));
  if (unknown.length === 0) return;
  const odd = unknown.some((name) => !/^(?:[A-Za-z_]\w*|\d+)$/u.test(name)) ? ' A name is made of the letters a to z, digits and underscores.' : '';
  throw new ParameterError(`The statement has no placeholder for ${unknown.map((name) => `:${name}`).join(', ')}.${odd}`);
}

function encodeNamed(named: Readonly<Record<string, unknown>>, name: string, encode: (value: unknown) => EncodedValue): EncodedValue {
  if (!Object.hasOwn(named, name)) throw new ParameterError(`No value was given for :${name}.`);
  try {
    return encode(named[name]);
  } catch (error) {
    if (ParameterError.isInstance(error)) throw new ParameterError(`:${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

function noteCast(casts: Map<string, string>, name: string, cast: string): void {
  const known = casts.get(name);
  if (known !== undefined && known !== cast) throw new ParameterError(`:${name} is ${known} in one set and ${cast} in another; one statement can hold one type.`);
  casts.set(name, cast);
}

/** The segment as it is sent: with its cast, and rewritten where the service would see a placeholder in what is none. */
function segmentText(segment: Segment, casts: ReadonlyMap<string, string>, engine: Engine): string {
  switch (segment.kind) {
    case 'placeholder':
      return withCast(segment.name, casts, engine);
    case 'ordinal':
      return withCast(`p${segment.name}`, casts, engine);
    case 'slice':
      return ': ';
    case 'dollar-string':
      return dollarStringAsQuoted(segment);
    case 'escape-string':
      return doubledQuotes(segment.text);
    case 'odd-comment':
      return ' ';
    default:
      return segment.text;
  }
}

function withCast(name: string, casts: ReadonlyMap<string, string>, engine: Engine): string {
  const cast = casts.get(name);
  if (cast === undefined) return `:${name}`;
  return engine === 'postgresql' ? `:${name}::${cast}` : `cast(:${name} as ${cast})`;
}

/** `'a\\'b'` and `'a''b'` are the same constant, but who knows no backslashes ends the first too early. */
function doubledQuotes(text: string): string {
  const quote = text.at(-1) ?? "'";
  return text.replace(/\\([\s\S])/gu, (escape, character: string) => (character === quote ? quote + quote : escape));
}

/** `$$a'b$$` and `'a''b'` are the same constant, but the service reads the first as code: its colons as placeholders, its quotes as quotes. */
function dollarStringAsQuoted({ text, name: tag }: Segment): string {
  const closed = text.length >= 2 * tag.length && text.endsWith(tag);
  if (!closed || !/[:'"]|--|\/\*/u.test(text)) return text;
  return `'${text.slice(tag.length, -tag.length).replaceAll("'", "''")}'`;
}
