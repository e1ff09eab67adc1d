import { type DataApiClient, DataApiError } from '@ask-aurora/data-api-client';
import type { Known } from './ledger.js';

export interface SoakClientOptions {
  readonly client: DataApiClient;
  readonly id: number;
  readonly random: () => number;
  /** Takes the next statement of the run; false when there is none left. */
  readonly take: (statements: number) => boolean;
  /** A number for a write that no other write has. */
  readonly nextOperation: () => number;
  readonly record: (operation: number, known: Known) => void;
  /** Declares single writes idempotent, which they are not: the SDK then repeats what may have run. */
  readonly claimIdempotent: boolean;
}

/** The least and the most that a client's counter can stand at. */
export interface CounterBounds {
  readonly least: number;
  readonly most: number;
}

class RolledBackOnPurpose extends Error {}

const insert = 'insert into ledger (operation, client) values (:operation, :client)';

/** Does mixed work until the run has no statement left, and writes down what it knows about each write. */
export async function runSoakClient({ client, id, random, take, nextOperation, record, claimIdempotent }: SoakClientOptions): Promise<CounterBounds> {
  const bounds = { least: 0, most: 0 };
  const parameters = (operation: number) => ({ operation, client: id });

  const write = async () => {
    const operation = nextOperation();
    record(operation, await outcomeOf(client.execute(insert, parameters(operation), { idempotent: claimIdempotent })));
  };
  const writeBatch = async () => {
    const operations = Array.from({ length: 5 }, nextOperation);
    const known = await outcomeOf(client.batch(insert, operations.map(parameters)));
    for (const operation of operations) record(operation, known);
  };
  const count = async () => {
    const known = await outcomeOf(client.execute('update counter set hits = hits + 1 where client = :client', { client: id }));
    if (known === 'done') bounds.least += 1;
    if (known !== 'not done') bounds.most += 1;
  };
  const transact = async () => {
    const operations = [nextOperation(), nextOperation()];
    const rollBack = random() < 0.3;
    let complete = false;
    const known = await outcomeOf(
      client.transaction(async (transaction) => {
        for (const operation of operations) await transaction.execute(insert, parameters(operation));
        if (rollBack) throw new RolledBackOnPurpose();
        complete = true;
      }),
    );
    // What failed before the commit was asked for can't have been committed.
    for (const operation of operations) record(operation, complete ? known : 'not done');
  };
  const read = () => ignore(client.query('select operation, client, now() as at from ledger order by operation desc limit 20'));
  const mistake = () => ignore(client.query('select nothing'));

  for (;;) {
    const chance = random();
    const [work, statements] = chance < 0.35 ? [write, 1] : chance < 0.6 ? [read, 1] : chance < 0.75 ? [count, 1] : chance < 0.88 ? [transact, 4] : chance < 0.95 ? [writeBatch, 1] : [mistake, 1];
    if (!take(Number(statements))) return bounds;
    await (work as () => Promise<void>)();
  }
}

async function outcomeOf(call: Promise<unknown>): Promise<Known> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof RolledBackOnPurpose) return 'not done';
    if (!DataApiError.isInstance(error)) throw error;
    return ({ no: 'not done', yes: 'done', unknown: 'unknown' } as const)[error.executed];
  }
}

async function ignore(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!DataApiError.isInstance(error)) throw error;
  });
}
