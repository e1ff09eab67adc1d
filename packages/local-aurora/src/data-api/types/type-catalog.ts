import type { PostgresSession } from '../session/postgres-session.js';
import type { WireColumn } from '../session/wire-messages.js';
import { arrayOf, builtinTypes, type DataType } from './data-type.js';
import { jdbcType } from './jdbc-type.js';
import { typeOid } from './type-oid.js';

const query = `
select t.oid::text, t.typname, t.typtype::text, coalesce(e.typname, ''), coalesce(e.typtype::text, ''), coalesce(e.oid::text, '')
from pg_catalog.pg_type t left join pg_catalog.pg_type e on e.typarray = t.oid
where t.oid = any ($1::pg_catalog.oid[])`;

/** The types of a result's columns: PostgreSQL's own from a table, a database's own (enums, extensions) by question. */
export class TypeCatalog {
  readonly #known = new Map<string, DataType>();

  /** Forgets a database's own types, after DDL may have renamed one. */
  clear(): void {
    this.#known.clear();
  }

  /** The types of the columns, in order. Asks on the session that made the result, since only it sees what it has not committed. */
  async resolve(session: PostgresSession, columns: readonly WireColumn[]): Promise<readonly DataType[]> {
    const { database } = session.target;
    const find = (oid: number) => builtinTypes.get(oid) ?? this.#known.get(`${oid} ${database}`);
    const missing = [...new Set(columns.map(({ dataTypeID }) => dataTypeID))].filter((oid) => find(oid) === undefined);
    if (missing.length > 0) {
      const { rows } = await session.query({ text: query, oids: [typeOid.text], values: [`{${missing.join(',')}}`] });
      for (const [oid, ...row] of rows) this.#known.set(`${oid} ${database}`, describe(row.map((value) => value ?? '')));
    }
    return columns.map(({ dataTypeID }) => find(dataTypeID) ?? unsupported(`oid ${dataTypeID}`));
  }
}

function describe([name = '', type = '', elementName = '', elementType = '', elementOid = '']: readonly string[]): DataType {
  if (elementName === '') return scalar(name, type);
  return arrayOf(builtinTypes.get(Number(elementOid)) ?? scalar(elementName, elementType));
}

/** Enums and pgvector's type are what the user guide lists; the service refuses what else a database defines. */
function scalar(name: string, type: string): DataType {
  if (type === 'e') return { name, kind: 'string', jdbcType: jdbcType.varchar };
  if (type === 'r' || name === 'vector') return { name, kind: 'string', jdbcType: jdbcType.other };
  return { ...unsupported(name), jdbcType: type === 'c' ? jdbcType.struct : jdbcType.other };
}

function unsupported(name: string): DataType {
  return { name, kind: 'unsupported', jdbcType: jdbcType.other };
}
