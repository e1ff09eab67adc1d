import { expect, test } from 'vitest';
import { createDeadline } from './deadline.js';

test('a wait ends at the deadline and says what it was for', async () => {
  const deadline = createDeadline({ milliseconds: 30, purpose: 'waiting for rain' });
  await expect(deadline.sleep(10_000)).rejects.toMatchObject({ code: 'deadline-exceeded', message: 'Gave up after 30 ms: waiting for rain.' });
  expect(deadline.remaining()).toBe(0);
  expect(() => deadline.check()).toThrow('waiting for rain');
});

test('a wait ends when the caller aborts, with the reason kept', async () => {
  const controller = new AbortController();
  const deadline = createDeadline({ milliseconds: 10_000, signal: controller.signal, purpose: 'waiting for rain' });
  const waiting = deadline.sleep(10_000);
  controller.abort('sunshine');
  await expect(waiting).rejects.toMatchObject({ code: 'aborted', cause: 'sunshine' });
});

test('time that is left is not cut', async () => {
  const deadline = createDeadline({ milliseconds: 10_000, purpose: 'waiting' });
  await deadline.sleep(5);
  deadline.check();
  expect(deadline.remaining()).toBeGreaterThan(9_000);
});

test('work that does not end is left at the deadline, and work that ends gives its result', async () => {
  const deadline = createDeadline({ milliseconds: 40, purpose: 'waiting for rain' });
  expect(await deadline.race(Promise.resolve('rain'))).toBe('rain');
  await expect(deadline.race(Promise.reject(new Error('hail')))).rejects.toThrow('hail');
  await expect(deadline.race(new Promise(() => undefined))).rejects.toMatchObject({ code: 'deadline-exceeded' });
});
