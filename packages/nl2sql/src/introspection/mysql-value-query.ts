import { z } from 'zod';
import { mysqlIdentifier } from './mysql-catalog-sql.js';
import { readRows } from './read-rows.js';
import { longestValue, type ColumnValues, type ValueQuery } from './value-query.js';

const text = z.union([z.string(), z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString('utf8'))]);
const valueRow = z.object({ place: z.coerce.number(), value_text: z.union([z.null(), text]), row_count: z.coerce.number(), distinct_count: z.union([z.null(), z.coerce.number()]), left_out: z.union([z.null(), z.coerce.number()]) });

/**
 * Values on MySQL: of a relation with more rows than are read, the first ones, since MySQL cannot sample. A row a value
 * with how often it occurs, and one a column without a value that counts rows and distinct values.
 */
export const mysqlValueQuery: ValueQuery = {
  isText: (type) => /^(?:var)?char\b|^(?:tiny|medium|long)?text\b|^(?:enum|set)$/.test(type),
  isSampled: (type) => /^(?:(?:tiny|small|medium|big)?int|decimal|numeric|float|double|date|datetime|timestamp|time|year)\b/.test(type),
  sql(relation, columns, rowLimit) {
    const source = `(SELECT ${columns.map(({ column, position }) => `CAST(${mysqlIdentifier(column.name)} AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin AS c${position}`).join(', ')} FROM ${mysqlIdentifier(relation.schema)}.${mysqlIdentifier(relation.name)} LIMIT ${rowLimit})`;
    const perColumn = columns.flatMap(({ position, most }) => {
      const fits = `CHAR_LENGTH(c${position}) BETWEEN 1 AND ${longestValue}`;
      return [
        `SELECT ${position} AS place, NULL AS value_text, COUNT(*) AS row_count, COUNT(DISTINCT c${position}) AS distinct_count, MAX(CASE WHEN c${position} IS NOT NULL AND NOT (${fits}) THEN 1 ELSE 0 END) AS left_out FROM s`,
        `(SELECT ${position}, c${position}, COUNT(*), NULL, NULL FROM s WHERE ${fits} GROUP BY c${position} ORDER BY COUNT(*) DESC, c${position} LIMIT ${most})`,
      ];
    });
    return `WITH s AS ${source} ${perColumn.join(' UNION ALL ')}`;
  },
  read(rows) {
    const read = readRows(valueRow, rows);
    // A union keeps no order: it is made again here.
    const order = (a: (typeof read)[number], b: (typeof read)[number]) => b.row_count - a.row_count || ((a.value_text ?? '') < (b.value_text ?? '') ? -1 : 1);
    return read.filter(({ value_text }) => value_text === null).map((counts): ColumnValues => ({
      position: counts.place,
      values: read.filter(({ place, value_text }) => place === counts.place && value_text !== null).sort(order).flatMap(({ value_text }) => value_text ?? []),
      rows: counts.row_count,
      distinctValues: counts.distinct_count ?? 0,
      leftOut: counts.left_out === 1,
    }));
  },
};
