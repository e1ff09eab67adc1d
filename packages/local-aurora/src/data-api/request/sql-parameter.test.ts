import { describe, expect, test } from 'vitest';
import { readParameters } from './sql-parameter.js';

describe('readParameters', () => {
  test.each([
    [[{ value: { longValue: 1 } }], 'ValidationException', "1 validation error detected: Value null at 'parameters.1.member.name' failed to satisfy constraint: Member must not be null"],
    [[{ name: 'a', value: { arrayValue: { longValues: [1] } } }], 'ValidationException', 'Array parameters are not supported'],
    [[{ name: 'a', value: { longValue: 1, stringValue: 'x' } }], 'ValidationException', 'A parameter value must hold exactly one member'],
    [[{ name: 'a', value: { stringValue: 'x' }, typeHint: 'INTERVAL' }], 'ValidationException', "1 validation error detected: Value 'INTERVAL' at 'parameters.1.member.typeHint' failed to satisfy constraint: Member must satisfy enum value set: [JSON, UUID, TIMESTAMP, DATE, TIME, DECIMAL]"],
    [[{ name: 'a', value: { longValue: 1.5 } }], 'SerializationException', 'The request body could not be read'],
    [[{ name: 'a', value: { longValue: 'x' } }], 'SerializationException', 'The request body could not be read'],
    [[{ name: 'a', value: { doubleValue: '1' } }], 'SerializationException', 'The request body could not be read'],
    [[{ name: 'a', value: { stringValue: 1 } }], 'SerializationException', 'The request body could not be read'],
    [[{ name: 'a', value: { otherValue: 1 } }], 'SerializationException', 'The request body could not be read'],
    ['a', 'SerializationException', 'The request body could not be read'],
  ])('refuses %j with %s', (members, name, message) => {
    expect(() => readParameters(members, 'parameters')).toThrow(expect.objectContaining({ name, message }));
  });

  test('takes a missing value as NULL', () => {
    expect(readParameters([{ name: 'a' }, { name: 'b', value: {} }], 'parameters')).toEqual([
      { name: 'a', value: { kind: 'null' } },
      { name: 'b', value: { kind: 'null' } },
    ]);
  });
});
