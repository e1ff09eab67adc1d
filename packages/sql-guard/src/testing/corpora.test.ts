import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { GuardPolicyInput } from '../policy/guard-policy.js';
import { policyFromSchema } from '../policy/policy-from-schema.js';
import { analytics } from '../policy/presets.js';
import { corporaFolder, corpus } from './corpora.js';
import { grammarVersions } from './grammar-versions.js';

const folder = corporaFolder();
const absent = 'the corpora are not here: set ASK_AURORA_CORPORA to their folder';
/** Two statements of Spider are not valid PostgreSQL: WHERE after ORDER BY. */
const invalid = new Set(['spider-dev-944', 'spider-dev-945']);

/** A policy of exactly the tables that a corpus reads, found by a guard that allows any. */
async function policyOfOwnTables(name: string, version: 16 | 17 | 18): Promise<GuardPolicyInput> {
  const open = await createGuard({ version, policy: { version: 1, schemas: ['public', 'consumer_div'], ...analytics } });
  const tables = new Map<string, { schema: string; name: string }>();
  for (const { sql } of corpus(name)) {
    const verdict = open.check(sql);
    if (verdict.ok) for (const relation of verdict.statement.relations) tables.set(`${relation.schema}.${relation.name}`, relation);
  }
  return { version: 1, tables: [...tables.values()], ...analytics };
}

describe.skipIf(folder === null).each(grammarVersions)(`legitimate analytic statements (${folder === null ? absent : 'corpora'}), with the grammar of PostgreSQL %i`, (version) => {
  it.each([['tpch', 22], ['tpcds', 99], ['spider_dev', 1032], ['bird_pg', 500], ['defog_postgres', 361]] as const)('%s: all %i are accepted and can be enforced', async (name, count) => {
    const guard = await createGuard({ version, policy: await policyOfOwnTables(name, version) });
    const statements = corpus(name).filter(({ id }) => !invalid.has(id));
    expect(statements).toHaveLength(count);
    const refused = statements.flatMap(({ id, sql }) => {
      const verdict = guard.enforce(sql);
      return verdict.ok ? [] : [`${id}: ${verdict.violations.map(({ message }) => message).join('; ')}`];
    });
    expect(refused).toEqual([]);
  });

  const schemas = `${folder ?? ''}/bird/schema.json`;
  it.skipIf(!existsSync(schemas))('bird_pg: all are accepted by policies that list every column of their database', async () => {
    const databases = JSON.parse(readFileSync(schemas, 'utf8')) as Record<string, { tables: Record<string, { name: string; columns: { name: string }[] }> }>;
    const refused: string[] = [];
    for (const [database, { tables }] of Object.entries(databases)) {
      const relations = Object.values(tables).map((table) => ({ schema: 'public', name: table.name, columns: table.columns.map((column) => ({ name: column.name })) }));
      const guard = await createGuard({ version, policy: policyFromSchema({ relations }, analytics) });
      for (const { id, sql, db } of corpus('bird_pg')) {
        if (db !== database) continue;
        const verdict = guard.check(sql);
        if (!verdict.ok) refused.push(`${id}: ${verdict.violations.map(({ message }) => message).join('; ')}`);
      }
    }
    expect(refused).toEqual([]);
  });
});

describe.skipIf(folder === null)(`legitimate analytic statements of MySQL (${folder === null ? absent : 'corpora'})`, () => {
  // sqlparser-rs finds no unit in INTERVAL -WEEKDAY(..) DAY, which five of defog's use.
  it.each([['tpch_mysql', 22, 22], ['bird_mysql', 500, 500], ['defog_mysql', 465, 465]] as const)('%s: of %i at least %i are accepted and can be enforced', async (name, count, least) => {
    const schemas = ['shop', 'consumer_div', 'derm_treatment', 'broker', 'car_dealership', 'ewallet', 'yelp', 'advising', 'geography', 'academic', 'restaurants', 'scholar', 'atis'];
    const guard = await createGuard({ dialect: 'mysql', policy: { version: 1, searchPath: ['shop'], schemas, ...analytics } });
    const statements = corpus(name);
    expect(statements).toHaveLength(count);
    expect(statements.filter(({ sql }) => guard.enforce(sql).ok).length).toBeGreaterThanOrEqual(least);
  });
});
