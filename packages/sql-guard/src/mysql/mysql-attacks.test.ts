import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { attackCatalogue } from '../testing/attack-catalogue.js';
import { mysqlAttackPolicy } from '../testing/mysql-attack-policy.js';
import { mysqlLegitimateStatements } from '../testing/mysql-legitimate-statements.js';

const attacks = attackCatalogue('mysql');
const guard = await createGuard({ dialect: 'mysql', policy: mysqlAttackPolicy });

describe('the attack catalogue of MySQL', () => {
  it('holds more than 500 different statements, each with a reason', () => {
    expect(attacks.length).toBeGreaterThan(500);
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
    expect(new Set(attacks.map(({ sql }) => sql)).size).toBe(attacks.length);
    expect(attacks.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });

  it('is refused as a whole, with a place inside the statement, a reason and a hint', () => {
    for (const { id, sql } of attacks) {
      const verdict = guard.check(sql);
      expect(verdict.ok, id).toBe(false);
      expect(guard.enforce(sql).ok, id).toBe(false);
      for (const { message, hint, start, end } of verdict.ok ? [] : verdict.violations) {
        expect(message.length, id).toBeGreaterThan(5);
        expect(hint.length, id).toBeGreaterThan(5);
        expect(start >= 0 && start <= end && end <= sql.length, id).toBe(true);
      }
    }
  });

  it('is refused for the column where only the column is wrong', () => {
    const others = attacks.filter(({ id }) => id.startsWith('mysql-column/')).flatMap(({ id, sql }) => {
      const verdict = guard.check(sql.replaceAll(/password/gi, 'country').replaceAll('internal_note', 'label'));
      return verdict.ok ? [] : [id];
    });
    // These are refused for their form too: stars, NATURAL JOIN, MATCH, assignments, unqualified names of both sides.
    expect(others.length).toBeLessThan(20);
  });
});

describe('ordinary reads of MySQL', () => {
  it.each(mysqlLegitimateStatements)('%s', (sql) => {
    const verdict = guard.enforce(sql);
    expect(verdict.ok ? [] : verdict.violations).toEqual([]);
  });
});
