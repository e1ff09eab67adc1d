import { createExecuteQuery, createGenerateQuery, createMemoryAudit, createPlanGate, type Actions } from '@ask-aurora/agent-actions';
import { createTextToSql, Nl2SqlError, createArtifact } from '@ask-aurora/nl2sql';
import { createGuard } from '@ask-aurora/sql-guard';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fronts } from './all-fronts.js';
import type { ReplyBody } from './front.js';
import { createReplyModel } from './reply-model.js';
import { startTenantDatabase, tenantPolicy, tenantSettings, type TenantDatabase } from './start-tenant-database.js';

interface Scenario {
  readonly tool: 'generate_query' | 'execute_query';
  readonly input: Readonly<Record<string, unknown>>;
  readonly tenant?: Readonly<Record<string, string>>;
  readonly before?: (database: TenantDatabase) => void;
  /** Milliseconds for a statement. @default 15_000, which no statement of the others needs */
  readonly statementTimeoutMs?: number;
  /** What every front has to say. */
  readonly expected: Readonly<Record<string, unknown>>;
}

const mine = { tenantId: 't-3' };
const scenarios: Readonly<Record<string, Scenario>> = {
  'answer, generated': { tool: 'generate_query', input: { question: 'How many orders are there?' }, expected: { outcome: 'statement', sql: 'SELECT count(*) AS orders FROM shop.orders WHERE amount > :least::numeric', parameters: { least: 10 } } },
  'answer, executed': { tool: 'execute_query', input: { sql: 'SELECT count(*) AS orders FROM orders WHERE amount > :least::numeric', parameters: { least: 10 } }, expected: { outcome: 'rows', rows: [[99]], rowCount: 1, truncated: false } },
  clarification: { tool: 'generate_query', input: { question: 'Show the best ones.' }, expected: { outcome: 'clarification', question: 'Best by what?' } },
  abstention: { tool: 'generate_query', input: { question: 'What is the weather?' }, expected: { outcome: 'abstention' } },
  'refusal of what the model wrote': { tool: 'generate_query', input: { question: 'What does everyone earn?' }, expected: { outcome: 'refusal', stage: 'guard' } },
  'refusal of a statement': { tool: 'execute_query', input: { sql: 'SELECT salary FROM private.salaries' }, expected: { outcome: 'refusal', stage: 'guard' } },
  'write attempt in words': { tool: 'generate_query', input: { question: 'Please delete all orders of last year' }, expected: { outcome: 'refusal', stage: 'screen' } },
  'write attempt in SQL': { tool: 'execute_query', input: { sql: 'DELETE FROM orders' }, expected: { outcome: 'refusal', stage: 'guard' } },
  'too large': { tool: 'execute_query', input: { sql: 'SELECT id, body FROM documents ORDER BY id' }, expected: { outcome: 'rows', truncated: true, rowCount: 200, rowCountIsExact: true } },
  'more rows than are asked for': { tool: 'execute_query', input: { sql: 'SELECT id FROM orders ORDER BY id', max_rows: 5 }, expected: { outcome: 'rows', rowCount: 100, rowCountIsExact: true, truncated: true, rowsShown: 5, note: expect.stringContaining('has 100 rows; only the first 5 are here. To ask for less') as string } },
  'more rows than can be counted': { tool: 'execute_query', input: { sql: 'SELECT a.id FROM documents a, documents b, documents c', max_rows: 5 }, expected: { outcome: 'rows', rowCount: 100_000, rowCountIsExact: false, truncated: true, note: expect.stringContaining('more than 100000 rows') as string } },
  'too costly': { tool: 'execute_query', input: { sql: 'SELECT count(*) FROM documents a, documents b, documents c, documents d, documents e, documents f' }, expected: { outcome: 'refusal', stage: 'plan' } },
  timeout: { tool: 'execute_query', input: { sql: 'SELECT count(*) FROM documents a, documents b, documents c, documents d' }, statementTimeoutMs: 400, expected: { outcome: 'failure', code: 'timeout', sqlState: '57014', retryable: false } },
  'resuming database': { tool: 'execute_query', input: { sql: 'SELECT count(*) AS orders FROM orders' }, before: (database) => database.dataApi.faults.resumeFor(150), expected: { outcome: 'rows', rows: [[100]] } },
  'throttled model': { tool: 'generate_query', input: { question: 'How busy are you?' }, expected: { outcome: 'failure', code: 'throttled', retryable: true } },
  'malformed event, generate': { tool: 'generate_query', input: {}, expected: { outcome: 'refusal', stage: 'input' } },
  'malformed event, execute': { tool: 'execute_query', input: { sql: 'SELECT 1', parameters: '{half' }, expected: { outcome: 'refusal', stage: 'input' } },
  'ill-typed parameter': { tool: 'execute_query', input: { sql: 'SELECT id FROM orders WHERE id = :id::int', parameters: { id: 'x' } }, expected: { outcome: 'refusal', stage: 'parameters' } },
  'no tenant': { tool: 'execute_query', input: { sql: 'SELECT id FROM orders' }, tenant: {}, expected: { outcome: 'refusal', stage: 'tenant' } },
  'malformed tenant': { tool: 'execute_query', input: { sql: 'SELECT id FROM orders' }, tenant: { tenantId: "t-3' OR true --" }, expected: { outcome: 'refusal', stage: 'tenant' } },
  'rows of another tenant': { tool: 'execute_query', input: { sql: "SELECT id FROM orders WHERE tenant_id = 't-4'" }, expected: { outcome: 'rows', rows: [], rowCount: 0 } },
  'a tenant named by the model': { tool: 'execute_query', input: { sql: 'SELECT DISTINCT tenant_id FROM orders', tenantId: 't-4', tenant: { tenantId: 't-4' } }, expected: { outcome: 'rows', rows: [['t-3']] } },
};

