import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createBulkhead } from './create-bulkhead.js';

const forever = () => new AbortController().signal;

describe('a bulkhead', () => {
  it('lets in as many as it holds, and the others in the order they came', async () => {
    const bulkhead = createBulkhead({ capacity: 2 });
    const order: number[] = [];
    const [first, second] = await Promise.all([bulkhead.enter(forever()), bulkhead.enter(forever())]);
    const later = [3, 4].map((number) => bulkhead.enter(forever()).then((place) => (order.push(number), place)));
    expect(bulkhead).toMatchObject({ active: 2, waiting: 2 });
    if (first.ok) {
      first.leave();
      first.leave();
    }
    await later[0];
    expect(order).toEqual([3]);
    if (second.ok) second.leave();
    await later[1];
    expect(order).toEqual([3, 4]);
    for (const place of await Promise.all(later)) if (place.ok) place.leave();
    expect(bulkhead).toMatchObject({ active: 0, waiting: 0 });
  });

  it('turns away whom it has no room for, and who gives up', async () => {
    const bulkhead = createBulkhead({ capacity: 1, queue: 1 });
    const inside = await bulkhead.enter(forever());
    const controller = new AbortController();
    const waiting = bulkhead.enter(controller.signal);
    expect(await bulkhead.enter(forever())).toEqual({ ok: false });
    controller.abort();
    expect(await waiting).toEqual({ ok: false });
    expect(await bulkhead.enter(AbortSignal.abort())).toEqual({ ok: false });
    if (inside.ok) inside.leave();
    expect(bulkhead).toMatchObject({ active: 0, waiting: 0 });
  });

  it('leaves nothing on a signal that lives on', async () => {
    const bulkhead = createBulkhead({ capacity: 1 });
    const { signal } = new AbortController();
    for (let index = 0; index < 20; index += 1) {
      const place = await bulkhead.enter(signal);
      const next = bulkhead.enter(signal);
      if (place.ok) place.leave();
      const handed = await next;
      if (handed.ok) handed.leave();
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
