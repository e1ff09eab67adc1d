import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import { ServiceError } from '../service-error.js';
import type { Session } from '../session/session.js';

/** A transaction: a session that the pool has lent for as long as it lasts. */
export interface Transaction {
  readonly id: string;
  readonly secretArn: string;
  readonly database: string | undefined;
  readonly session: Session;
}

export interface TransactionRegistryOptions {
  readonly clock: Clock;
  readonly idleMs: number;
  readonly lifetimeMs: number;
  /** Takes back the session of a transaction that is over; whatever is open on it is rolled back there. */
  readonly release: (session: Session) => void;
}

interface Entry {
  readonly transaction: Transaction;
  busy: boolean;
  expired: boolean;
  callOffIdle: () => void;
  callOffLifetime: () => void;
}

/** 138 random bytes are 184 base64 characters, the length of the service's own ids. */
const idBytes = 138;

/** The open transactions, each used by one call at a time. */
export class TransactionRegistry {
  readonly #entries = new Map<string, Entry>();

  constructor(private readonly options: TransactionRegistryOptions) {}

  get size(): number {
    return this.#entries.size;
  }

  add(secretArn: string, database: string | undefined, session: Session): Transaction {
    const transaction: Transaction = { id: randomBytes(idBytes).toString('base64'), secretArn, database, session };
    const entry: Entry = { transaction, busy: false, expired: false, callOffIdle: () => undefined, callOffLifetime: () => undefined };
    this.#entries.set(transaction.id, entry);
    entry.callOffLifetime = this.options.clock.schedule(this.options.lifetimeMs, () => this.#expire(entry));
    this.#startIdle(entry);
    return transaction;
  }

  /**
   * Takes a transaction for one call. The caller gives it back by `leave` or ends it by `end`.
   *
   * @throws {ServiceError} TransactionNotFoundException; DatabaseErrorException while another call has it
   */
  enter(id: string, secretArn: string): Transaction {
    const entry = this.#entries.get(id);
    if (!entry || entry.transaction.secretArn !== secretArn) throw transactionNotFound(id);
    if (entry.busy) throw new ServiceError('DatabaseErrorException', 'Transaction is still running a query');
    if (!entry.transaction.session.usable) {
      this.#remove(entry);
      throw transactionNotFound(id);
    }
    entry.busy = true;
    entry.callOffIdle();
    return entry.transaction;
  }

  /** Gives a transaction back after a call. One that ran out of time meanwhile, or was ended by SQL, is over. */
  leave({ id, session }: Transaction): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.busy = false;
    if (entry.expired || !session.usable || !session.inTransaction) this.#remove(entry);
    else this.#startIdle(entry);
  }

  /** Ends a transaction, whose session goes back. */
  end({ id }: Transaction): void {
    const entry = this.#entries.get(id);
    if (entry) this.#remove(entry);
  }

  /** Ends every transaction. */
  clear(): void {
    for (const entry of [...this.#entries.values()]) this.#remove(entry);
  }

  #startIdle(entry: Entry): void {
    entry.callOffIdle = this.options.clock.schedule(this.options.idleMs, () => this.#expire(entry));
  }

  #expire(entry: Entry): void {
    entry.expired = true;
    if (entry.busy) void entry.transaction.session.cancel();
    else this.#remove(entry);
  }

  #remove(entry: Entry): void {
    entry.callOffIdle();
    entry.callOffLifetime();
    this.#entries.delete(entry.transaction.id);
    this.options.release(entry.transaction.session);
  }
}

export function transactionNotFound(id: string): ServiceError {
  return new ServiceError('TransactionNotFoundException', `Transaction ${id} is not found`);
}
