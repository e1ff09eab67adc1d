import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock.js';
import type { Session, SessionTarget } from './session.js';

export interface SessionPoolOptions {
  readonly open: (target: SessionTarget) => Promise<Session>;
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

interface IdleSession {
  readonly session: Session;
  /** Calls off its closing. */
  readonly callOff: () => void;
}

interface Waiter {
  readonly key: string;
  /** Goes on with the session, or without one to try again. */
  readonly proceed: (session?: Session) => void;
}

/** The password belongs to it: who does not know it must not be lent the session of who does. */
const keyOf = ({ user, password, database }: SessionTarget) => JSON.stringify([user, password, database]);

/** How long a session stays open without use: a burst must not leave a laptop with eighty backends. */
const idleMs = 30_000;
/** How long sessions may take to become as new when the server stops, before they are cut. */
const closeGraceMs = 5_000;

/** Sessions kept for the next call of the same role on the same database, made as new between two calls. */
export class SessionPool {
  readonly #idle: IdleSession[] = [];
  readonly #open = new Set<Session>();
  readonly #waiters: Waiter[] = [];
  readonly #returning = new Set<Promise<void>>();
  readonly #opening = new Set<Promise<Session>>();
  #closed = false;

  constructor(private readonly options: SessionPoolOptions) {}

  counts(): SessionCounts {
    return { open: this.#open.size, idle: this.#idle.length, waiting: this.#waiters.length };
  }

  /** @throws {NoFreeSession} when none became free in time; PostgreSQL's error, when it refuses the connection */
  async acquire(target: SessionTarget): Promise<Session> {
    const deadline = this.options.clock.now() + this.options.sessionWaitMs;
    for (;;) {
      if (this.#closed) throw new NoFreeSession('The server is stopping.');
      const idle = this.#takeIdle(keyOf(target));
      if (idle) return idle;
      if (this.#open.size + this.#opening.size < this.options.sessions) return this.#connect(target);
      const other = this.#idle.shift();
      if (other) {
        other.callOff();
        await this.#discard(other.session);
      } else {
        const handedOver = await this.#turn(keyOf(target), deadline - this.options.clock.now());
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
    for (const { callOff } of this.#idle.splice(0)) callOff();
    await Promise.all([...this.#open].map((session) => session.cancel()));
    const settled = Promise.allSettled([...this.#returning, ...this.#opening]);
    await Promise.race([settled, delay(closeGraceMs, undefined, { ref: false })]);
    await Promise.all([...this.#open].map((session) => this.#discard(session)));
  }

  #takeIdle(key: string): Session | undefined {
    for (let at = this.#idle.length - 1; at >= 0; at -= 1) {
      const idle = this.#idle[at];
      if (idle === undefined || keyOf(idle.session.target) !== key) continue;
      this.#idle.splice(at, 1);
      idle.callOff();
      if (idle.session.usable) return idle.session;
      void this.#discard(idle.session);
    }
    return undefined;
  }

  #keepIdle(session: Session): void {
    const callOff = this.options.clock.schedule(idleMs, () => {
      this.#idle.splice(this.#idle.indexOf(idle), 1);
      void this.#discard(session);
    });
    const idle: IdleSession = { session, callOff };
    this.#idle.push(idle);
  }

  async #connect(target: SessionTarget): Promise<Session> {
    const opening = this.options.open(target);
    this.#opening.add(opening);
    try {
      const session = await opening;
      this.#open.add(session);
      if (!this.#closed) return session;
      await this.#discard(session);
      throw new NoFreeSession('The server is stopping.');
    } catch (error) {
      this.#wake();
      throw error;
    } finally {
      this.#opening.delete(opening);
    }
  }

  #turn(key: string, milliseconds: number): Promise<Session | undefined> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        key,
        proceed: (session) => {
          callOff();
          resolve(session);
        },
      };
      const callOff = this.options.clock.schedule(Math.max(0, milliseconds), () => {
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
    const asNew = session.usable && !session.inTransaction && !this.#closed;
    const next = this.#waiters[0];
    if (!asNew || (next && next.key !== keyOf(session.target))) await this.#discard(session);
    else if (next) this.#waiters.shift()?.proceed(session);
    else this.#keepIdle(session);
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
