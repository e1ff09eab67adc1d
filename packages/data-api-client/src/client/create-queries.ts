import { runBatch } from '../batch/run-batch.js';
import type { BatchOptions } from '../batch/batch-options.js';
import { RowCountError } from '../errors/row-count-error.js';
import type { Parameters } from '../parameters/parameter-value.js';
import type { Statement } from '../sql/resolve-statement.js';
import { sql, type SqlInterpolation } from '../sql/sql.js';
import type { StreamOptions } from '../streaming/stream-options.js';
import { streamRows } from '../streaming/stream-rows.js';
import type { StandardSchema } from '../validation/standard-schema.js';
import { validateRow } from '../validation/validate-row.js';
import { prepareStatement } from './prepare-statement.js';
import type { Queries } from './queries.js';
import type { QueryOptions, StatementOptions } from './query-options.js';
import type { ExecuteResult, QueryResult } from './query-result.js';
import type { StatementRunner } from './statement-runner.js';

type AnyQueryOptions = Omit<QueryOptions, 'schema'> & { readonly schema?: StandardSchema | undefined };
type AnyStreamOptions = Omit<StreamOptions, 'schema'> & { readonly schema?: StandardSchema | undefined };

/** The query methods over a runner. Row types are the caller's word, or the schema's; here rows are unknown. */
export function createQueries(runner: StatementRunner): Queries {
  const query = async (statement: Statement, parameters?: Parameters, options: AnyQueryOptions = {}): Promise<QueryResult<unknown>> => {
    const decode = { engine: runner.engine, decoding: { ...runner.decoding, ...options.decoding }, rowMode: options.rowMode ?? 'object' };
    const { rows, columns, rowCount } = await runner.execute(prepareStatement(statement, parameters, runner.engine), decode, options);
    const { schema } = options;
    if (schema === undefined) return { rows: rows as unknown[], columns, rowCount };
    const checked: unknown[] = [];
    for (const [index, row] of rows.entries()) checked.push(await validateRow(row, index, schema));
    return { rows: checked, columns, rowCount };
  };

  const maybeOne = async (statement: Statement, parameters?: Parameters, options?: AnyQueryOptions): Promise<unknown> => {
    const { rows } = await query(statement, parameters, options);
    if (rows.length > 1) throw new RowCountError(`Expected one row at most, got ${rows.length}.`, { executed: 'yes' });
    return rows[0];
  };

  const one = async (statement: Statement, parameters?: Parameters, options?: AnyQueryOptions): Promise<unknown> => {
    const { rows } = await query(statement, parameters, options);
    if (rows.length !== 1) throw new RowCountError(`Expected one row, got ${rows.length === 0 ? 'none' : rows.length}.`, { executed: 'yes' });
    return rows[0];
  };

  const execute = async (statement: Statement, parameters?: Parameters, options: StatementOptions = {}): Promise<ExecuteResult> => {
    const { rowCount, generatedValues } = await runner.execute(prepareStatement(statement, parameters, runner.engine), undefined, options);
    return { rowCount, generatedValues };
  };

  const queries = {
    query,
    one,
    maybeOne,
    execute,
    batch: (statement: string, sets: readonly Parameters[], options: BatchOptions = {}) => runBatch(runner, statement, sets, options),
    stream: (statement: Statement, parameters?: Parameters, options: AnyStreamOptions = {}) => streamRows(runner, prepareStatement(statement, parameters, runner.engine), options),
    sql: (strings: TemplateStringsArray, ...interpolations: readonly SqlInterpolation[]) => query(sql(strings, ...interpolations)),
  };
  return queries as unknown as Queries;
}
