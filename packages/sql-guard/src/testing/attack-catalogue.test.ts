import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { attackCatalogue } from './attack-catalogue.js';
import { attackPolicy } from './attack-policy.js';
import { grammarVersions } from './grammar-versions.js';

const attacks = attackCatalogue();

describe('the attack catalogue', () => {
  it('holds more than 500 different statements, each with a reason', () => {
    expect(attacks.length).toBeGreaterThan(500);
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
    expect(new Set(attacks.map(({ sql }) => sql)).size).toBe(attacks.length);
    expect(attacks.filter(({ reason }) => reason.length < 4)).toEqual([]);
  });

  it.each(grammarVersions)('is refused as a whole with the grammar of PostgreSQL %i', async (version) => {
    const guard = await createGuard({ version, policy: attackPolicy });
    const accepted = attacks.filter(({ sql }) => guard.check(sql).ok || guard.enforce(sql).ok).map(({ id }) => id);
    expect(accepted).toEqual([]);
  });

  it('is refused with a place inside the statement, a reason and a hint', async () => {
    const guard = await createGuard({ policy: attackPolicy });
    for (const { id, sql } of attacks) {
      const verdict = guard.check(sql);
      for (const { message, hint, start, end } of verdict.ok ? [] : verdict.violations) {
        expect(message.length, id).toBeGreaterThan(5);
        expect(hint.length, id).toBeGreaterThan(5);
        expect(start, id).toBeGreaterThanOrEqual(0);
        expect(end, id).toBeGreaterThanOrEqual(start);
        expect(end, id).toBeLessThanOrEqual(sql.length);
      }
    }
  });
});
