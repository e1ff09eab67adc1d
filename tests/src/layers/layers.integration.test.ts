import { createExecuteQuery, createGenerateQuery, createMemoryAudit, type Caller, type ReadOnlyDatabase, type StatementGuard } from '@ask-aurora/agent-actions';
import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { startLocalAurora, type LocalAurora } from '@ask-aurora/local-aurora';
import { createTextToSql, introspect, type Model, type SchemaArtifact } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema, type Guard } from '@ask-aurora/sql-guard';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { disguisedWrites, writeAttempts } from './write-attempts.js';

const caller: Caller = { sessionId: 'layers', principal: null, tenant: {}, front: 'cli' };

/** The guard switched off: whatever comes is let through as it is. */
const acceptAll: StatementGuard['enforce'] = (sql) => ({ ok: true, statement: { sql, relations: [], parameters: [], rowLimit: null, fingerprint: 'none' } });
const noGuard: StatementGuard = { policy: { searchPath: [], maxRows: null }, check: acceptAll, enforce: acceptAll };

/** A model that does whatever it is told: it answers each question with the statement given for it. */
function obedientModel(sql: string): Model {
  return {
    id: 'obedient',
    generate: () =>
      Promise.resolve({
        content: [{ type: 'text', text: JSON.stringify({ sql, parameters: {}, explanation: 'as told', confidence: 1 }) }],
        stopReason: 'end',
        usage: { inputTokens: 1, outputTokens: 1 },
        latencyMs: 0,
      }),
  };
}

