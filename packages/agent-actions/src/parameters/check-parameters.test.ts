import { describe, expect, it } from 'vitest';
import { checkParameters } from './check-parameters.js';
import { inferParameterTypes } from './infer-parameter-types.js';

const check = (sql: string, names: readonly string[], given: Record<string, unknown>) => checkParameters(names.map((name) => ({ name })), inferParameterTypes(sql), given);

describe('the check of parameters', () => {
  it('passes values of the types that the statement gives its parameters', () => {
    expect(check('SELECT * FROM t WHERE d >= :since::date AND n = :n AND k = CAST(:k AS uuid) LIMIT :max', ['since', 'n', 'k', 'max'], { since: '2024-02-29', n: 'x', k: '5f0c64a5-0c1b-4f2b-9c0e-2c2d5a3f1a10', max: '10' })).toEqual({
      ok: true,
      values: { since: '2024-02-29', n: 'x', k: '5f0c64a5-0c1b-4f2b-9c0e-2c2d5a3f1a10', max: 10 },
    });
  });

  it('knows no type by the name of something of Object.prototype', () => {
    expect(check('SELECT :x::constructor', ['x'], { x: 'a' })).toEqual({ ok: true, values: { x: 'a' } });
  });

  it.each<[string, string, unknown]>([
    ['a date that is none', ':x::date', '2023-02-29'],
    ['a date with more behind it', ':x::date', "2023-02-28' --"],
    ['a fraction for an integer', ':x::int', 1.5],
    ['text for an integer', ':x::bigint', '1; DROP'],
    ['text for a number', ':x::numeric', 'NaN()'],
    ['text for a boolean', ':x::boolean', 'maybe'],
    ['a time stamp with a bad hour', ':x::timestamptz', '2024-01-01T25:00:00Z'],
    ['no JSON', ':x::jsonb', '{"half'],
    ['an object', ':x', {}],
    ['an infinite number', ':x', Infinity],
    ['text with a NUL', ':x', 'a\0b'],
  ])('refuses %s', (_, expression, value) => {
    const result = check(`SELECT ${expression}`, ['x'], { x: value });
    expect(result).toMatchObject({ ok: false, problems: [{ parameter: 'x', problem: 'ill-typed' }] });
    if (typeof value === 'string') expect(result.ok || result.problems[0]?.message).not.toContain(value);
  });

  it.each<[string, string, unknown]>([
    ['a whole number', ':x::int', 3],
    ['digits', ':x::int', '3'],
    ['a large integer as text', ':x::bigint', '9223372036854775807'],
    ['null', ':x::date', null],
    ['a time stamp', ':x::timestamptz', '2024-01-01T23:59:59.123Z'],
    ['a time stamp with an offset', ':x::timestamp with time zone', '2024-01-01 23:59:59+02:00'],
    ['a bare date as a time stamp', ':x::timestamp', '2024-01-01'],
    ['anything where no type is given', ':x', 'anything'],
  ])('lets through %s', (_, expression, value) => {
    expect(check(`SELECT ${expression}`, ['x'], { x: value })).toMatchObject({ ok: true });
  });

  it('names unknown and missing parameters', () => {
    expect(check('SELECT :a', ['a'], { b: 1 })).toMatchObject({ ok: false, problems: [{ parameter: 'b', problem: 'unknown' }, { parameter: 'a', problem: 'missing' }] });
  });

  it('takes no value from a prototype and survives a parameter of the name __proto__', () => {
    expect(check('SELECT :toString', ['toString'], {})).toMatchObject({ ok: false });
    const result = check('SELECT :__proto__', ['__proto__'], JSON.parse('{"__proto__": 1}') as Record<string, unknown>);
    expect(result.ok && Object.entries(result.values)).toEqual([['__proto__', 1]]);
  });

  it('does not read types out of literals and comments', () => {
    expect(inferParameterTypes("SELECT ':x::date', :x /* :x::int */ -- :x::uuid").size).toBe(0);
  });
});
