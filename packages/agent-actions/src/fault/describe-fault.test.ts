import { expect, it } from 'vitest';
import { describeFault } from './describe-fault.js';

it('describes an error by kind and place, never by its message', () => {
  const cause = Object.assign(new Error('password=hunter2'), { code: 'ECONNREFUSED' });
  const error = Object.assign(new TypeError('row ("Ada", 42)\nat a line of the message that looks like a frame (x:1:1)', { cause }), { sqlState: '42703' });
  const described = describeFault(error);
  expect(described).toMatchObject({ name: 'TypeError', sqlState: '42703', cause: { name: 'Error', code: 'ECONNREFUSED' } });
  expect(described.frames.length).toBeGreaterThan(0);
  expect(JSON.stringify(described)).not.toMatch(/hunter2|Ada/);
});

it.each(['text', null, 42])('survives %s being thrown', (thrown) => {
  expect(describeFault(thrown)).toMatchObject({ frames: [], cause: null });
});
