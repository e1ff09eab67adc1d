import type { Clock } from '../clock.js';
import { Session, type SessionTarget } from './session.js';

export interface SessionPoolOptions {
  readonly clock: Clock;
  /** Most sessions open at a time, over all targets. */
  readonly sessions: number;
  /** How long a caller waits for one. */
  readonly sessionWaitMs: number;
}

/** Sessions at this moment. */
export interface SessionCounts {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** No session became free in time. */
export class NoFreeSession extends Error {}

interface Waiter {
  readonly key: string;
  /** Goes on with the session, or without one to try again. */
  readonly proceed: (session?: Session) => void;
}

/** The password belongs to it: who does not know it must not be lent the session of who does. */
const keyOf = ({ user, password, database }: SessionTarget) => JSON.stringify([user, password, database]);

/** Sessions kept for the next call of the same role on the same database, made as new between two calls. */
export class SessionPool {
  readonly #idle: Session[] = [];
  readonly #open = new Set<Session>();
  readonly #waiters: Waiter[] = [];
  readonly #returning = new Set<Promise<void>>();
  #opening = 0;
  #closed = false;

  constructor(private readonly options: SessionPoolOptions) {}

  counts(): SessionCounts {
    return { open: this.#open.size, idle: this.#idle.length, waiting: this.#waiters.length };
  }

  /** @throws {NoFreeSession} when none became free in time; PostgreSQL's error, when it refuses the connection */
  async acquire(target: SessionTarget): Promise<Session> {
    for (;;) {
      if (this.#closed) throw new NoFreeSession('The server is stopping.');
      const idle = this.#takeIdle(keyOf(target));
      if (idle) return idle;
      if (this.#open.size + this.#opening < this.options.sessions) return this.#connect(target);
      const other = this.#idle.shift();
      if (other) await this.#discard(other);
      else {
        const handedOver = await this.#turn(keyOf(target));
        if (handedOver) return handedOver;
      }
    }
  }

  /** Takes a session back. It is reset first, after the caller has gone on. */
  release(session: Session): void {
    const returning = this.#return(session).finally(() => this.#returning.delete(returning));
    this.#returning.add(returning);
  }

  /** Closes every session, which rolls back what they had open. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { proceed } of this.#waiters.splice(0)) proceed();
    await Promise.all([...this.#open].map((session) => session.cancel()));
    await Promise.all(this.#returning);
    await Promise.all([...this.#open].map((session) => this.#discard(session)));
  }

  #takeIdle(key: string): Session | undefined {
    for (let at = this.#idle.length - 1; at >= 0; at -= 1) {
      const session = this.#idle[at];
      if (session === undefined || keyOf(session.target) !== key) continue;
      this.#idle.splice(at, 1);
      if (session.usable) return session;
      void this.#discard(session);
    }
    return undefined;
  }

  async #connect(target: SessionTarget): Promise<Session> {
    this.#opening += 1;
    try {
      const session = await Session.open(target);
      this.#open.add(session);
      if (!this.#closed) return session;
      await this.#discard(session);
      throw new NoFreeSession('The server is stopping.');
    } finally {
      this.#opening -= 1;
      this.#wake();
    }
  }

  #turn(key: string): Promise<Session | undefined> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        key,
        proceed: (session) => {
          callOff();
          resolve(session);
        },
      };
      const callOff = this.options.clock.schedule(this.options.sessionWaitMs, () => {
        const at = this.#waiters.indexOf(waiter);
        if (at !== -1) this.#waiters.splice(at, 1);
        reject(new NoFreeSession(`No database session became free within ${this.options.sessionWaitMs} ms.`));
      });
      this.#waiters.push(waiter);
    });
  }

  async #return(session: Session): Promise<void> {
    try {
      if (session.usable) await session.reset();
    } catch {
      // A session that can't be made as new is closed below.
    }
    const asNew = session.usable && session.transactionStatus === 'I' && !this.#closed;
    const next = this.#waiters[0];
    if (!asNew || (next && next.key !== keyOf(session.target))) await this.#discard(session);
    else if (next) this.#waiters.shift()?.proceed(session);
    else this.#idle.push(session);
  }

  async #discard(session: Session): Promise<void> {
    await session.close();
    this.#open.delete(session);
    this.#wake();
  }

  #wake(): void {
    this.#waiters.shift()?.proceed();
  }
}
