import { z } from 'zod';
import type { Relation } from '../artifact/schema-artifact.js';
import { quoteIdentifier, quoteLiteral } from './postgres-catalog-sql.js';
import { readRows } from './read-rows.js';
import { longestValue, type ValueQuery } from './value-query.js';

const sampleRow = z.object({ position: z.coerce.number(), values: z.union([z.array(z.string()), z.string().transform((value) => z.array(z.string()).parse(JSON.parse(value)))]), rows: z.coerce.number(), distinct_values: z.coerce.number(), left_out: z.boolean() });

/** Values on PostgreSQL: of a relation with more rows than are read, blocks from all over it. */
export const postgresValueQuery: ValueQuery = {
  isText: (type) => /^(character|text|citext|name|")/.test(type),
  isSampled: (type) => /^(smallint|integer|bigint|numeric|real|double precision|date|timestamp|time|boolean)/.test(type),
  sql(relation, columns, rowLimit) {
    const source = `(SELECT ${columns.map(({ column, position }) => `${quoteIdentifier(column.name)}::text AS c${position}`).join(', ')} FROM ${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}${tableSample(relation, rowLimit)} LIMIT ${rowLimit})`;
    const perColumn = columns.map(
      ({ position, most }) =>
        `SELECT ${quoteLiteral(String(position))} AS position, (SELECT count(*) FROM s) AS rows, (SELECT count(DISTINCT c${position}) FROM s) AS distinct_values, EXISTS (SELECT FROM s WHERE length(c${position}) NOT BETWEEN 1 AND ${longestValue}) AS left_out, coalesce((SELECT json_agg(v ORDER BY n DESC, v COLLATE "C") FROM (SELECT c${position} AS v, count(*) AS n FROM s WHERE length(c${position}) BETWEEN 1 AND ${longestValue} GROUP BY 1 ORDER BY 2 DESC, c${position} COLLATE "C" LIMIT ${most}) top), '[]')::text AS values`,
    );
    return `WITH s AS MATERIALIZED ${source} ${perColumn.join(' UNION ALL ')}`;
  },
  read: (rows) => readRows(sampleRow, rows).map(({ position, values, rows: count, distinct_values, left_out }) => ({ position, values, rows: count, distinctValues: distinct_values, leftOut: left_out })),
};

/** The same blocks each time. */
function tableSample(relation: Relation, rowLimit: number): string {
  if (relation.rowEstimate === null || relation.rowEstimate <= rowLimit || relation.kind === 'view' || relation.kind === 'foreign-table') return '';
  return ` TABLESAMPLE SYSTEM (${Math.max(0.001, (100 * rowLimit) / relation.rowEstimate)}) REPEATABLE (0)`;
}
