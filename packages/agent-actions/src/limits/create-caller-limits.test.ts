import { describe, expect, it } from 'vitest';
import type { Caller } from '../caller/caller.js';
import { createCallerLimits } from './create-caller-limits.js';

const caller = (sessionId: string): Caller => ({ sessionId, principal: null, tenant: {}, front: 'cli' });

describe('the limits of a caller', () => {
  it('let in only so many calls of a session at once', () => {
    const limits = createCallerLimits({ concurrency: 2, now: () => 0 });
    const first = limits.enter(caller('a'));
    limits.enter(caller('a'));
    expect(limits.enter(caller('a'))).toMatchObject({ ok: false, code: 'too-many-at-once' });
    expect(limits.enter(caller('b')).ok).toBe(true);
    if (first.ok) {
      first.leave();
      first.leave();
    }
    expect(limits.enter(caller('a')).ok).toBe(true);
    expect(limits.enter(caller('a')).ok).toBe(false);
  });

  it('refill the rate with time and say when to come back', () => {
    let at = 0;
    const limits = createCallerLimits({ callsPerMinute: 60, burst: 2, concurrency: 100, now: () => at });
    expect([1, 2, 3].map(() => limits.enter(caller('a')).ok)).toEqual([true, true, false]);
    expect(limits.enter(caller('a'))).toMatchObject({ code: 'too-fast', retryAfterMs: 1_000 });
    at = 1_000;
    expect(limits.enter(caller('a')).ok).toBe(true);
    expect(limits.enter(caller('a')).ok).toBe(false);
  });

  it('end a session whose model tokens are used up', () => {
    const limits = createCallerLimits({ tokens: 100 });
    expect(limits.tokensLeft(caller('a'))).toBe(100);
    limits.spend(caller('a'), 120);
    expect(limits.tokensLeft(caller('a'))).toBe(0);
    expect(limits.enter(caller('a'))).toMatchObject({ ok: false, code: 'token-budget', retryAfterMs: null });
    expect(limits.enter(caller('b')).ok).toBe(true);
  });

  it('remember a bounded number of sessions, and every one that is at work', () => {
    const limits = createCallerLimits({ sessions: 10, concurrency: 1 });
    limits.enter(caller('at work'));
    for (let index = 0; index < 1_000; index += 1) {
      const admission = limits.enter(caller(String(index)));
      if (admission.ok) admission.leave();
    }
    expect(limits.size).toBe(10);
    expect(limits.enter(caller('at work'))).toMatchObject({ ok: false, code: 'too-many-at-once' });
  });

  it('tell sessions of the same name apart by who holds them', () => {
    const limits = createCallerLimits({ concurrency: 1 });
    expect(limits.enter({ ...caller('a'), principal: 'one' }).ok).toBe(true);
    expect(limits.enter({ ...caller('a'), principal: 'two' }).ok).toBe(true);
  });

  it('refuse a limit that lets nobody in', () => {
    expect(() => createCallerLimits({ concurrency: 0 })).toThrow(/concurrency/);
  });
});
