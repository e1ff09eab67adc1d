import { describe, expect, it } from 'vitest';
import { createCircuitBreaker } from './create-circuit-breaker.js';

describe('a circuit breaker', () => {
  it('opens after failures in a row, lets one probe through, and closes when it succeeds', () => {
    let at = 0;
    const breaker = createCircuitBreaker({ failures: 2, openMs: 100, now: () => at });
    breaker.fail();
    breaker.succeed();
    breaker.fail();
    expect(breaker.state).toBe('closed');
    breaker.fail();
    expect(breaker.allow()).toEqual({ ok: false, retryAfterMs: 100 });
    at = 100;
    expect(breaker.allow()).toEqual({ ok: true });
    expect(breaker.state).toBe('half-open');
    expect(breaker.allow().ok).toBe(false);
    breaker.succeed();
    expect(breaker.state).toBe('closed');
    expect(breaker.allow().ok).toBe(true);
  });

  it('opens again at once when the probe fails', () => {
    let at = 0;
    const breaker = createCircuitBreaker({ failures: 3, openMs: 100, now: () => at });
    for (let index = 0; index < 3; index += 1) breaker.fail();
    at = 150;
    breaker.allow();
    breaker.fail();
    expect(breaker.allow()).toEqual({ ok: false, retryAfterMs: 100 });
  });

  it('lets another probe through when one ended without a verdict', () => {
    let at = 0;
    const breaker = createCircuitBreaker({ failures: 1, openMs: 10, now: () => at });
    breaker.fail();
    at = 10;
    breaker.allow();
    breaker.release();
    expect(breaker.allow().ok).toBe(true);
  });
});
