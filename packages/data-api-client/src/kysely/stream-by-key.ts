import type { Compilable } from 'kysely';
import type { Queries } from '../client/queries.js';
import type { ParameterValue } from '../parameters/parameter-value.js';
import type { StreamOptions } from '../streaming/stream-options.js';

export interface StreamByKeyOptions<Row> extends Omit<StreamOptions, 'key' | 'rowMode' | 'schema'> {
  /** Columns of the result that together are unique and never null. On Aurora MySQL the rows come in their order. */
  readonly key: readonly (keyof Row & string)[];
}

/**
 * Streams a Kysely query page by page behind a key: what works on Aurora MySQL, which has no cursors for Kysely's own `stream()`.
 *
 * @param queries a client, or a transaction of it
 * @throws ConfigurationError when the key is not unique, or null in a row
 *
 * @example
 * for await (const order of streamByKey(client, db.selectFrom('orders').select(['id', 'note']), { key: ['id'] })) console.log(order.note);
 */
export function streamByKey<Row>(queries: Pick<Queries, 'stream'>, query: Compilable<Row>, options: StreamByKeyOptions<Row>): AsyncGenerator<Row, void, undefined> {
  const { sql, parameters } = query.compile();
  return queries.stream<Row>(sql, parameters as readonly ParameterValue[], options);
}
