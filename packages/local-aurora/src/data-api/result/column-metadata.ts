import type { PostgresSession } from '../session/postgres-session.js';
import type { WireColumn } from '../session/wire-messages.js';
import type { DataType } from '../types/data-type.js';
import { typeOid } from '../types/type-oid.js';

/** One entry of the wire's `columnMetadata`. */
export interface ColumnMetadata {
  readonly name: string;
  /** A code of java.sql.Types. */
  readonly type: number;
  readonly typeName: string;
  readonly label: string;
  readonly schemaName: '';
  readonly tableName: string;
  readonly isAutoIncrement: boolean;
  readonly isSigned: boolean;
  readonly isCurrency: boolean;
  readonly isCaseSensitive: boolean;
  /** 0 not nullable, 1 nullable, 2 unknown. */
  readonly nullable: 0 | 1 | 2;
  readonly precision: number;
  readonly scale: number;
  readonly arrayBaseColumnType: number;
}

interface Attribute {
  readonly table: string;
  readonly notNull: boolean;
  readonly autoIncrement: boolean;
}

const query = `
select a.attrelid::text, a.attnum::text, c.relname, a.attnotnull,
  a.attidentity <> '' or coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid) like '%nextval(%', false)
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where (a.attrelid, a.attnum) in (select * from unnest($1::pg_catalog.oid[], $2::pg_catalog.int2[]))`;

const unbounded = 2_147_483_647;
const serials: Readonly<Record<string, string>> = { int2: 'smallserial', int4: 'serial', int8: 'bigserial' };
const signed = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric']);
const caseless = new Set(['oid', 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'bool', 'bit', 'varbit', 'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval']);
const fixedPrecision: Readonly<Record<string, number>> = { int2: 5, oid: 10, int4: 10, int8: 19, float4: 8, float8: 17, bool: 1, date: 13, time: 15, timetz: 21, timestamp: 29, timestamptz: 35 };

/** Describes a result's columns the way PostgreSQL's JDBC driver does, whose codes and figures the service's metadata has. */
export async function columnMetadata(session: PostgresSession, columns: readonly WireColumn[], types: readonly DataType[]): Promise<readonly ColumnMetadata[]> {
  const attributes = await readAttributes(session, columns.filter(({ tableID, columnID }) => tableID !== 0 && columnID > 0));
  return columns.map((column, index) => {
    const type = types[index];
    if (type === undefined) throw new RangeError(`Column ${index} has no type.`);
    return describe(column, type, attributes.get(`${column.tableID} ${column.columnID}`));
  });
}

async function readAttributes(session: PostgresSession, columns: readonly WireColumn[]): Promise<ReadonlyMap<string, Attribute>> {
  if (columns.length === 0) return new Map();
  const tables = columns.map(({ tableID }) => tableID).join(',');
  const numbers = columns.map(({ columnID }) => columnID).join(',');
  const { rows } = await session.query({ text: query, oids: [typeOid.text, typeOid.text], values: [`{${tables}}`, `{${numbers}}`] });
  return new Map(rows.map(([relation, number, table, notNull, auto]) => [`${relation} ${number}`, { table: table ?? '', notNull: notNull === 't', autoIncrement: auto === 't' }]));
}

function describe({ name, dataTypeModifier }: WireColumn, type: DataType, attribute: Attribute | undefined): ColumnMetadata {
  const autoIncrement = attribute?.autoIncrement ?? false;
  return {
    arrayBaseColumnType: type.element?.jdbcType ?? 0,
    isAutoIncrement: autoIncrement,
    isCaseSensitive: !caseless.has(type.name),
    isCurrency: type.name === 'money',
    isSigned: signed.has(type.name),
    label: name,
    name,
    nullable: attribute === undefined ? 2 : attribute.notNull ? 0 : 1,
    precision: precisionOf(type, dataTypeModifier),
    scale: scaleOf(type, dataTypeModifier),
    schemaName: '',
    tableName: attribute?.table ?? '',
    type: type.jdbcType,
    typeName: (autoIncrement ? serials[type.name] : undefined) ?? type.name,
  };
}

function precisionOf({ name }: DataType, modifier: number): number {
  if (name === 'numeric') return modifier === -1 ? 0 : ((modifier - 4) >> 16) & 0xffff;
  if (name === 'bpchar' || name === 'varchar') return modifier === -1 ? unbounded : modifier - 4;
  if (name === 'bit' || name === 'varbit') return modifier === -1 ? unbounded : modifier;
  return fixedPrecision[name] ?? unbounded;
}

function scaleOf({ name }: DataType, modifier: number): number {
  if (name === 'float4') return 8;
  if (name === 'float8') return 17;
  if (name === 'numeric') return modifier === -1 ? 0 : (modifier - 4) & 0xffff;
  if (/^time(stamp)?(tz)?$/.test(name)) return modifier === -1 ? 6 : modifier;
  return 0;
}
