import type { RunnableStatement, StatementRunner } from '../client/statement-runner.js';
import type { StatementOptions } from '../client/query-options.js';
import type { DecodeRequest } from '../decoding/decode-result.js';
import type { RowPages } from './row-pages.js';

let cursors = 0;

/**
 * Aurora PostgreSQL: pages of a cursor of the server, which is scrollable, because a page that turns out to be over the limit
 * has moved the cursor already.
 */
export async function openCursor(runner: StatementRunner, { bound, sql, parameters }: RunnableStatement, decode: DecodeRequest, options: StatementOptions): Promise<RowPages> {
  const call = { ...options, idempotent: false };
  const command = (text: string): RunnableStatement => ({ bound: { sql: text, parameterSets: [] }, sql: text, parameters: {} });
  cursors += 1;
  const cursor = `ask_aurora_${cursors}`;
  const declare = `declare ${cursor} scroll cursor for `;
  await runner.execute({ bound: { ...bound, sql: declare + bound.sql }, sql: declare + sql, parameters }, undefined, call);
  const run = async (text: string): Promise<void> => {
    await runner.execute(command(text), undefined, call);
  };
  return {
    next: (size) => runner.execute(command(`fetch forward ${size} from ${cursor}`), decode, call),
    // `absolute` counts rows from 1; 0 is before the first.
    backTo: (rows) => run(`move absolute ${rows} from ${cursor}`),
    close: () => run(`close ${cursor}`),
  };
}
