import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { collectBody } from './collect-body.js';

test.each<[string, () => unknown]>([
  ['a string', () => 'ä😀'],
  ['bytes', () => new TextEncoder().encode('ä😀')],
  ['a Node stream', () => Readable.from([Buffer.from('ä😀').subarray(0, 3), Buffer.from('ä😀').subarray(3)])],
  ['a Node stream of text', () => Readable.from(['ä', '😀'])],
  ['a web stream', () => new Blob(['ä😀']).stream()],
  ['a blob', () => new Blob(['ä😀'])],
])('reads %s', async (_name, body) => {
  expect((await collectBody(body())).toString()).toBe('ä😀');
});

test('nothing is an empty body', async () => {
  expect((await collectBody(undefined)).byteLength).toBe(0);
});

test('a stream that closes early or fails is a fault, not a short body', async () => {
  const closing = new Readable({ read: () => undefined });
  const read = collectBody(closing);
  closing.push('half');
  closing.destroy();
  await expect(read).rejects.toMatchObject({ code: 'ECONNRESET' });

  const failing = new Readable({ read: () => undefined });
  const readFailing = collectBody(failing);
  failing.destroy(new Error('reset'));
  await expect(readFailing).rejects.toThrow('reset');
});

test('a form that no handler gives is refused', async () => {
  await expect(collectBody(5)).rejects.toThrow(TypeError);
});
