import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDeadline } from './create-deadline.js';

describe('a deadline', () => {
  it('aborts when its time is over', async () => {
    const deadline = createDeadline(20);
    expect(deadline.remaining()).toBeGreaterThan(0);
    await sleep(60);
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.expired).toBe(true);
    expect(deadline.remaining()).toBe(0);
  });

  it('aborts with the caller, which is no expiry', () => {
    const caller = new AbortController();
    const deadline = createDeadline(10_000, caller.signal);
    caller.abort(new Error('gone'));
    expect(deadline.signal.reason).toMatchObject({ message: 'gone' });
    expect(deadline.expired).toBe(false);
    deadline.dispose();
  });

  it('without an end does not end at once', async () => {
    const deadline = createDeadline(Number.POSITIVE_INFINITY);
    await sleep(20);
    expect(deadline.signal.aborted).toBe(false);
    deadline.dispose();
  });

  it('leaves nothing on the signal of a caller that lives on', () => {
    const caller = new AbortController();
    for (let index = 0; index < 100; index += 1) createDeadline(10_000, caller.signal).dispose();
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
  });
});
