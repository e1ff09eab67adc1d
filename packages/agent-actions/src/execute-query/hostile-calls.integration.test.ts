import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryAudit } from '../audit/create-memory-audit.js';
import { createBedrockClassicHandler } from '../bedrock-classic/create-bedrock-classic-handler.js';
import { createActionDispatcher } from '../dispatch/create-action-dispatcher.js';
import type { ReadOnlyDatabase, ReadOnlyTransactionOptions } from '../ports/read-only-database.js';
import type { StatementGuard } from '../ports/statement-guard.js';
import { startShop, type Shop } from '../testing/start-shop.js';
import { createExecuteQuery, type ExecuteQueryPorts } from './create-execute-query.js';

// What an attacker may try who controls the session's attributes, the event, the arguments of a tool, or the statement.
const secret = 'Ottoline Vexley';
let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
  for (const statement of [
    'CREATE TABLE private.payroll (id int, grossly_secret_salary int)',
    'ALTER TABLE shop.orders ADD COLUMN margin_secret int',
    "CREATE DOMAIN shop.even_only AS int CONSTRAINT even_only_secret_rule CHECK (VALUE % 2 = 0)",
    "CREATE TYPE shop.mood AS ENUM ('mood_secret_label')",
    `CREATE FUNCTION shop.loud(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'secret_body ${secret}' USING HINT = 'secret_hint', DETAIL = 'secret_detail'; END $$`,
    `CREATE FUNCTION shop.quiet(n int) RETURNS int LANGUAGE sql AS $$ SELECT (SELECT '${secret}'::text)::int + n $$`,
    `CREATE TABLE shop.notes (id int PRIMARY KEY, body text NOT NULL)`,
    `INSERT INTO shop.notes VALUES (1, '${secret}')`,
    'GRANT SELECT ON ALL TABLES IN SCHEMA shop TO reader',
    'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA shop TO reader',
  ]) {
    await shop.admin.execute(statement);
  }
});
afterAll(() => shop.stop());

const caller = (tenant: Readonly<Record<string, string>>, sessionId = 'session-1') => ({ sessionId, principal: null, tenant, front: 'cli' }) as const;
const tenantSettings = [{ attribute: 'tenantId', setting: 'app.tenant_id' }];
const odd = { tenantId: 'odd' };

/** The actions over a database that remembers what its transactions were opened with. */
function make(ports: Partial<ExecuteQueryPorts> = {}) {
  const seen: ReadOnlyTransactionOptions[] = [];
  const database: ReadOnlyDatabase = { readOnly: (options, work) => (seen.push(options), shop.reader.readOnly(options, work)) };
  const audit = createMemoryAudit();
  const executeQuery = createExecuteQuery({ guard: shop.guard, database, audit, tenantSettings, ...ports });
  return { executeQuery, audit, seen };
}

describe('attributes of a session', () => {
  it('set nothing but the settings that are declared', async () => {
    const { executeQuery, seen, audit } = make();
    const attributes = JSON.parse(JSON.stringify({ tenantId: 'odd', role: 'postgres', search_path: 'private', statement_timeout: '0', transaction_read_only: 'off', 'app.tenant_id': 'even', session_authorization: 'postgres' }).replace('{', '{"__proto__":"even","constructor":"even",')) as Record<string, string>;
    const result = await executeQuery({ sql: 'SELECT DISTINCT tenant_id FROM orders', caller: caller(attributes) });
    expect(result).toMatchObject({ kind: 'rows', rows: [{ tenant_id: 'odd' }] });
    expect(seen[0]?.settings).toEqual({ 'app.tenant_id': 'odd', search_path: 'pg_catalog, "shop", pg_temp' });
    expect(seen[0]?.statementTimeoutMs).toBeGreaterThan(0);
    expect(audit.records[0]?.tenant).toEqual({ tenantId: 'odd' });
  });

  it.each([
    ["a quote", "odd' OR ''='"], ['two settings', "odd', true), set_config('role', 'postgres"], ['a line break', 'odd\neven'], ['a NUL', 'odd\0'], ['a wildcard', '%'], ['a list', 'odd,even'], ['nothing but spaces', '   '], ['other digits', 'ｏｄｄ'], ['very much', 'x'.repeat(100_000)],
  ])('are refused with %s in them', async (_, tenantId) => {
    const { executeQuery, seen } = make();
    expect(await executeQuery({ sql: 'SELECT id FROM orders', caller: caller({ tenantId }) })).toMatchObject({ kind: 'refusal', stage: 'tenant' });
    expect(seen).toHaveLength(0);
  });

  it('are bound and not spliced, whatever a pattern lets through', async () => {
    const { executeQuery } = make({ tenantSettings: [{ attribute: 'tenantId', setting: 'app.tenant_id', pattern: '[\\s\\S]*' }] });
    for (const tenantId of ["odd' OR ''='", "odd', true), set_config('app.tenant_id', 'even", 'odd\\', '$1', ':tenant', 'odd; RESET ROLE']) {
      expect(await executeQuery({ sql: 'SELECT id FROM orders', caller: caller({ tenantId }) })).toMatchObject({ kind: 'rows', rows: [] });
    }
  });

  it('of one prototype are no attributes', async () => {
    const { executeQuery } = make();
    expect(await executeQuery({ sql: 'SELECT id FROM orders', caller: caller(Object.create({ tenantId: 'even' }) as Record<string, string>) })).toMatchObject({ kind: 'refusal', stage: 'tenant' });
  });
});

