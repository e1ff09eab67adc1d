import type { ParameterValue, SqlParameter, TypeHint } from '../request/sql-parameter.js';
import { typeOid } from '../types/type-oid.js';
import type { BoundStatement } from './bound-statement.js';

/** A value ready for PostgreSQL's Bind message, with the type that the Parse message declares for it. */
export interface BoundParameter {
  readonly oid: number;
  /** Text, or bytes for bytea; null for SQL NULL. */
  readonly value: string | Buffer | null;
}

const hinted: Readonly<Record<TypeHint, number>> = {
  DATE: typeOid.date,
  DECIMAL: typeOid.numeric,
  JSON: typeOid.json,
  TIME: typeOid.time,
  TIMESTAMP: typeOid.timestamp,
  UUID: typeOid.uuid,
};

/**
 * Gives each placeholder its value and declared type. A name without a value is left out of the Bind message, so that
 * PostgreSQL refuses the statement with 08P01 as it does on Aurora.
 */
export function bindParameters(statement: { readonly text: string; readonly names: readonly string[] }, parameters: readonly SqlParameter[]): BoundStatement {
  const byName = new Map(parameters.map((parameter) => [parameter.name, bind(parameter)]));
  const bound = statement.names.map((name) => byName.get(name));
  const oids = bound.map((parameter) => parameter?.oid ?? typeOid.unknown);
  // Declaring a parameter makes PostgreSQL want its type even where the text has none, as in a dollar quote.
  while (oids.at(-1) === typeOid.unknown) oids.pop();
  return { text: statement.text, oids, values: bound.flatMap((parameter) => (parameter ? [parameter.value] : [])) };
}

function bind({ value, typeHint }: SqlParameter): BoundParameter {
  const { oid, text } = plain(value);
  return { oid: typeHint !== undefined && honours(value, typeHint) ? hinted[typeHint] : oid, value: text };
}

/** A hint says what a string means. Numbers, booleans and bytes say it themselves, except that a number can be a decimal. */
function honours({ kind }: ParameterValue, hint: TypeHint): boolean {
  return kind === 'string' || kind === 'null' || (hint === 'DECIMAL' && (kind === 'long' || kind === 'double'));
}

function plain(value: ParameterValue): { readonly oid: number; readonly text: string | Buffer | null } {
  switch (value.kind) {
    case 'null':
      return { oid: typeOid.unknown, text: null };
    case 'boolean':
      return { oid: typeOid.bool, text: value.value ? 't' : 'f' };
    case 'long':
      return { oid: typeOid.int8, text: value.value };
    case 'double':
      return { oid: typeOid.float8, text: value.value };
    case 'string':
      return { oid: typeOid.text, text: value.value };
    case 'blob':
      return { oid: typeOid.bytea, text: value.value };
  }
}
