import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactLiterals } from './redact-literals.js';
import { scanSql } from './scan-sql.js';

describe('redaction', () => {
  it.each([
    ["SELECT * FROM t WHERE name = 'Ada' AND n > 42.5", "SELECT * FROM t WHERE name = '?' AND n > ?"],
    ["SELECT E'it\\'s' , t1.c2 FROM s.t1 -- secret", "SELECT '?' , t1.c2 FROM s.t1"],
    ['SELECT $tag$ body $tag$, "Quoted 1" /* a /* nested */ b */ , $1', `SELECT '?', "Quoted 1" , $1`],
    ["SELECT 'never closed", "SELECT '?'"],
    ["SELECT E'a' -- it's\n  'b\\'secret' FROM t", "SELECT '?' FROM t"],
    ["SELECT a$b$ FROM t WHERE c = 'secret' AND d$b$ = 1", "SELECT a$b$ FROM t WHERE c = '?' AND d$b$ = ?"],
    ["SELECT U&'\\0061' || x'1F' || 0x1F + 1e10 + .5 WHERE a=:p1", "SELECT '?' || '?' || ? + ? + ? WHERE a=:p1"],
  ])('hides what %s holds', (sql, expected) => {
    expect(redactLiterals(sql)).toBe(expected);
  });

  it('hides every quoted text, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("'", "''", '"', '--', '/*', '*/', '$$', 'E', ' ', '\n', 'a', '1', ':p')), fc.stringMatching(/^[a-z]{12}$/), (before, secret) => {
        const sql = `SELECT '${before.join('').replaceAll("'", "''")}${secret}' FROM t`;
        expect(redactLiterals(sql)).not.toContain(secret);
      }),
    );
  });

  it('takes no longer for a hostile text than for another of its length', () => {
    const hostile = `SELECT E'a'${' --'.repeat(20_000)}`;
    expect(redactLiterals(hostile)).toBe("SELECT '?'");
    expect(redactLiterals(`SELECT E'a'${'\n--x'.repeat(20_000)}`)).toBe("SELECT '?'");
  });

  it('loses no character', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("'", '"', '--', '/*', '*/', '$$', '$t$', "E'", '\\', ' ', '\n', 'ab', '1', ';')), (parts) => {
        const sql = parts.join('');
        expect(scanSql(sql).map((piece) => piece.text).join('')).toBe(sql);
      }),
    );
  });
});
