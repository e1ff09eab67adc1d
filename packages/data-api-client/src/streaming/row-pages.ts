import type { ExecuteAnswer } from '../transport/data-api-transport.js';

/** A way to read a result page by page. */
export interface RowPages {
  /** Reads so many of the rows that come next; fewer only when there are no more. */
  next(size: number): Promise<ExecuteAnswer>;
  /** Goes back to where so many rows had been read, after a page that was too large to be returned. */
  backTo(rows: number): Promise<void>;
  /** Gives up what the server holds for the pages. Not called after an error. */
  close(): Promise<void>;
}
