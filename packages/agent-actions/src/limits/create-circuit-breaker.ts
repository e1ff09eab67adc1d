/** When to stop asking a database that does not answer. */
export interface CircuitBreakerOptions {
  /** Failures in a row that open the circuit. @default 5 */
  readonly failures?: number;
  /** Milliseconds the circuit stays open before one call is let through as a probe. @default 10_000 */
  readonly openMs?: number;
  /** @default Date.now */
  readonly now?: () => number;
}

/** Closed: calls pass. Open: none does. Half open: one probe is under way. */
export interface CircuitBreaker {
  readonly state: 'closed' | 'open' | 'half-open';
  /** False while calls should not be made; `retryAfterMs` says for how long. */
  allow(): { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };
  succeed(): void;
  /** Only for failures of the database itself; a wrong statement is no sign of ill health. */
  fail(): void;
  /** The call ended without saying anything of the database's health. */
  release(): void;
}

/** A circuit breaker over consecutive failures. */
export function createCircuitBreaker(options: CircuitBreakerOptions = {}): CircuitBreaker {
  const { failures = 5, openMs = 10_000, now = Date.now } = options;
  let inARow = 0;
  let openedAt: number | null = null;
  let probing = false;
  return {
    get state() {
      return openedAt === null ? 'closed' : probing ? 'half-open' : 'open';
    },
    allow() {
      if (openedAt === null) return { ok: true };
      const left = openedAt + openMs - now();
      if (left > 0) return { ok: false, retryAfterMs: left };
      if (probing) return { ok: false, retryAfterMs: 1_000 };
      probing = true;
      return { ok: true };
    },
    succeed() {
      inARow = 0;
      openedAt = null;
      probing = false;
    },
    fail() {
      inARow += 1;
      if (probing || inARow >= failures) openedAt = now();
      probing = false;
    },
    release() {
      probing = false;
    },
  };
}
