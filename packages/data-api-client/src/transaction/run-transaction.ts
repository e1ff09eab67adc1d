import { createQueries } from '../client/create-queries.js';
import type { Queries } from '../client/queries.js';
import { DatabaseError } from '../errors/database-error.js';
import { TransactionAbortedError } from '../errors/transaction-aborted-error.js';
import { abortError } from '../transport/abort-error.js';
import type { OpenTransaction } from './open-transaction.js';
import type { TransactionOptions } from './transaction-options.js';
import type { TransactionRunner } from './transaction-runner.js';
import type { Transaction } from './transaction.js';

/** Runs a function in a transaction, commits or rolls back, and runs it again after a serialization failure if asked to. */
export async function runTransaction<T>(
  open: () => Promise<OpenTransaction>,
  options: Pick<TransactionOptions, 'retries'> & { readonly alwaysRollBack: boolean },
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let retriesLeft = options.retries ?? 0; ; retriesLeft -= 1) {
    try {
      return await runOnce(await open(), options.alwaysRollBack, work);
    } catch (error) {
      if (retriesLeft <= 0 || !isConflict(error)) throw error;
    }
  }
}

async function runOnce<T>(transaction: OpenTransaction, alwaysRollBack: boolean, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const { runner } = transaction;
  try {
    const result = await unlessAborted(runner.signal, work(createTransaction(runner)));
    if (alwaysRollBack) {
      await transaction.rollback();
      return result;
    }
    await transaction.commit();
    return result;
  } catch (error) {
    if (!TransactionAbortedError.isInstance(error)) await transaction.rollback();
    throw error;
  }
}

/** The object that a transaction's function works with. */
export function createTransaction(runner: TransactionRunner): Transaction {
  const transaction: Transaction = {
    ...noting(createQueries(runner), runner),
    id: runner.id,
    signal: runner.signal,
    savepoint: (work, options = {}) => runner.savepoint(() => work(transaction), options),
  };
  return transaction;
}

/** Errors that are made of an answer, such as one of a row that a schema refuses, are the transaction's as well. */
function noting({ query, one, maybeOne, ...others }: Queries, runner: TransactionRunner): Queries {
  const noted = <M extends (...parameters: never[]) => Promise<unknown>>(method: M): M => ((...parameters) => runner.noting(() => method(...parameters))) as M;
  return { ...others, query: noted(query), one: noted(one), maybeOne: noted(maybeOne) };
}

function isConflict(error: unknown): boolean {
  const failure = TransactionAbortedError.isInstance(error) ? error.cause : error;
  return DatabaseError.isInstance(failure) && (failure.sqlState === '40001' || failure.sqlState === '40P01');
}

/** A function that does not listen to the signal must not keep the transaction open. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortError(signal.reason, 'no'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
