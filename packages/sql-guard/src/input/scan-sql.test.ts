import { describe, expect, it } from 'vitest';
import { bindParameters } from './bind-parameters.js';
import { scanSql, type Token } from './scan-sql.js';

const limits = { commentNesting: 3, parenthesisNesting: 3 };
const scan = (sql: string): { readonly tokens: readonly Token[]; readonly rule: string | undefined } => {
  const tokens: Token[] = [];
  const problem = scanSql(sql, limits, (kind, start, end) => tokens.push({ kind, start, end }));
  return { tokens, rule: problem?.rule };
};
const words = (sql: string): readonly string[] => scan(sql).tokens.map(({ kind, start, end }) => `${kind}:${sql.slice(start, end)}`);

describe('scanSql', () => {
  it.each<[string, readonly string[]]>([
    ['a b', ['word:a', 'word:b']],
    // A continued literal keeps its backslashes, and only a line's end continues one.
    ["E'a'\n'\\' b' x", ["literal:E'a'\n'\\' b'", 'word:x']],
    ["e'a' -- c\r\n\t'b'\n'\\'' x", ["literal:e'a' -- c\r\n\t'b'\n'\\''", 'word:x']],
    ["E'a' '\\' x", ["literal:E'a'", "literal:'\\'", 'word:x']],
    ["E'a'\n/**/'\\' x", ["literal:E'a'", "literal:'\\'", 'word:x']],
    ["'a'\n'\\' x", ["literal:'a'", "literal:'\\'", 'word:x']],
    ["E'a'\n", ["literal:E'a'"]],
    ["E'a'\n- x", ["literal:E'a'", 'symbol:-', 'word:x']],
    ["'it''s' x", ["literal:'it''s'", 'word:x']],
    ["'\\' x", ["literal:'\\'", 'word:x']],
    ["E'\\'' x", ["literal:E'\\''", 'word:x']],
    ["e'\\\\' x", ["literal:e'\\\\'", 'word:x']],
    ['"a""b" x', ['quoted:"a""b"', 'word:x']],
    ["U&'\\0041' x", ["literal:U&'\\0041'", 'word:x']],
    ['U&"a" x', ['quoted:U&"a"', 'word:x']],
    ["B'1' X'F' N'n'", ["literal:B'1'", "literal:X'F'", "literal:N'n'"]],
    ['u & x', ['word:u', 'symbol:&', 'word:x']],
    ['$$ a $$ x', ['literal:$$ a $$', 'word:x']],
    ['$a$ $b$ $a$ x', ['literal:$a$ $b$ $a$', 'word:x']],
    ['a$b$c', ['word:a$b$c']],
    ['$1 $22', ['parameter:$1', 'parameter:$22']],
    ['$ x', ['symbol:$', 'word:x']],
    ['1.5e3 .5 1..2', ['number:1.5e3', 'number:.5', 'number:1', 'symbol:.', 'number:.2']],
    ['-- c\nx', ['word:x']],
    ['-- c\rx', ['word:x']],
    ['/* a /* b */ c */ x', ['word:x']],
    ['a - -b', ['word:a', 'symbol:-', 'symbol:-', 'word:b']],
    ['naïve 漢字', ['word:naïve', 'word:漢字']],
    [':a, :b_1', ['parameter::a', 'symbol:,', 'parameter::b_1']],
    // In a subscript PostgreSQL reads a slice without a lower bound; in an array constructor nothing but a parameter can be meant.
    ['a[:b]', ['word:a', 'symbol:[', 'symbol::', 'word:b', 'symbol:]']],
    ['(a)[ /* */ :b]', ['symbol:(', 'word:a', 'symbol:)', 'symbol:[', 'symbol::', 'word:b', 'symbol:]']],
    ['"array"[:b]', ['quoted:"array"', 'symbol:[', 'symbol::', 'word:b', 'symbol:]']],
    ['t . array[:b]', ['word:t', 'symbol:.', 'word:array', 'symbol:[', 'symbol::', 'word:b', 'symbol:]']],
    ['Array [:b]', ['word:Array', 'symbol:[', 'parameter::b', 'symbol:]']],
    ['ARRAY[[:b],[:c]]', ['word:ARRAY', 'symbol:[', 'symbol:[', 'parameter::b', 'symbol:]', 'symbol:,', 'symbol:[', 'parameter::c', 'symbol:]', 'symbol:]']],
    ['a[1 + :b]', ['word:a', 'symbol:[', 'number:1', 'symbol:+', 'parameter::b', 'symbol:]']],
    ['x::int', ['word:x', 'symbol:::', 'word:int']],
    ['x[1:n]', ['word:x', 'symbol:[', 'number:1', 'symbol::', 'word:n', 'symbol:]']],
    ['$:x', ['symbol:$', 'symbol::', 'word:x']],
    ['a:b', ['word:a', 'symbol::', 'word:b']],
    [':a$', ['symbol::', 'word:a$']],
    [":a'x'", ['symbol::', 'word:a', "literal:'x'"]],
    [':é', ['symbol::', 'word:é']],
    ['(((a)))', ['symbol:(', 'symbol:(', 'symbol:(', 'word:a', 'symbol:)', 'symbol:)', 'symbol:)']],
  ])('splits %s', (sql, expected) => {
    expect(words(sql)).toEqual(expected);
    expect(scan(sql).rule).toBeUndefined();
  });

  it.each([
    ["'a", 'input-unterminated'], ['"a', 'input-unterminated'], ["E'\\'", 'input-unterminated'], ['$a$ x', 'input-unterminated'], ['/* a /* b */', 'input-unterminated'],
    ["E'a'\n'", 'input-unterminated'], ["E'a'\n'\\'' /*+ x */", 'input-hint-comment'], ["E'a'\n--+ x\n'b'", 'input-hint-comment'],
    ['/*+ x */', 'input-hint-comment'], ['--+ x', 'input-hint-comment'], ['/* /* /* /* */ */ */ */', 'input-nesting'], ['((((', 'input-nesting'], ['[[[[', 'input-nesting'],
  ])('refuses %s', (sql, rule) => {
    expect(scan(sql).rule).toBe(rule);
  });
});

