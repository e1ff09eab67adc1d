import type { RunnableStatement, StatementRunner } from '../client/statement-runner.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { ResultTooLargeError } from '../errors/result-too-large-error.js';
import type { StandardSchema } from '../validation/standard-schema.js';
import { validateRow } from '../validation/validate-row.js';
import { openCursor } from './cursor-pages.js';
import { pagesByKey } from './key-pages.js';
import { PageSizer } from './page-sizer.js';
import type { RowPages } from './row-pages.js';
import type { StreamOptions } from './stream-options.js';

type AnyStreamOptions = Omit<StreamOptions, 'schema'> & { readonly schema?: StandardSchema | undefined };

/** Reads a statement's rows in a read-only transaction, page by page. No row is skipped and none is read twice. */
export async function* streamRows(runner: StatementRunner, statement: RunnableStatement, options: AnyStreamOptions): AsyncGenerator<unknown, void, undefined> {
  const { settings, signal, deadlineMs, key = [] } = options;
  if (runner.engine === 'mysql' && key.length === 0) throw new ConfigurationError('On Aurora MySQL stream needs a key: columns of the result that together are unique and never null.');
  const transaction = await runner.open({
    readOnly: true,
    // MySQL's snapshot lasts for the transaction only at this level.
    ...(runner.engine === 'mysql' ? { isolation: 'repeatable read' } : {}),
    ...(settings === undefined ? {} : { settings }),
    ...(signal === undefined ? {} : { signal }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  try {
    yield* readPages(await openPages(transaction.runner, statement, options), options);
  } finally {
    await transaction.rollback();
  }
}

function openPages(runner: StatementRunner, statement: RunnableStatement, options: AnyStreamOptions): RowPages | Promise<RowPages> {
  const decode = { engine: runner.engine, decoding: { ...runner.decoding, ...options.decoding }, rowMode: options.rowMode ?? 'object' };
  return runner.engine === 'mysql' ? pagesByKey(runner, statement, options.key ?? [], decode, options) : openCursor(runner, statement, decode, options);
}

async function* readPages(pages: RowPages, options: AnyStreamOptions): AsyncGenerator<unknown, void, undefined> {
  const sizer = new PageSizer(options);
  let index = 0;
  let opened = true;
  try {
    for (;;) {
      const size = sizer.next;
      try {
        const page = await pages.next(size);
        for (const row of page.rows) {
          yield options.schema === undefined ? row : await validateRow(row, index, options.schema);
          index += 1;
        }
        if (page.rows.length < size) return;
        sizer.fitted(page.rows.length, page.responseBytes);
      } catch (error) {
        if (!ResultTooLargeError.isInstance(error) || size === 1) throw error;
        await pages.backTo(index);
        sizer.halve();
      }
    }
  } catch (error) {
    opened = false;
    throw error;
  } finally {
    // After an error the transaction takes no statement; its end closes the cursor.
    if (opened) await pages.close();
  }
}
