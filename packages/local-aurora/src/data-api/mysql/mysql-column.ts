import type { FieldPacket } from 'mysql2';
import type { ColumnMetadata } from '../result/column-metadata.js';
import type { DataType, ValueKind } from '../types/data-type.js';
import { jdbcType } from '../types/jdbc-type.js';

/** What mysql2 knows of a column beyond its public type. */
export interface MysqlColumn extends Pick<FieldPacket, 'name' | 'flags' | 'decimals'> {
  readonly columnType: number;
  readonly columnLength: number;
  readonly characterSet: number;
  readonly orgName: string;
  readonly orgTable: string;
  readonly table: string;
  /** `json`, where MariaDB keeps JSON as text. */
  readonly extendedFormat?: string;
}

type TypeRow = readonly [name: string, kind: ValueKind, code: number, digits?: number];

const binaryCharset = 63;
const flag = { notNull: 1, unsigned: 32, enum: 256, autoIncrement: 512, set: 2048 } as const;
const hasFlag = (column: MysqlColumn, mask: number) => (Number(column.flags) & mask) !== 0;

/** By the protocol's type code. Names, codes and figures are those of MySQL's JDBC driver. */
const byCode: Readonly<Record<number, TypeRow>> = {
  0: ['DECIMAL', 'numeric', jdbcType.decimal],
  1: ['TINYINT', 'integer', jdbcType.tinyint, 3],
  2: ['SMALLINT', 'integer', jdbcType.smallint, 5],
  3: ['INT', 'integer', jdbcType.integer, 10],
  4: ['FLOAT', 'float', jdbcType.real, 12],
  5: ['DOUBLE', 'float', jdbcType.double, 22],
  6: ['NULL', 'string', jdbcType.null],
  7: ['TIMESTAMP', 'timestamp', jdbcType.timestamp],
  8: ['BIGINT', 'bigint', jdbcType.bigint, 19],
  9: ['MEDIUMINT', 'integer', jdbcType.integer, 7],
  10: ['DATE', 'date', jdbcType.date, 10],
  11: ['TIME', 'time', jdbcType.time],
  12: ['DATETIME', 'timestamp', jdbcType.timestamp],
  13: ['YEAR', 'date', jdbcType.date, 4],
  16: ['BIT', 'bytes', jdbcType.binary],
  245: ['JSON', 'string', jdbcType.longVarchar],
  246: ['DECIMAL', 'numeric', jdbcType.decimal],
  255: ['GEOMETRY', 'unsupported', jdbcType.binary],
};

const texts = { 249: 'TINY', 250: 'MEDIUM', 251: 'LONG', 252: '' } as const;

/**
 * The type of a column. The user guide lists no spatial type, so their values are refused. It lists no YEAR either, but that is what
 * MySQL's function YEAR returns too: it is returned as the JDBC driver does unless told otherwise, as the date of its first day.
 */
export function mysqlType(column: MysqlColumn): DataType {
  const [name, kind, code] = typeRow(column);
  const unsigned = hasFlag(column, flag.unsigned) && /INT$|FLOAT|DOUBLE|DECIMAL/.test(name);
  const shown = unsigned ? `${name} UNSIGNED` : name;
  return { name: shown, kind: unsigned && kind === 'bigint' ? 'unsigned-bigint' : kind, jdbcType: code };
}

function typeRow(column: MysqlColumn): TypeRow {
  const { columnType, columnLength, characterSet } = column;
  if (columnType === 1 && columnLength === 1) return ['TINYINT', 'boolean', jdbcType.bit];
  if (columnType === 16 && columnLength === 1) return ['BIT', 'boolean', jdbcType.bit];
  if (hasFlag(column, flag.enum)) return ['ENUM', 'string', jdbcType.char];
  if (hasFlag(column, flag.set)) return ['SET', 'string', jdbcType.char];
  if (column.extendedFormat === 'json') return byCode[245] as TypeRow;
  const known = byCode[columnType];
  if (known) return known;
  const binary = characterSet === binaryCharset;
  if (columnType in texts) {
    const size = blobSize(columnType, binary ? columnLength : Math.floor(columnLength / 4));
    return binary ? [`${size}BLOB`, 'bytes', jdbcType.longVarbinary] : [`${size}TEXT`, 'string', jdbcType.longVarchar];
  }
  const fixed = columnType === 254;
  if (binary) return [fixed ? 'BINARY' : 'VARBINARY', 'bytes', fixed ? jdbcType.binary : jdbcType.varbinary];
  return [fixed ? 'CHAR' : 'VARCHAR', 'string', fixed ? jdbcType.char : jdbcType.varchar];
}

/** Results name every size of BLOB and TEXT alike; the longest possible value tells them apart. */
function blobSize(code: number, length: number): string {
  if (code !== 252) return texts[code as keyof typeof texts];
  return length <= 255 ? 'TINY' : length <= 65_535 ? '' : length <= 16_777_215 ? 'MEDIUM' : 'LONG';
}

export function mysqlColumnMetadata(column: MysqlColumn): ColumnMetadata {
  const { name: typeName, kind, jdbcType: type } = mysqlType(column);
  const digits = typeRow(column)[3];
  const numeric = /INT|FLOAT|DOUBLE|DECIMAL/.test(typeName);
  const signed = numeric && !hasFlag(column, flag.unsigned);
  const characters = kind === 'string' && column.characterSet !== binaryCharset ? Math.floor(column.columnLength / 4) : column.columnLength;
  const decimal = typeName.startsWith('DECIMAL');
  return {
    arrayBaseColumnType: 0,
    isAutoIncrement: hasFlag(column, flag.autoIncrement),
    isCaseSensitive: false,
    isCurrency: false,
    isSigned: signed,
    label: column.name,
    name: column.orgName || column.name,
    nullable: hasFlag(column, flag.notNull) ? 0 : 1,
    precision: decimal ? column.columnLength - (column.decimals > 0 ? 1 : 0) - (signed ? 1 : 0) : digits ?? characters,
    scale: column.decimals === 31 || kind === 'string' || kind === 'bytes' ? 0 : column.decimals,
    schemaName: '',
    tableName: column.orgTable || column.table,
    type,
    typeName,
  };
}
