import { setTimeout as delay } from 'node:timers/promises';
import { LocalAuroraError } from './local-aurora-error.js';

/** A point in time that a whole operation must not pass, joined with the caller's abort signal. */
export interface Deadline {
  /** Aborts when the time is over or the caller aborts. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never below zero. */
  remaining(): number;
  /** @throws {LocalAuroraError} `aborted` or `deadline-exceeded` */
  check(): void;
  /** Waits, but not past the deadline. @throws {LocalAuroraError} `aborted` or `deadline-exceeded` */
  sleep(milliseconds: number): Promise<void>;
  /** The result of work that can't be told to stop, unless the time is over first. @throws {LocalAuroraError} as above */
  race<Result>(work: Promise<Result>): Promise<Result>;
}

export interface DeadlineOptions {
  readonly milliseconds: number;
  readonly signal?: AbortSignal | undefined;
  /** What is being waited for, as it reads after "gave up". */
  readonly purpose: string;
}

export function createDeadline({ milliseconds, signal, purpose }: DeadlineOptions): Deadline {
  const end = performance.now() + milliseconds;
  const timeout = AbortSignal.timeout(milliseconds);
  const joined = signal ? AbortSignal.any([signal, timeout]) : timeout;
  // A timer may fire a moment before the clock shows its time: whichever comes first ends it.
  let over = false;
  const remaining = () => (over || timeout.aborted ? 0 : Math.max(0, end - performance.now()));
  const check = () => {
    if (signal?.aborted) throw new LocalAuroraError('aborted', `Aborted by the caller: ${purpose}.`, { cause: signal.reason });
    if (remaining() === 0) throw new LocalAuroraError('deadline-exceeded', `Gave up after ${milliseconds} ms: ${purpose}.`);
  };
  return {
    signal: joined,
    remaining,
    check,
    async sleep(pause) {
      check();
      const left = remaining();
      await delay(Math.min(pause, left), undefined, { signal: joined }).catch(() => undefined);
      over ||= pause >= left;
      check();
    },
    async race(work) {
      check();
      let onAbort = () => {};
      const aborted = new Promise<never>((_, reject) => {
        onAbort = () => {
          try {
            check();
          } catch (error) {
            reject(error as Error);
          }
        };
        joined.addEventListener('abort', onAbort, { once: true });
      });
      try {
        return await Promise.race([work, aborted]);
      } finally {
        joined.removeEventListener('abort', onAbort);
      }
    },
  };
}