describe('bindParameters', () => {
  const bind = (sql: string) => bindParameters(sql, scan(sql).tokens.filter(({ kind }) => kind === 'parameter'));

  it('puts numbers in place of names, and keeps places', () => {
    const { text, names, mixed, originalOffset } = bind('SELECT :first, :b, :first');
    expect({ text, names, mixed }).toEqual({ text: 'SELECT $1    , $2, $1    ', names: ['first', 'b'], mixed: false });
    expect(originalOffset(15)).toBe(15);
  });

  it('finds places behind names that are shorter than their numbers', () => {
    const names = 'abcdefghijkl'.split('').map((letter) => `:${letter}`).join(',');
    const { text, originalOffset } = bind(`SELECT ${names}, x`);
    expect(text.endsWith('$12, x')).toBe(true);
    expect(originalOffset(text.indexOf('x'))).toBe(`SELECT ${names}, x`.indexOf('x'));
  });

  it('turns bytes and code points into UTF-16 offsets', () => {
    const sql = "SELECT 'é漢😀', x";
    const { originalOffset, originalOffsetOfCodePoint } = bind(sql);
    expect(originalOffset(new TextEncoder().encode("SELECT 'é漢😀', ").length)).toBe(sql.indexOf('x'));
    expect(originalOffsetOfCodePoint([..."SELECT 'é漢😀', "].length)).toBe(sql.indexOf('x'));
  });

  it('knows numbered parameters, and when both kinds are used', () => {
    expect(bind('SELECT $2, $1')).toMatchObject({ names: ['1', '2'], mixed: false });
    expect(bind('SELECT $1, :a').mixed).toBe(true);
  });
});
