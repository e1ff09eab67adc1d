import { AgentActionsError } from '../agent-actions-error.js';

/** How many may be inside, and how many may wait. */
export interface BulkheadOptions {
  /** @default 20 */
  readonly capacity?: number;
  /** @default 1_000 */
  readonly queue?: number;
}

/** A limit on how much of something goes on at once; the others wait in line. */
export interface Bulkhead {
  readonly active: number;
  readonly waiting: number;
  /** A place, once there is one; none when the line is full or the signal fires first. `leave` has to be called. */
  enter(signal: AbortSignal): Promise<{ readonly ok: true; leave(): void } | { readonly ok: false }>;
}

/**
 * Makes a bulkhead. A transaction needs several calls: when more are begun than there are connections, those that hold
 * one wait behind those that want one, and nothing moves. So fewer are begun than there are connections.
 */
export function createBulkhead(options: BulkheadOptions = {}): Bulkhead {
  const { capacity = 20, queue = 1_000 } = options;
  if (!(capacity >= 1) || !(queue >= 0)) throw new AgentActionsError('invalid-configuration', 'A bulkhead needs a capacity of at least 1, and a queue of at least 0.');
  const line = new Set<() => void>();
  let active = 0;

  const place = () => {
    let left = false;
    return {
      ok: true as const,
      leave() {
        if (left) return;
        left = true;
        const [next] = line;
        // A place is handed on, so that nobody who comes later takes it first.
        if (next === undefined) active -= 1;
        else {
          line.delete(next);
          next();
        }
      },
    };
  };

  return {
    get active() {
      return active;
    },
    get waiting() {
      return line.size;
    },
    enter(signal) {
      if (signal.aborted) return Promise.resolve({ ok: false });
      if (active < capacity) {
        active += 1;
        return Promise.resolve(place());
      }
      if (line.size >= queue) return Promise.resolve({ ok: false });
      return new Promise((resolve) => {
        const admit = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(place());
        };
        const giveUp = () => {
          line.delete(admit);
          resolve({ ok: false });
        };
        line.add(admit);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