describe('each layer stops a write alone', () => {
  let aurora: LocalAurora;
  let artifact: SchemaArtifact;
  let guard: Guard;
  let admin: DataApiClient;
  let reader: DataApiClient;
  let observer: Client;
  let untouched: string;
  let administrator: string;

  /** Everything a write of the attempts could change, as one text. */
  async function state(): Promise<string> {
    const { rows } = await observer.query(`
      SELECT (SELECT md5(string_agg(d::text, ',' ORDER BY d.department_id)) FROM academics.departments d) AS departments,
             to_regclass('academics.enrollments') IS NOT NULL AS enrollments_exist,
             to_regclass('academics.copied') IS NULL AS no_copy,
             (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects,
             (SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables WHERE relid = to_regclass('academics.enrollments')) IS NOT NULL AS counted`);
    const enrollments = await observer.query('SELECT count(*)::int AS n FROM academics.enrollments').catch(() => ({ rows: [{ n: null }] }));
    return JSON.stringify([rows[0], enrollments.rows[0]]);
  }

  /** Commits whatever is done in it, unlike the real read-only transaction. */
  const writable = (client: DataApiClient): ReadOnlyDatabase => ({
    readOnly: (_options, work) =>
      client.transaction((transaction) => work({ query: (sql, parameters) => transaction.query<Record<string, unknown>>(sql, parameters) })),
  });

  const execute = (options: { readonly guard?: StatementGuard; readonly database: ReadOnlyDatabase }, sql: string) =>
    createExecuteQuery({ guard: options.guard ?? noGuard, database: options.database, audit: createMemoryAudit(), searchPath: [] })({ sql, caller });

  beforeAll(async () => {
    aurora = await startLocalAurora({ ephemeral: true, samples: ['university'] });
    const connect = (secretArn: string): DataApiClient =>
      createDataApiClient({ resourceArn: aurora.resourceArn, secretArn, database: 'university', endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    admin = connect(aurora.adminSecretArn);
    reader = connect(aurora.readOnlySecretArn);
    observer = new Client({ connectionString: aurora.postgres.connectionString({ database: 'university' }) });
    await observer.connect();
    const [{ admin: owner } = { admin: '' }] = (await admin.query<{ admin: string }>('SELECT current_user AS admin')).rows;
    administrator = `"${owner}"`;
    // The local cluster takes large objects from everybody; given back, so that only the layer under test is in the way.
    await observer.query(`GRANT EXECUTE ON FUNCTION pg_catalog.lo_create(oid) TO ${administrator}`);
    artifact = await introspect(async (sql) => (await reader.query<Record<string, unknown>>(sql)).rows);
    guard = await createGuard({ dialect: 'postgresql', version: 17, policy: policyFromSchema(artifact) });
    untouched = await state();
  });

  afterAll(async () => {
    await observer?.end();
    await aurora?.stop();
  });

  beforeEach(async () => {
    expect(await state(), 'an earlier test changed the data').toBe(untouched);
  });

  describe('the input screen, before any model is called', () => {
    it.each(writeAttempts)('refuses: $name', async ({ question, sql }) => {
      let called = false;
      const model = { ...obedientModel(sql), generate: () => ((called = true), obedientModel(sql).generate({ system: [], messages: [] })) };
      const generateQuery = createGenerateQuery({ textToSql: createTextToSql({ artifact, guard, model }), audit: createMemoryAudit() });
      expect(await generateQuery({ question, caller })).toMatchObject({ kind: 'refusal', stage: 'screen' });
      expect(called).toBe(false);
    });
  });

  describe('the guard, with the screen off and an obedient model', () => {
    it.each([...writeAttempts, ...disguisedWrites])('refuses to generate: $name', async ({ sql }) => {
      const textToSql = createTextToSql({ artifact, guard, model: obedientModel(sql), screen: false });
      const generateQuery = createGenerateQuery({ textToSql, audit: createMemoryAudit() });
      const result = await generateQuery({ question: 'Which departments are there?', caller });
      expect(result.kind).not.toBe('statement');
    });

    it.each([...writeAttempts, ...disguisedWrites])('refuses to execute, with role and transaction off: $name', async ({ sql }) => {
      expect(await execute({ guard, database: writable(admin) }, sql)).toMatchObject({ kind: 'refusal', stage: 'guard' });
      expect(await state()).toBe(untouched);
    });
  });

  describe('the read-only role, with screen, guard and transaction off', () => {
    it.each([...writeAttempts, ...disguisedWrites])('refuses: $name', async ({ sql }) => {
      expect(await execute({ database: writable(reader) }, sql)).toMatchObject({ kind: 'failure', code: 'permission-denied' });
      expect(await state()).toBe(untouched);
    });
  });

  describe('the read-only transaction, with screen, guard and role off', () => {
    it.each([...writeAttempts, ...disguisedWrites])('refuses: $name', async ({ sql }) => {
      expect(await execute({ database: admin }, sql)).toMatchObject({ kind: 'failure', sqlState: '25006' });
      expect(await state()).toBe(untouched);
    });
  });

  // Without this the tests above could pass for another reason than the layer they name.
  describe('with every layer off', () => {
    const scratch = (sql: string): string => sql.replaceAll('academics.enrollments', 'academics.scratch').replaceAll('academics.departments', 'academics.scratch_departments').replaceAll('academics.copied', 'academics.scratch_copied');

    it.each([...writeAttempts.filter((attempt) => attempt.name.endsWith('as SQL')), ...disguisedWrites])('the write happens: $name', async ({ sql }) => {
      await observer.query('CREATE TABLE academics.scratch AS SELECT * FROM academics.enrollments');
      await observer.query('CREATE TABLE academics.scratch_departments AS SELECT * FROM academics.departments');
      await observer.query(`ALTER TABLE academics.scratch OWNER TO ${administrator}; ALTER TABLE academics.scratch_departments OWNER TO ${administrator}`);
      const fingerprint = async (): Promise<string> => {
        const tables = await observer.query("SELECT coalesce(string_agg(c.relname, ',' ORDER BY c.relname), '') AS names FROM pg_class c WHERE c.relnamespace = 'academics'::regnamespace AND c.relkind = 'r' AND c.relname LIKE 'scratch%'");
        const rows = await observer.query('SELECT count(*)::int AS n FROM academics.scratch').catch(() => ({ rows: [{ n: 'gone' }] }));
        const departments = await observer.query("SELECT md5(string_agg(s::text, ',' ORDER BY s::text)) AS digest FROM academics.scratch_departments s");
        const objects = await observer.query('SELECT count(*)::int AS objects FROM pg_largeobject_metadata');
        return JSON.stringify([tables.rows[0], rows.rows[0], departments.rows[0], objects.rows[0]]);
      };
      try {
        const before = await fingerprint();
        await execute({ database: writable(admin) }, scratch(sql));
        expect(await fingerprint()).not.toBe(before);
      } finally {
        await observer.query('DROP TABLE IF EXISTS academics.scratch, academics.scratch_departments, academics.scratch_copied');
        await observer.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata');
      }
    });
  });
});
