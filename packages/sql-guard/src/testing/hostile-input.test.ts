import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { attackPolicy } from './attack-policy.js';
import { grammarVersions } from './grammar-versions.js';

/** Text made to crash, hang or fool a parser. */
const hostile: readonly (readonly [string, string])[] = [
  ['NUL', 'SELECT 1\0'],
  ['lone high surrogate', 'SELECT \'\ud800\''],
  ['lone low surrogate', 'SELECT \'\udc00\''],
  ['one megabyte of spaces', `SELECT 1${' '.repeat(1_000_000)}`],
  ['one megabyte of text', `SELECT '${'x'.repeat(1_000_000)}'`],
  ['100,000 open parentheses', `SELECT ${'('.repeat(100_000)}`],
  ['100,000 pairs of parentheses', `SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
  ['10,000-term sum', `SELECT ${Array.from({ length: 10_000 }, () => '1').join('+')}`],
  ['10,000-term AND', `SELECT ${Array.from({ length: 10_000 }, () => 'true').join(' AND ')}`],
  ['5,000 signs', `SELECT ${'- '.repeat(5_000)}id FROM orders`],
  ['5,000 NOTs', `SELECT ${'NOT '.repeat(5_000)}true`],
  ['190 nested queries', `${'SELECT ('.repeat(190)}SELECT 1${')'.repeat(190)}`],
  ['3,000 nested queries', `${'(SELECT '.repeat(3_000)}1${')'.repeat(3_000)}`],
  ['2,000 nested brackets', `SELECT ${'ARRAY['.repeat(2_000)}1${']'.repeat(2_000)}`],
  ['2,000 nested CASEs', `SELECT ${'CASE WHEN true THEN '.repeat(2_000)}1${' END'.repeat(2_000)}`],
  ['40 KB of nested comments', `SELECT 1 ${'/*'.repeat(10_000)}${'*/'.repeat(10_000)}`],
  ['160 KB of nested comments', `SELECT 1 ${'/*'.repeat(40_000)}${'*/'.repeat(40_000)}`],
  ['unclosed nested comments', `SELECT 1 ${'/*'.repeat(20_000)}`],
  ['3,000 casts', `SELECT 1${'::int'.repeat(3_000)}`],
  ['3,000 subscripts', `SELECT a${'[1]'.repeat(3_000)} FROM (SELECT ARRAY[1] AS a) q`],
  ['1,000 unions', `SELECT 1${' UNION SELECT 1'.repeat(1_000)}`],
  ['1,000 joins', `SELECT 1 FROM orders${Array.from({ length: 1_000 }, (_, index) => ` JOIN orders o${String(index)} ON true`).join('')}`],
  ['500 common table expressions', `WITH ${Array.from({ length: 500 }, (_, index) => `t${String(index)} AS (SELECT 1)`).join(', ')} SELECT 1`],
  ['10,000 semicolons', `SELECT 1${';'.repeat(10_000)} SELECT 2`],
  ['10,000 statements', 'SELECT 1;'.repeat(5_000)],
  ['unclosed string', `SELECT '${'x'.repeat(40_000)}`],
  ['unclosed dollar string', `SELECT $a$${'x'.repeat(40_000)}`],
  ['many almost-closed dollar strings', `SELECT $a$ ${'$a '.repeat(10_000)}`],
  ['20,000 parameters', `SELECT ${Array.from({ length: 20_000 }, (_, index) => `:p${String(index)}`).join(',')}`],
  ['a huge parameter number', 'SELECT $999999999999'],
  ['parameter zero', 'SELECT $0'],
  ['random bytes', `SELECT ${Array.from({ length: 500 }, (_, index) => String.fromCodePoint(128 + ((index * 7919) % 60_000) % 0xd000)).join('')}`],
];

describe.each(grammarVersions)('hostile input, with the grammar of PostgreSQL %i', (version) => {
  it.each(hostile)('%s is refused, and the next statement is judged as ever', async (_name, sql) => {
    const guard = await createGuard({ version, policy: attackPolicy });
    expect(guard.check(sql).ok).toBe(false);
    expect(guard.check('SELECT count(*) FROM orders').ok).toBe(true);
    expect(guard.check('SELECT pg_sleep(1)').ok).toBe(false);
  });

  it('is refused again and again without wearing the parser out', async () => {
    // Limits so wide that the statement reaches the parser, which has not the stack for it.
    const guard = await createGuard({ version, policy: { ...attackPolicy, limits: { length: 1_000_000, tokens: 1_000_000, expressionDepth: 1_000_000 } } });
    const deep = `SELECT ${Array.from({ length: 20_000 }, () => '1').join('+')}`;
    for (let round = 0; round < 20; round += 1) {
      expect(guard.check(deep)).toMatchObject({ ok: false, violations: [{ rule: 'parser-exhausted' }] });
      expect(guard.check('SELECT id FROM orders').ok).toBe(true);
    }
  });
});

it('takes whatever is not text for a refused statement', async () => {
  const guard = await createGuard({ policy: attackPolicy });
  for (const value of [undefined, null, 1, {}, [], Symbol('x'), () => 'SELECT 1', new String('SELECT 1')]) {
    expect(guard.check(value as string)).toMatchObject({ ok: false, violations: [{ rule: 'input-not-text' }] });
  }
});
