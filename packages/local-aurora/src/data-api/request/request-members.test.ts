import { describe, expect, test } from 'vitest';
import { parseBody } from './request-members.js';

describe('parseBody', () => {
  test('keeps the last digits of a 64-bit integer', () => {
    expect(parseBody('{"value":{"longValue": -9223372036854775808 }}')).toEqual({ value: { longValue: '-9223372036854775808' } });
    expect(parseBody('{"value":{"longValue":12}}')).toEqual({ value: { longValue: 12 } });
  });

  test('leaves text alone that only looks like a member', () => {
    const text = '","longValue":9007199254740993}';
    expect(parseBody(JSON.stringify({ stringValue: text }))).toEqual({ stringValue: text });
  });

  test.each(['[]', '1', 'null', '{', 'x'])('refuses %s', (text) => {
    expect(() => parseBody(text)).toThrow(expect.objectContaining({ name: 'SerializationException' }));
  });
});
