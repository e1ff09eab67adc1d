import { scanSql } from './scan-sql.js';

/** The kinds of value a parameter can be held to. */
export type ParameterKind = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'time' | 'timestamp' | 'uuid' | 'json';

const kinds: Readonly<Record<string, ParameterKind>> = {
  text: 'text', varchar: 'text', 'character varying': 'text', char: 'text', bpchar: 'text', character: 'text', citext: 'text', name: 'text',
  int: 'integer', integer: 'integer', int2: 'integer', int4: 'integer', int8: 'integer', smallint: 'integer', bigint: 'integer',
  numeric: 'number', decimal: 'number', real: 'number', float4: 'number', float8: 'number', float: 'number', 'double precision': 'number', money: 'number',
  bool: 'boolean', boolean: 'boolean',
  date: 'date', time: 'time', 'time without time zone': 'time',
  timestamp: 'timestamp', timestamptz: 'timestamp', 'timestamp without time zone': 'timestamp', 'timestamp with time zone': 'timestamp',
  uuid: 'uuid', json: 'json', jsonb: 'json',
};

const typeName = String.raw`((?:character varying|double precision|(?:timestamp|time) with(?:out)? time zone|[a-z_][a-z0-9_]*))`;
const cast = new RegExp(String.raw`:([A-Za-z_][A-Za-z0-9_]*)\s*::\s*(?:pg_catalog\s*\.\s*)?${typeName}`, 'gi');
const castCall = new RegExp(String.raw`cast\s*\(\s*:([A-Za-z_][A-Za-z0-9_]*)\s+as\s+(?:pg_catalog\s*\.\s*)?${typeName}`, 'gi');
const rowLimit = /\b(?:limit|offset)\s+:([A-Za-z_][A-Za-z0-9_]*)/gi;

/** What PostgreSQL's type of that name accepts; undefined when this package has no rule for the type. */
export function parameterKindOf(type: string): ParameterKind | undefined {
  const plain = type.toLowerCase().replace(/\(.*\)/, '').replace(/\s+/g, ' ').trim();
  return Object.hasOwn(kinds, plain) ? kinds[plain] : undefined;
}

/**
 * The types that a statement itself gives its `:name` parameters: by a cast (`:since::date`, `CAST(:since AS date)`)
 * or by their place (`LIMIT :n`). A parameter without either has no entry; PostgreSQL then decides at the bind.
 */
export function inferParameterTypes(sql: string): ReadonlyMap<string, ParameterKind> {
  const found = new Map<string, ParameterKind>();
  const code = scanSql(sql).map((piece) => (piece.kind === 'code' ? piece.text : ' '.repeat(piece.text.length))).join('');
  for (const expression of [cast, castCall]) {
    for (const [, name, type] of code.matchAll(expression)) {
      const kind = type === undefined ? undefined : parameterKindOf(type);
      if (name !== undefined && kind !== undefined) found.set(name, kind);
    }
  }
  for (const [, name] of code.matchAll(rowLimit)) if (name !== undefined) found.set(name, 'integer');
  return found;
}