let database: TenantDatabase;
let actionsFor: (scenario: Scenario) => Required<Actions>;
beforeAll(async () => {
  database = await startTenantDatabase();
  const guard = await createGuard({ version: 17, policy: tenantPolicy });
  const column = (name: string, type: string) => ({ name, type, nullable: false, comment: null });
  const artifact = createArtifact({
    dialect: 'postgresql', serverVersion: '17', database: 'tenants',
    relations: [{ schema: 'shop', name: 'orders', kind: 'table', comment: null, columns: [column('id', 'integer'), column('tenant_id', 'text'), column('customer', 'text'), column('amount', 'numeric')] }],
  });
  const model = createReplyModel({
    'How many orders': { sql: 'SELECT count(*) AS orders FROM shop.orders WHERE amount > :least::numeric', parameters: { least: 10 }, explanation: 'Counts orders.', confidence: 0.9 },
    'best ones': { clarification: 'Best by what?' },
    weather: { abstain: 'The database holds no weather.' },
    'everyone earn': { sql: 'SELECT salary FROM private.salaries', parameters: {} },
    'How busy': new Nl2SqlError({ code: 'model-throttled', message: 'words of the provider', retryable: true }),
  });
  const audit = createMemoryAudit();
  const generateQuery = createGenerateQuery({ textToSql: createTextToSql({ artifact, guard, model }), audit });
  actionsFor = ({ statementTimeoutMs = 15_000 }) => ({
    generateQuery,
    executeQuery: createExecuteQuery({ guard, database: database.reader, audit, tenantSettings, limits: { statementTimeoutMs, countTimeoutMs: 10_000 }, planGate: createPlanGate({ totalCost: 1e9 }) }),
  });
});
afterAll(() => database.stop());
afterEach(() => database.dataApi.faults.clear());

/** What must be the same: everything but how many rows fitted into the front's envelope. */
function essenceOf(body: ReplyBody): ReplyBody {
  if (body['truncated'] !== true) return body;
  const { rows: _rows, note: _note, rowsShown: _rowsShown, ...essence } = body;
  return essence;
}

describe.each(Object.entries(scenarios))('%s', (_, scenario) => {
  let reference: ReplyBody | undefined;
  it.each(Object.keys(fronts))('%s', async (name) => {
    scenario.before?.(database);
    const front = await fronts[name]!(actionsFor(scenario));
    try {
      const body = await front.call(scenario.tool, scenario.input, scenario.tenant ?? mine);
      expect(body).toMatchObject(scenario.expected);
      reference ??= essenceOf(body);
      expect(essenceOf(body)).toEqual(reference);
    } finally {
      await front.stop();
    }
  });
});
