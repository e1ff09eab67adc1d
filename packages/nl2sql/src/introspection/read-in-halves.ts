import { Nl2SqlError } from '../nl2sql-error.js';

/**
 * Reads something for each of some items by one query or, where the answer is larger than what the way to the database
 * can carry (the RDS Data API gives 1 MiB), by a query for each half of them.
 *
 * @throws Nl2SqlError `introspection-failed` when a single item is too large
 */
export async function readInHalves<Item, Row>(items: readonly Item[], read: (items: readonly Item[]) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  if (items.length === 0) return [];
  try {
    return await read(items);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    if (items.length === 1) throw new Nl2SqlError({ code: 'introspection-failed', message: 'The catalog says more of one relation than the way to the database can carry in one answer. Leave its schema out, or introspect over a direct connection.', cause: error });
    const middle = Math.ceil(items.length / 2);
    return [...(await readInHalves(items.slice(0, middle), read)), ...(await readInHalves(items.slice(middle), read))];
  }
}

/** The rows of a page, of half its size where it is too large to be carried, and so on. */
export async function readPage(limit: number, read: (limit: number) => Promise<readonly Record<string, unknown>[]>): Promise<{ readonly rows: readonly Record<string, unknown>[]; readonly limit: number }> {
  try {
    return { rows: await read(limit), limit };
  } catch (error) {
    if (!isTooLarge(error) || limit <= 1) throw error;
    return readPage(Math.ceil(limit / 2), read);
  }
}

const deepest = 8;

/** Whether a query failed because its answer was too large: by the code of our client, or by the words of the service. */
export function isTooLarge(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < deepest && current instanceof Error; depth += 1) {
    if (('code' in current && current.code === 'result-too-large') || /response size limit|exceeds the size limit|result is too large/i.test(current.message)) return true;
    current = current.cause;
  }
  return false;
}
