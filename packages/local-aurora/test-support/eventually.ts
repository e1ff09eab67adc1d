import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition; false when it does not come true in time. */
export async function eventually(condition: () => boolean | Promise<boolean>, milliseconds = 25_000): Promise<boolean> {
  for (const end = performance.now() + milliseconds; performance.now() < end; await delay(20)) if (await condition()) return true;
  return condition();
}
