import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { attackPolicy } from './attack-policy.js';
import { grammarVersions } from './grammar-versions.js';
import { legitimateStatements } from './legitimate-statements.js';

describe.each(grammarVersions)('ordinary reads, with the grammar of PostgreSQL %i', (version) => {
  it.each(legitimateStatements().filter(({ from = 16 }) => from <= version).map((statement) => [statement.id, statement] as const))('%s is accepted', async (_id, { sql, relations }) => {
    const guard = await createGuard({ version, policy: attackPolicy });
    const verdict = guard.check(sql);
    expect(verdict.ok ? [] : verdict.violations).toEqual([]);
    if (verdict.ok) expect(verdict.statement.relations.map(({ schema, name }) => `${schema}.${name}`)).toEqual(relations);
    const enforced = guard.enforce(sql);
    expect(enforced.ok ? [] : enforced.violations).toEqual([]);
    if (!enforced.ok) return;
    // What was rewritten is itself a read inside the policy, of the same relations.
    const again = guard.check(enforced.statement.sql);
    expect(again.ok ? again.statement.relations : again.violations).toEqual(enforced.statement.relations);
  });
});