describe('events of an action group', () => {
  const event = (more: object) => ({ messageVersion: '1.0', sessionId: 's', actionGroup: 'G', function: 'execute_query', parameters: [{ name: 'sql', type: 'string', value: 'SELECT DISTINCT tenant_id FROM orders' }], sessionAttributes: odd, promptSessionAttributes: {}, ...more });
  const handle = async (input: unknown) => {
    const { response } = await createBedrockClassicHandler({ executeQuery: make().executeQuery })(input);
    return 'functionResponse' in response ? (JSON.parse(response.functionResponse.responseBody.TEXT.body) as unknown) : undefined;
  };

  it.each([
    ['nothing', undefined], ['null', null], ['a text', 'event'], ['a list', []], ['no members', {}],
    ['another version', event({ messageVersion: '2.0' })], ['no session', event({ sessionId: '' })], ['a session of the wrong type', event({ sessionId: { id: 's' } })],
    ['parameters of the wrong type', event({ parameters: { sql: 'SELECT 1' } })], ['a value of the wrong type', event({ parameters: [{ name: 'sql', value: ['SELECT 1'] }] })],
    ['attributes of the wrong type', event({ sessionAttributes: { tenantId: { odd: true } } })], ['ten thousand wrong members', event({ parameters: Array.from({ length: 10_000 }, () => ({ name: 1, value: 2 })) })],
  ])('are refused with a short reason when they are %s', async (_, input) => {
    const error: unknown = await handle(input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid-event' });
    expect((error as Error).message.length).toBeLessThan(1_200);
  });

  it('change no prototype, and are not read by one', async () => {
    const polluting = JSON.parse('{"messageVersion":"1.0","sessionId":"s","actionGroup":"G","function":"execute_query","__proto__":{"polluted":true},"sessionAttributes":{"__proto__":{"tenantId":"even"}},"parameters":[{"name":"__proto__","value":"{}"},{"name":"sql","value":"SELECT 1 AS one"},{"name":"constructor","value":"x"}]}') as unknown;
    expect(await handle(polluting).catch((error: { code?: string }) => error.code)).toSatisfy((outcome: unknown) => outcome === 'invalid-event' || (outcome as { stage?: string }).stage === 'tenant');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(await handle(event({ parameters: [{ name: 'sql', value: 'SELECT id FROM orders WHERE id = :id' }, { name: 'parameters', value: '{"__proto__":{"id":1}}' }] }))).toMatchObject({ outcome: 'refusal' });
  });

  it('give the same answer when they are played again, and side by side', async () => {
    const executeQuery = make().executeQuery;
    const handler = createBedrockClassicHandler({ executeQuery });
    const tenants = ['odd', 'even', 'odd', 'even', 'odd', 'even'];
    const answers = await Promise.all(tenants.map((tenantId) => handler(event({ sessionAttributes: { tenantId } }))));
    for (const [index, { response }] of answers.entries()) {
      const body = 'functionResponse' in response ? response.functionResponse.responseBody.TEXT.body : '';
      expect(JSON.parse(body)).toMatchObject({ rows: [[tenants[index]]] });
    }
  });
});

describe('arguments of a tool', () => {
  const call = async (input: unknown) => {
    const { body } = await createActionDispatcher({ executeQuery: make().executeQuery })({ name: 'execute_query', input, caller: caller(odd) });
    return body;
  };
  const sql = 'SELECT id FROM orders WHERE id = 1';

  it.each([
    ['no object', 'SELECT 1'], ['a list', ['SELECT 1']], ['null', null], ['a statement of the wrong type', { sql: { text: 'SELECT 1' } }], ['parameters as a list', { sql, parameters: [1] }],
    ['a parameter that is an object', { sql: 'SELECT id FROM orders WHERE id = :id', parameters: { id: { $gt: 0 } } }], ['a limit of the wrong type', { sql, max_rows: true }], ['a limit in a list', { sql, max_rows: ['5'] }],
    ['a limit below one', { sql, max_rows: 0 }], ['a limit without an end', { sql, max_rows: 'Infinity' }], ['a limit in pieces', { sql, max_rows: 1.5 }], ['a limit as a statement', { sql, max_rows: '1; DROP TABLE orders' }],
    ['a thousand parameters of the wrong type', { sql, parameters: Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`p${index}`.repeat(50), []])) }],
    ['a thousand unknown parameters', { sql, parameters: Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`p${index}`.repeat(50), 1])) }],
    ['a statement that is too long', { sql: `SELECT ${'1,'.repeat(40_000)}1` }],
  ])('are refused with a short reason when they are %s', async (_, input) => {
    const body = await call(input);
    expect(body).toMatchObject({ outcome: 'refusal' });
    expect(JSON.stringify(body).length).toBeLessThan(8_000);
  });

  it('may be null where they may be absent, and text where they are numbers', async () => {
    expect(await call({ sql, parameters: null, max_rows: null })).toMatchObject({ outcome: 'rows', rows: [[1]] });
    expect(await call({ sql: 'SELECT id FROM orders ORDER BY id', parameters: '', max_rows: '2' })).toMatchObject({ outcome: 'rows', rowsShown: 2 });
  });

  it('name columns as they like', async () => {
    expect(await call({ sql: 'SELECT 1 AS "__proto__", 2 AS "constructor", 3 AS "toString"' })).toMatchObject({ outcome: 'rows', columns: [{ name: '__proto__' }, { name: 'constructor' }, { name: 'toString' }], rows: [[1, 2, 3]] });
  });
});

