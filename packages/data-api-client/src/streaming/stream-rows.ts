import type { RunnableStatement, StatementRunner } from '../client/statement-runner.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ResultTooLargeError } from '../errors/result-too-large-error.js';
import type { StandardSchema } from '../validation/standard-schema.js';
import { validateRow } from '../validation/validate-row.js';
import { PageSizer } from './page-sizer.js';
import type { StreamOptions } from './stream-options.js';

type AnyStreamOptions = Omit<StreamOptions, 'schema'> & { readonly schema?: StandardSchema | undefined };

/**
 * Reads a statement's rows through a cursor of the server.
 *
 * The cursor is scrollable, because a page that turns out to be over the limit has moved the cursor already: it is moved back,
 * and the page read in halves. No row is skipped and none is read twice.
 */
export async function* streamRows(runner: StatementRunner, statement: RunnableStatement, options: AnyStreamOptions): AsyncGenerator<unknown, void, undefined> {
  if (runner.engine !== 'postgresql') throw new ConfigurationError('stream needs Aurora PostgreSQL: MySQL has no cursors outside stored programs.');
  const { settings, signal, deadlineMs } = options;
  const transaction = await runner.open({
    readOnly: true,
    ...(settings === undefined ? {} : { settings }),
    ...(signal === undefined ? {} : { signal }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  try {
    yield* readCursor(transaction.runner, statement, options);
  } finally {
    await transaction.rollback();
  }
}

let cursors = 0;

async function* readCursor(runner: StatementRunner, { bound, sql, parameters }: RunnableStatement, options: AnyStreamOptions): AsyncGenerator<unknown, void, undefined> {
  const decode = { engine: runner.engine, decoding: { ...runner.decoding, ...options.decoding }, rowMode: options.rowMode ?? 'object' };
  const call = { ...options, idempotent: false };
  const command = (text: string): RunnableStatement => ({ bound: { sql: text, parameterSets: [] }, sql: text, parameters: {} });
  cursors += 1;
  const cursor = `ask_aurora_${cursors}`;
  const declare = `declare ${cursor} scroll cursor for `;
  await runner.execute({ bound: { ...bound, sql: declare + bound.sql }, sql: declare + sql, parameters }, undefined, call);

  const sizer = new PageSizer(options);
  let index = 0;
  let opened = true;
  try {
    for (;;) {
      const size = sizer.next;
      try {
        const page = await runner.execute(command(`fetch forward ${size} from ${cursor}`), decode, call);
        for (const row of page.rows) {
          yield options.schema === undefined ? row : await validateRow(row, index, options.schema);
          index += 1;
        }
        if (page.rows.length < size) return;
        sizer.fitted(page.rows.length, page.responseBytes);
      } catch (error) {
        if (!ResultTooLargeError.isInstance(error) || size === 1) throw error;
        // `absolute` counts rows from 1; 0 is before the first.
        await runner.execute(command(`move absolute ${index} from ${cursor}`), undefined, call);
        sizer.halve();
      }
    }
  } catch (error) {
    opened = false;
    throw error;
  } finally {
    // After an error the transaction takes no statement; its end closes the cursor.
    if (opened) await runner.execute(command(`close ${cursor}`), undefined, call);
  }
}
