import { describe, expect, test } from 'vitest';
import { readParameters } from '../request/sql-parameter.js';
import { bindParameters } from './bind-parameters.js';

const bind = (value: unknown, typeHint?: string) => {
  const { oids, values } = bindParameters({ text: '$1', names: ['x'] }, readParameters([{ name: 'x', value, typeHint }], 'parameters'));
  return [oids[0] ?? 0, values[0]];
};

describe('bindParameters', () => {
  test.each([
    [{ stringValue: 'a' }, undefined, 25, 'a'],
    [{ stringValue: 'a' }, 'UUID', 2950, 'a'],
    [{ stringValue: '2024-01-02' }, 'DATE', 1082, '2024-01-02'],
    [{ stringValue: '10:00:00' }, 'TIME', 1083, '10:00:00'],
    [{ stringValue: '2024-01-02 10:00:00' }, 'TIMESTAMP', 1114, '2024-01-02 10:00:00'],
    [{ stringValue: '1.5' }, 'DECIMAL', 1700, '1.5'],
    [{ stringValue: '{}' }, 'JSON', 114, '{}'],
    [{ longValue: 7 }, undefined, 20, '7'],
    [{ longValue: 7 }, 'DECIMAL', 1700, '7'],
    [{ longValue: 7 }, 'UUID', 20, '7'],
    [{ longValue: '9007199254740993' }, undefined, 20, '9007199254740993'],
    [{ doubleValue: 0.1 }, undefined, 701, '0.1'],
    [{ doubleValue: 'NaN' }, undefined, 701, 'NaN'],
    [{ booleanValue: true }, undefined, 16, 't'],
    [{ booleanValue: false }, 'DATE', 16, 'f'],
    [{ isNull: true }, undefined, 0, null],
    [{ isNull: true }, 'UUID', 2950, null],
    [{ isNull: false, stringValue: 'a' }, undefined, 25, 'a'],
    [{ blobValue: 'AP8=' }, undefined, 17, Buffer.from([0, 255])],
  ])('%j with hint %s is declared as %i', (value, hint, oid, text) => {
    expect(bind(value, hint)).toEqual([oid, text]);
  });

  test('gives every occurrence of a name its own placeholder', () => {
    const parameters = readParameters([{ name: 'a', value: { longValue: 1 } }, { name: 'b', value: { stringValue: 'x' } }], 'parameters');
    expect(bindParameters({ text: '', names: ['b', 'a', 'b'] }, parameters)).toEqual({ text: '', oids: [25, 20, 25], values: ['x', '1', 'x'] });
  });

  test('binds nothing for names without a value, and ignores values without a name in the text', () => {
    const parameters = readParameters([{ name: 'unused', value: { longValue: 1 } }], 'parameters');
    expect(bindParameters({ text: '', names: ['missing'] }, parameters)).toEqual({ text: '', oids: [], values: [] });
  });
});