describe('errors of the database', () => {
  // Without the guard, which refuses most of these, so that what is left is what the shaping of errors lets through.
  const accept = (sql: string) => ({ ok: true as const, statement: { sql, relations: [], parameters: [], rowLimit: null, fingerprint: '' } });
  const open: StatementGuard = { policy: { searchPath: ['shop'], maxRows: null }, check: accept, enforce: accept };
  const hidden = /secret|salary|payroll|private|Ottoline|Vexley|even_only|mood|loud|quiet|plpgsql|perhaps|constraint|notes/i;

  it.each([
    ['a column whose name is nearly that of a hidden one', 'SELECT margin_secre FROM orders', 'margin_secre'],
    ['a table whose name is nearly that of a hidden one', 'SELECT * FROM payrol', 'payrol'],
    ['a hidden table', 'SELECT * FROM private.payroll', null],
    ['a value that is no number', 'SELECT body::int FROM notes', null],
    ['a value in a comparison', 'SELECT id FROM notes WHERE body = 1', null],
    ['a constraint of a domain', 'SELECT 3::even_only', null],
    ['a label of an enumeration', "SELECT 'mood_secret_labe'::mood", null],
    ['a function that raises', 'SELECT loud(1)', null],
    ['a function whose body fails', 'SELECT quiet(1)', null],
    ['a division by zero', 'SELECT 1 / (id - 1) FROM notes', null],
    ['JSON that cannot be read', 'SELECT body::json FROM notes', null],
    ['a date that cannot be read', 'SELECT body::date FROM notes', null],
    ['a regular expression that cannot be read', "SELECT id FROM notes WHERE body ~ ('(' || body)", null],
    ['several rows for a value', 'SELECT (SELECT body FROM notes, orders)', null],
    ['a write', 'DELETE FROM notes', null],
    ['a file', "SELECT pg_read_file('/etc/passwd')", null],
    ['a setting', "SELECT current_setting('secret.of_this_server')", null],
    ['a type that does not exist', 'SELECT 1::mood_secre', 'mood_secre'],
  ])('teach nothing by way of %s', async (_, sql, ownWord) => {
    const { executeQuery, audit } = make({ guard: open, onFault: () => undefined });
    const result = await executeQuery({ sql, caller: caller(odd) });
    if (result.kind !== 'failure') throw new Error(`Not a failure: ${JSON.stringify(result)}`);
    const { auditId: _auditId, ...told } = result;
    const text = JSON.stringify(told);
    if (ownWord !== null) expect(told.near).toBe(ownWord);
    // A word of the caller's own statement may come back; nothing else of the database's may.
    if (told.near !== null) expect(sql).toContain(told.near);
    expect(told.near === null ? text : text.replaceAll(told.near, '')).not.toMatch(hidden);
    expect(text).not.toContain(secret);
    expect(JSON.stringify(audit.records)).not.toContain(secret);
  });
});

describe('the audit', () => {
  it('holds no value, whichever way it came in', async () => {
    const { executeQuery, audit } = make();
    const attempts = [
      { sql: `SELECT id FROM orders WHERE customer = '${secret}'` },
      { sql: `SELECT id FROM orders WHERE customer = $$${secret}$$ /* ${secret} */ -- ${secret}` },
      { sql: `SELECT id FROM orders WHERE customer = E'${secret}' OR customer = U&'${secret}'` },
      { sql: `SELECT id FROM orders WHERE customer = '${secret}` },
      { sql: 'SELECT id FROM orders WHERE customer = :name', parameters: { name: secret } },
      { sql: 'SELECT id FROM orders WHERE customer = :name', parameters: { [secret]: 1 } },
      { sql: 'SELECT id FROM orders WHERE id = :id::int', parameters: { id: secret } },
    ];
    for (const attempt of attempts) await executeQuery({ ...attempt, caller: caller({ ...odd, note: secret }) });
    expect(audit.records).toHaveLength(attempts.length);
    expect(audit.records[4]?.statement).toMatchObject({ parameters: ['name'] });
    expect(JSON.stringify(audit.records)).not.toMatch(/Ottoline|Vexley/);
  });
});
