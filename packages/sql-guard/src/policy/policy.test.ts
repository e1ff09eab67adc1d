import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import { GuardError } from '../verdict/guard-error.js';
import { attackPolicy } from '../testing/attack-policy.js';
import { guardPolicySchema, type GuardPolicyInput } from './guard-policy.js';
import { parsePolicy } from './parse-policy.js';
import { policyFromSchema } from './policy-from-schema.js';
import { policyJsonSchema } from './policy-json-schema.js';
import { analytics, readOnly, strict } from './presets.js';

const rules = async (policy: GuardPolicyInput, sql: string, version: 16 | 17 | 18 = 17): Promise<readonly string[]> => {
  const verdict = (await createGuard({ policy, version })).check(sql);
  return verdict.ok ? [] : [...new Set(verdict.violations.map(({ rule }) => rule))];
};
const orders: GuardPolicyInput = { version: 1, tables: [{ schema: 'public', name: 'orders', columns: ['id', 'amount'], columnsAreComplete: true }] };

describe('a policy', () => {
  it.each([
    [{}],
    [{ version: 2 }],
    [{ version: 1, table: [] }],
    [{ version: 1, tables: [{ name: 'orders' }] }],
    [{ version: 1, tables: [{ schema: 'public', name: 'orders', hidden: ['x'] }] }],
    [{ version: 1, schemas: ['pg_catalog'] }],
    [{ version: 1, schemas: ['information_schema'] }],
    [{ version: 1, maxRows: 0 }],
    [{ version: 1, tenantFilters: [{ schema: 'public', table: 'orders', column: 't', value: 'tenant' }] }],
    [{ version: 1, schemas: ['public'], tenantFilters: [{ schema: 'public', table: 'orders', column: 't', value: 'tenant', type: '' }] }],
    [null],
  ])('refuses %j', (input) => {
    expect(() => parsePolicy(input)).toThrow(GuardError);
  });

  it('is published as a JSON Schema that says what zod says', () => {
    const file = new URL('../../policy.schema.json', import.meta.url);
    if (process.env.ASK_AURORA_RECORD === '1') writeFileSync(file, `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
    expect(Object.keys(policyJsonSchema().properties as object).sort()).toEqual(Object.keys(guardPolicySchema.shape).sort());
  });

  it('is complete when parsed, and parses again to the same', () => {
    const policy = parsePolicy(attackPolicy);
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });
});

describe('what a policy says of relations', () => {
  it.each<[Partial<GuardPolicyInput>, string, readonly string[]]>([
    [{ schemas: ['reporting'] }, 'SELECT anything FROM reporting.totals', []],
    [{ schemas: ['reporting'] }, 'SELECT 1 FROM other.totals', ['relation']],
    [{ schemas: ['reporting'] }, 'SELECT 1 FROM reporting.pg_stat_statements', ['system-catalog']],
    [{ schemas: ['reporting'], tables: [{ schema: 'reporting', name: 'pg_mine' }] }, 'SELECT 1 FROM reporting.pg_mine', []],
    [{ schemas: ['public'], denied: [{ schema: 'public', name: 'secrets' }] }, 'SELECT 1 FROM secrets', ['relation']],
    [{ schemas: ['public'], denied: [{ schema: 'public', name: 'orders' }] }, 'SELECT 1 FROM orders', ['relation']],
    [{ schemas: ['public'], denied: [{ schema: 'public', name: '*' }] }, 'SELECT 1 FROM orders', ['relation']],
    [{ searchPath: ['sales', 'public'] }, 'SELECT id FROM orders', []],
    [{ searchPath: ['sales'] }, 'SELECT id FROM orders', ['relation']],
    [{ searchPath: ['sales', 'public'], schemas: ['sales'] }, 'SELECT 1 FROM orders', []],
    [{ searchPath: ['sales', 'vault'], schemas: ['sales'] }, 'SELECT 1 FROM keys', ['relation']],
    [{ tables: [{ schema: 'pg_catalog', name: 'pg_type' }] }, 'SELECT typname FROM pg_type', []],
    [{ tables: [{ schema: 'public', name: 'pg_mine' }] }, 'SELECT 1 FROM pg_mine', ['system-catalog']],
    [{ wildcards: 'refuse' }, 'SELECT * FROM orders', ['wildcard']],
    [{ wildcards: 'refuse' }, 'SELECT id FROM orders', []],
    [{ tables: [{ schema: 'public', name: 'v', reads: [{ schema: 'public', name: 't', columns: ['a'] }] }, { schema: 'public', name: 't', hiddenColumns: ['b'] }] }, 'SELECT 1 FROM v', []],
    [{ tables: [{ schema: 'public', name: 'v', reads: [{ schema: 'public', name: 't' }] }, { schema: 'public', name: 't', hiddenColumns: ['b'] }] }, 'SELECT 1 FROM v', ['relation']],
    [{ tables: [{ schema: 'public', name: 'v', reads: [{ schema: 'x', name: 't' }] }], denied: [{ schema: 'x', name: 't' }] }, 'SELECT 1 FROM v', ['relation']],
    [{ tables: [{ schema: 'public', name: 'w', reads: [{ schema: 'public', name: 'v' }] }, { schema: 'public', name: 'v', reads: [{ schema: 'public', name: 't' }] }], denied: [{ schema: 'public', name: 't' }] }, 'SELECT 1 FROM w', ['relation']],
    [{ tables: [{ schema: 'public', name: 'w', reads: [{ schema: 'public', name: 'v' }] }, { schema: 'public', name: 'v', reads: [{ schema: 'public', name: 'w' }] }] }, 'SELECT 1 FROM w, v', []],
    [{ tables: [{ schema: 'public', name: 't', hiddenColumns: ['b'] }] }, 'SELECT a FROM t', []],
    [{ tables: [{ schema: 'public', name: 't', hiddenColumns: ['b'] }] }, 'SELECT t.b FROM t', ['column']],
    [{ tables: [{ schema: 'public', name: 't', columns: ['a', 'b'], hiddenColumns: ['b'] }] }, 'SELECT b FROM t', ['column']],
  ])('%j: %s', async (change, sql, expected) => {
    expect(await rules({ ...orders, ...change }, sql)).toEqual(expected);
  });
});

describe('what a policy says of functions, operators, types and parameters', () => {
  it.each<[Partial<GuardPolicyInput>, string, readonly string[]]>([
    [{ functions: { allow: ['my_schema.score'] } }, 'SELECT my_schema.score(1)', []],
    [{ functions: { allow: ['my_schema.score'] } }, 'SELECT score(1)', ['function']],
    [{ functions: { allow: ['public.score'] } }, 'SELECT score(1), public.score(2)', []],
    [{ functions: { allow: ['score'] } }, 'SELECT score(1)', []],
    [{ functions: { allow: ['score'] } }, 'SELECT other.score(1)', ['function']],
    [{ functions: { allow: ['score'], deny: ['score'] } }, 'SELECT score(1)', ['function']],
    [{ functions: { deny: ['md5'] } }, "SELECT md5('a'), upper('a')", ['function']],
    [{ functions: { deny: ['md5'] } }, "SELECT pg_catalog.md5('a')", ['function']],
    [{ functions: { allow: ['current_user'] } }, 'SELECT current_user', []],
    [{ operators: { allow: ['@@@@'] } }, 'SELECT 1 @@@@ 2', []],
    [{ operators: { deny: ['~'] } }, "SELECT 'a' ~ 'b'", ['operator']],
    [{ types: { allow: ['public.mood'] } }, "SELECT 'a'::mood, 'b'::public.mood", []],
    [{ types: { deny: ['xml'] } }, "SELECT '<a/>'::xml", ['type']],
    [{ compositeFields: ['street'] }, "SELECT (address).street FROM (SELECT '' AS address) q", []],
    [{ parameters: [] }, 'SELECT :a', ['parameter']],
    [{ parameters: ['a'] }, 'SELECT :a, :b', ['parameter']],
    [{ parameters: ['a'] }, 'SELECT :a', []],
    [{ limits: { recursion: false } }, 'WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t', ['recursion']],
    [{ limits: { fromItems: 1 } }, 'SELECT 1 FROM orders a, orders b', ['limit']],
    [{ limits: { queryDepth: 1 } }, 'SELECT (SELECT 1)', ['limit']],
    [{ limits: { queryDepth: 2 } }, 'SELECT (SELECT 1)', []],
    [{ limits: { setOperations: 1 } }, 'SELECT 1 UNION SELECT 2 UNION SELECT 3', ['limit']],
    [{ limits: { commonTableExpressions: 1 } }, 'WITH a AS (SELECT 1), b AS (SELECT 2) SELECT 3', ['limit']],
    [{ limits: { expressionDepth: 3 } }, 'SELECT 1 + 1 + 1 + 1', ['limit']],
    [{ limits: { expressionDepth: 4 } }, 'SELECT 1 + 1 + 1 + 1', []],
    [{ limits: { length: 10 } }, 'SELECT 1, 2, 3', ['input-too-long']],
    [{ limits: { tokens: 5 } }, 'SELECT 1, 2, 3', ['input-too-long']],
    [{ limits: { parenthesisNesting: 2 } }, 'SELECT (((1)))', ['input-nesting']],
    [{ limits: { commentNesting: 1 } }, 'SELECT /* a /* b */ c */ 1', ['input-nesting']],
    [{ limits: { openSeries: false } }, 'SELECT 1 FROM generate_series(1, (SELECT max(id) FROM orders)::int)', ['limit']],
    [{ limits: { seriesRows: 10 } }, 'SELECT 1 FROM generate_series(1, 20)', ['limit']],
    [{ limits: { repeat: 5 } }, "SELECT repeat('a', 6)", ['limit']],
    [{ limits: { padding: 5 } }, "SELECT lpad('a', 6)", ['limit']],
    [{ extensions: [{ name: 'postgis' }] }, "SELECT st_distance('POINT(0 0)'::geometry, st_geomfromtext('POINT(1 1)')) WHERE st_point(0, 0) && st_point(1, 1)", []],
    [{ extensions: [{ name: 'postgis', schema: 'gis' }] }, 'SELECT gis.st_point(0, 0)', []],
    [{ extensions: [{ name: 'postgis', schema: 'gis' }] }, 'SELECT st_point(0, 0)', ['function']],
    [{ extensions: [{ name: 'pgvector' }] }, "SELECT '[1,2]'::vector <=> '[3,4]'::vector, cosine_distance('[1]'::vector, '[2]'::vector)", []],
    [{ extensions: [{ name: 'pg_trgm' }] }, "SELECT similarity('a', 'b'), 'a' % 'b', 'a' <-> 'b'", []],
  ])('%j: %s', async (change, sql, expected) => {
    expect(await rules({ ...orders, ...change }, sql)).toEqual(expected);
  });
});

describe('presets and policies made from a schema', () => {
  it.each([
    ['readOnly', readOnly, 'SELECT * FROM orders', []],
    ['analytics', analytics, 'SELECT count(*) FROM generate_series(1, 5000000)', []],
    ['readOnly', readOnly, 'SELECT count(*) FROM generate_series(1, 5000000)', ['limit']],
    ['strict', strict, 'SELECT * FROM orders', ['wildcard']],
    ['strict', strict, 'SELECT id FROM orders', []],
  ] as const)('%s', async (_name, preset, sql, expected) => {
    expect(await rules({ ...orders, ...preset }, sql)).toEqual(expected);
  });

  it('reads exactly what the schema describes', async () => {
    const policy = policyFromSchema(
      { relations: [{ schema: 'staff', name: 'employees', columns: [{ name: 'id' }, { name: 'name' }] }, { schema: 'public', name: 'courses', columns: [{ name: 'id' }] }], enums: [{ schema: 'public', name: 'mood' }] },
      { maxRows: 5 },
    );
    expect(policy).toMatchObject({ searchPath: ['public', 'staff'], maxRows: 5 });
    expect(await rules(policy, "SELECT e.name, 'sad'::mood FROM employees e JOIN courses USING (id)")).toEqual([]);
    expect(await rules(policy, 'SELECT * FROM staff.employees')).toEqual([]);
    expect(await rules(policy, 'SELECT salary FROM staff.employees')).toEqual(['unknown-column']);
    expect(await rules(policy, 'SELECT 1 FROM staff.buildings')).toEqual(['relation']);
  });

  it('takes from the schema what views read', async () => {
    const columns = [{ name: 'id' }];
    const relations = [{ schema: 'public', name: 'vault', columns }, { schema: 'public', name: 'all_of_it', columns, reads: [{ schema: 'public', name: 'vault' }] }, { schema: 'public', name: 'ids', columns, reads: [{ schema: 'public', name: 'vault', columns: ['id'] }] }];
    const policy = policyFromSchema({ relations });
    const hiding = { ...policy, tables: policy.tables.map((table) => (table.name === 'vault' ? { ...table, hiddenColumns: ['secret'] } : table)) };
    expect(await rules(hiding, 'SELECT id FROM ids')).toEqual([]);
    expect(await rules(hiding, 'SELECT id FROM all_of_it')).toEqual(['relation']);
    expect(await rules({ ...policy, denied: [{ schema: 'public', name: 'vault' }] }, 'SELECT id FROM ids')).toEqual(['relation']);
  });
});

describe('createGuard', () => {
  it.each([
    [{ version: 15 as 16, policy: orders }, 'version-unsupported'],
    [{ dialect: 'oracle' as 'mysql', policy: orders }, 'dialect-unsupported'],
    [{ policy: {} as GuardPolicyInput }, 'policy-invalid'],
  ])('refuses %j', async (options, code) => {
    const error: unknown = await createGuard(options).catch((thrown: unknown) => thrown);
    expect(GuardError.isInstance(error) && error.code).toBe(code);
  });
});
