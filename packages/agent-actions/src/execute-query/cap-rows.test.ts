import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capRows } from './cap-rows.js';
import { toJsonValue } from './to-json-value.js';

describe('the caps on rows', () => {
  it('cut by number and by size, whichever comes first', () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({ index, text: 'x'.repeat(100) }));
    expect(capRows(rows, { maxRows: 3, maxBytes: 10_000 })).toMatchObject({ truncatedBy: 'rows' });
    expect(capRows(rows, { maxRows: 3, maxBytes: 10_000 }).rows).toHaveLength(3);
    expect(capRows(rows, { maxRows: 5, maxBytes: 10_000 })).toMatchObject({ truncatedBy: null });
    expect(capRows(rows, { maxRows: 5, maxBytes: 300 })).toMatchObject({ truncatedBy: 'bytes' });
    expect(capRows(rows, { maxRows: 5, maxBytes: 300 }).rows).toHaveLength(2);
  });

  it('count what the rows take as JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null)))), (rows) => {
        const { rows: kept, bytes } = capRows(rows, { maxRows: 1_000, maxBytes: 1_000_000 });
        expect(bytes - Buffer.byteLength(JSON.stringify(kept))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a value as JSON', () => {
  it.each([
    [12n, 12],
    [9_223_372_036_854_775_807n, '9223372036854775807'],
    [Number.NaN, 'NaN'],
    [new Uint8Array([0, 255]), '\\x00ff'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [[1n, [null]], [1, [null]]],
    [{ a: { b: 2n } }, { a: { b: 2 } }],
    [undefined, null],
  ])('%o becomes %o', (value, expected) => {
    expect(toJsonValue(value)).toEqual(expected);
  });
});
