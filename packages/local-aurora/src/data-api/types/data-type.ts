import { jdbcType } from './jdbc-type.js';

/** How values of a type are put on the wire. */
export type ValueKind =
  | 'boolean'
  | 'integer'
  | 'bigint'
  | 'unsigned-bigint'
  | 'float'
  | 'numeric'
  | 'bytes'
  | 'string'
  | 'void'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'array'
  /** The service refuses a result that holds this type. */
  | 'unsupported';

export interface DataType {
  /** PostgreSQL's own name, as in pg_type. */
  readonly name: string;
  readonly kind: ValueKind;
  readonly jdbcType: number;
  /** The type of an array's elements. */
  readonly element?: DataType;
  /** The name in "unsupported data type", where it is not `name`. */
  readonly shownAs?: string;
}

type Row = readonly [oid: number, arrayOid: number, name: string, kind: ValueKind, jdbcType: number, shownAs?: string];

/**
 * PostgreSQL's own types. Supported are those that the user guide lists, and those seen to be returned by the service
 * beyond its list: oid, void, timestamptz and the ranges.
 */
const rows: readonly Row[] = [
  [16, 1000, 'bool', 'boolean', jdbcType.bit],
  [17, 1001, 'bytea', 'bytes', jdbcType.binary],
  [18, 1002, 'char', 'unsupported', jdbcType.char, '"CHAR"'],
  [19, 1003, 'name', 'string', jdbcType.varchar],
  [20, 1016, 'int8', 'bigint', jdbcType.bigint],
  [21, 1005, 'int2', 'integer', jdbcType.smallint],
  [23, 1007, 'int4', 'integer', jdbcType.integer],
  [25, 1009, 'text', 'string', jdbcType.varchar],
  [26, 1028, 'oid', 'string', jdbcType.bigint],
  [114, 199, 'json', 'string', jdbcType.other],
  [142, 143, 'xml', 'unsupported', jdbcType.xml],
  [600, 1017, 'point', 'unsupported', jdbcType.other, 'POINT'],
  [601, 1018, 'lseg', 'unsupported', jdbcType.other, 'LSEG'],
  [602, 1019, 'path', 'unsupported', jdbcType.other, 'PATH'],
  [603, 1020, 'box', 'unsupported', jdbcType.other, 'BOX'],
  [604, 1027, 'polygon', 'unsupported', jdbcType.other, 'POLYGON'],
  [628, 629, 'line', 'unsupported', jdbcType.other, 'LINE'],
  [650, 651, 'cidr', 'string', jdbcType.other],
  [700, 1021, 'float4', 'float', jdbcType.real],
  [701, 1022, 'float8', 'float', jdbcType.double],
  [718, 719, 'circle', 'unsupported', jdbcType.other, 'CIRCLE'],
  [774, 775, 'macaddr8', 'unsupported', jdbcType.other, 'MACADDR8'],
  [790, 791, 'money', 'unsupported', jdbcType.double, 'MONEY'],
  [829, 1040, 'macaddr', 'unsupported', jdbcType.other, 'MACADDR'],
  [869, 1041, 'inet', 'string', jdbcType.other],
  [1042, 1014, 'bpchar', 'string', jdbcType.char],
  [1043, 1015, 'varchar', 'string', jdbcType.varchar],
  [1082, 1182, 'date', 'date', jdbcType.date],
  [1083, 1183, 'time', 'time', jdbcType.time],
  [1114, 1115, 'timestamp', 'timestamp', jdbcType.timestamp],
  [1184, 1185, 'timestamptz', 'timestamptz', jdbcType.timestamp],
  [1186, 1187, 'interval', 'unsupported', jdbcType.other, 'INTERVAL'],
  [1266, 1270, 'timetz', 'unsupported', jdbcType.time, 'TIMETZ'],
  [1560, 1561, 'bit', 'string', jdbcType.bit],
  [1562, 1563, 'varbit', 'string', jdbcType.other],
  [1700, 1231, 'numeric', 'numeric', jdbcType.numeric],
  [2249, 2287, 'record', 'unsupported', jdbcType.struct, 'RECORD'],
  [2278, 0, 'void', 'void', jdbcType.other],
  [2950, 2951, 'uuid', 'string', jdbcType.other],
  [3802, 3807, 'jsonb', 'string', jdbcType.other],
  [3904, 3905, 'int4range', 'string', jdbcType.other],
  [3906, 3907, 'numrange', 'string', jdbcType.other],
  [3908, 3909, 'tsrange', 'string', jdbcType.other],
  [3910, 3911, 'tstzrange', 'string', jdbcType.other],
  [3912, 3913, 'daterange', 'string', jdbcType.other],
  [3926, 3927, 'int8range', 'string', jdbcType.other],
];

/** The type of an unknown literal's result column. */
const unknownType: DataType = { name: 'unknown', kind: 'string', jdbcType: jdbcType.varchar };

export function arrayOf(element: DataType): DataType {
  return { name: `_${element.name}`, kind: 'array', jdbcType: jdbcType.array, element };
}

/** The types whose object identifiers are the same in every database. */
export const builtinTypes: ReadonlyMap<number, DataType> = new Map(
  rows.flatMap(([oid, arrayOid, name, kind, code, shownAs]): [number, DataType][] => {
    const type: DataType = { name, kind, jdbcType: code, ...(shownAs === undefined ? {} : { shownAs }) };
    return arrayOid === 0 ? [[oid, type]] : [[oid, type], [arrayOid, arrayOf(type)]];
  }).concat([[705, unknownType]]),
);

/** The name that "The result contains the unsupported data type ..." gives, or null when values can be returned. */
export function unsupportedName(type: DataType): string | null {
  if (type.kind === 'unsupported') return type.shownAs ?? type.name;
  if (type.element === undefined) return null;
  if (type.element.kind === 'bytes') return 'BYTEA[]';
  const name = unsupportedName(type.element);
  return name === null ? null : `${name}[]`;
}
