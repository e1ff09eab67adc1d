import { createCallerLimits, createCircuitBreaker, createExecuteQuery, createGenerateQuery, createMemoryResultCache, type RowsResult } from '@ask-aurora/agent-actions';
import { startLocalBedrock, type LocalBedrock } from '@ask-aurora/local-aws';
import { createArtifact, createTextToSql, type Model } from '@ask-aurora/nl2sql';
import { createGuard } from '@ask-aurora/sql-guard';
import { BedrockAgentRuntimeClient, InvokeAgentCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordersOfTenant, startTenantDatabase, tenantCount, tenantPolicy, tenantSettings, type TenantDatabase } from './start-tenant-database.js';

/** How hard and how long. */
export interface SoakOptions {
  readonly sessions: number;
  readonly seconds: number;
  /** The time is cut into so many parts; after each all conversations end, and memory at rest is measured. @default 5 */
  readonly parts?: number;
}

/** What came of it. */
export interface SoakReport {
  readonly sessions: number;
  readonly seconds: number;
  readonly turns: number;
  readonly answered: number;
  /** Turns that ended with a failure that said it may be tried again. */
  readonly retryable: number;
  /** Turns without an answer, or with one that was not theirs. Has to be 0. */
  readonly lost: readonly string[];
  /** Rows of another tenant. Has to be 0. */
  readonly crossed: number;
  readonly rowsSeen: number;
  readonly faults: number;
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** Heap in use after forced garbage collection, in MiB: before the first turn, near the end of each part with its turns under way, and after each part when all its conversations have ended. */
  readonly heapMiB: { readonly before: number; readonly busy: readonly number[]; readonly atRest: readonly number[] };
  /** Transactions open at the end. A begin whose answer was dropped leaves one that nobody can end; the service does, after three idle minutes. */
  readonly openTransactions: number;
  readonly droppedAnswers: number;
  /** The machine's load before and after, over one minute: other work on it makes all of this slower. */
  readonly load: readonly [number, number];
}

/**
 * Many sessions of many tenants ask through InvokeAgent, with the AWS SDK, while the Data API resumes, throttles and drops
 * connections. Each question carries a token of its own that its answer has to hold; each row says whose it is.
 */
export async function runSoak({ sessions, seconds, parts = 5 }: SoakOptions): Promise<SoakReport> {
  const loadBefore = loadavg()[0] ?? 0;
  const database = await startTenantDatabase();
  const clients: BedrockAgentRuntimeClient[] = [];
  const bedrock = await startLocalBedrock({ agent: { ...(await actionsOver(database)), model: createRelayModel() } });
  // One connection carries at most 100 streams at a time.
  for (let index = 0; index < Math.ceil(sessions / 100); index += 1) {
    clients.push(new BedrockAgentRuntimeClient({ endpoint: bedrock.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 }));
  }
  const dropped = database.dataApi.faults.inject({ fault: { kind: 'drop-after' }, probability: 0.005 });
  const faults = [
    dropped,
    database.dataApi.faults.inject({ fault: { kind: 'throttling' }, probability: 0.01 }),
    database.dataApi.faults.inject({ fault: { kind: 'drop-before' }, probability: 0.005 }),
    database.dataApi.faults.inject({ fault: { kind: 'latency', milliseconds: 50 }, probability: 0.05 }),
  ];
  let resumed = 0;
  const pauses = setInterval(() => {
    database.dataApi.faults.resumeFor(500);
    resumed += 1;
  }, 10_000);

  const tally = { turns: 0, answered: 0, retryable: 0, crossed: 0, rowsSeen: 0, lost: [] as string[], latencies: [] as number[] };
  const turnsOf = new Map<number, number>();
  const session = async (index: number, ends: number) => {
    const client = clients[index % clients.length];
    if (client === undefined) return;
    const tenantId = `t-${index % tenantCount}`;
    let isOpen = false;
    while (performance.now() < ends) {
      const turn = turnsOf.get(index) ?? 0;
      turnsOf.set(index, turn + 1);
      const token = `tok${index}x${turn}`;
      const begun = performance.now();
      const isLast = turn % turnsOfConversation === turnsOfConversation - 1;
      isOpen = !isLast;
      tally.turns += 1;
      try {
        judge(await ask(client, bedrock, `session-${index}`, tenantId, token, isLast), tenantId, token, tally);
      } catch (error) {
        tally.lost.push(`${token}: ${error instanceof Error ? `${error.name} ${error.message}` : String(error)}`);
      }
      tally.latencies.push(performance.now() - begun);
      await sleep(Math.random() * 500);
    }
    if (isOpen) await client.send(new InvokeAgentCommand({ agentId: bedrock.agentId, agentAliasId: bedrock.agentAliasId, sessionId: `session-${index}`, endSession: true }));
  };

  const partMs = (seconds * 1_000) / parts;
  const heap = { before: heapMiB(), busy: [] as number[], atRest: [] as number[] };
  for (let part = 0; part < parts; part += 1) {
    const ends = performance.now() + partMs;
    await Promise.all([sleep(partMs * 0.9).then(() => heap.busy.push(heapMiB())), ...Array.from({ length: sessions }, (_, index) => session(index, ends))]);
    // Longer than a result is kept.
    await sleep(1_500);
    heap.atRest.push(heapMiB());
  }
  clearInterval(pauses);

  const sorted = tally.latencies.sort((a, b) => a - b);
  const quantile = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  const report: SoakReport = {
    sessions,
    seconds,
    turns: tally.turns,
    answered: tally.answered,
    retryable: tally.retryable,
    lost: tally.lost,
    crossed: tally.crossed,
    rowsSeen: tally.rowsSeen,
    faults: faults.reduce((sum, fault) => sum + fault.hits, resumed),
    latencyMs: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
    heapMiB: heap,
    openTransactions: database.dataApi.stats().transactions,
    droppedAnswers: dropped.hits,
    load: [loadBefore, loadavg()[0] ?? 0],
  };
  for (const client of clients) client.destroy();
  await bedrock.stop();
  await database.stop();
  return report;
}

/** A conversation ends after so many turns, and the session begins anew. */
const turnsOfConversation = 3;

async function actionsOver(database: TenantDatabase) {
  const guard = await createGuard({ version: 17, policy: tenantPolicy });
  const column = (name: string, type: string) => ({ name, type, nullable: false, comment: null });
  const artifact = createArtifact({ dialect: 'postgresql', serverVersion: '17', database: 'tenants', relations: [{ schema: 'shop', name: 'orders', kind: 'table', comment: null, columns: [column('id', 'integer'), column('tenant_id', 'text')] }] });
  const audit = { record: () => undefined };
  const callerLimits = createCallerLimits({ callsPerMinute: 10_000, burst: 10_000, tokens: 1e12 });
  return {
    generateQuery: createGenerateQuery({ textToSql: createTextToSql({ artifact, guard, model: createTokenModel() }), audit, callerLimits }),
    executeQuery: createExecuteQuery({
      guard,
      database: database.reader,
      audit,
      callerLimits,
      tenantSettings,
      circuitBreaker: createCircuitBreaker({ failures: 50, openMs: 500 }),
      cache: createMemoryResultCache<RowsResult>({ ttlMs: 1_000, maxBytes: 4 * 1024 * 1024 }),
      schemaHash: artifact.hash,
    }),
  };
}

/** Writes the statement for a question of the soak. Every third has no token in it, so that sessions of several tenants share cache entries. */
function createTokenModel(): Model {
  return {
    id: 'token',
    generate(request) {
      const token = /tok\d+x\d+/.exec(JSON.stringify(request.messages.at(-1)))?.[0] ?? '';
      const shared = Number(token.split('x')[1]) % 3 === 0;
      const reply = shared
        ? { sql: 'SELECT tenant_id, id FROM shop.orders ORDER BY id LIMIT 50', parameters: {} }
        : { sql: 'SELECT tenant_id, id, :token::text AS token FROM shop.orders ORDER BY id LIMIT 50', parameters: { token } };
      const text = JSON.stringify({ ...reply, explanation: '', confidence: 1 });
      const wanted = request.tools?.[0];
      return Promise.resolve({
        content: wanted === undefined ? [{ type: 'text', text }] : [{ type: 'tool-use', id: 'tooluse_1', name: wanted.name, input: JSON.parse(text) as unknown }],
        stopReason: wanted === undefined ? 'end' : 'tool-use',
        usage: { inputTokens: 10, outputTokens: 10 },
        latencyMs: 1,
      });
    },
  };
}

/** An agent's model that makes the two calls and answers with the last reply as it is, behind the token of its question. */
function createRelayModel(): Model {
  return {
    id: 'relay',
    generate({ messages }) {
      const last = messages.at(-1)?.content.at(-1);
      const question = messages.flatMap((message) => (message.role === 'user' ? message.content : [])).reduce((found, content) => (content.type === 'text' ? content.text : found), '');
      const use = (name: string, input: unknown) => ({ content: [{ type: 'tool-use' as const, id: `tooluse_${messages.length}`, name, input }], stopReason: 'tool-use' as const });
      const say = (text: string) => ({ content: [{ type: 'text' as const, text }], stopReason: 'end' as const });
      const body = last?.type === 'tool-result' ? (JSON.parse(last.text) as { outcome: string; sql?: string; parameters?: unknown }) : undefined;
      const step = body === undefined ? use('generate_query', { question }) : body.outcome === 'statement' ? use('execute_query', { sql: body.sql, parameters: body.parameters }) : say(JSON.stringify({ question, body }));
      return Promise.resolve({ ...step, usage: { inputTokens: 10, outputTokens: 10 }, latencyMs: 1 });
    },
  };
}

async function ask(client: BedrockAgentRuntimeClient, { agentId, agentAliasId }: LocalBedrock, sessionId: string, tenantId: string, token: string, endSession: boolean): Promise<string> {
  const { completion } = await client.send(new InvokeAgentCommand({ agentId, agentAliasId, sessionId, inputText: `Which orders are there, for ${token}?`, endSession, sessionState: { sessionAttributes: { tenantId } } }));
  let text = '';
  for await (const event of completion ?? []) if (event.chunk?.bytes !== undefined) text += new TextDecoder().decode(event.chunk.bytes);
  return text;
}

function judge(text: string, tenantId: string, token: string, tally: { answered: number; retryable: number; crossed: number; rowsSeen: number; lost: string[] }): void {
  const { question, body } = JSON.parse(text) as { question: string; body: { outcome: string; retryable?: boolean; code?: string; rows?: readonly (readonly unknown[])[] } };
  if (!question.includes(`${token}?`)) {
    tally.lost.push(`${token}: the answer of another question`);
  } else if (body.outcome === 'rows' && body.rows !== undefined) {
    tally.rowsSeen += body.rows.length;
    tally.crossed += body.rows.filter((row) => row[0] !== tenantId).length;
    const whole = body.rows.length === Math.min(50, ordersOfTenant) && body.rows.every((row) => row.length === 2 || row[2] === token);
    if (whole) tally.answered += 1;
    else tally.lost.push(`${token}: rows are missing, or another token is in them`);
  } else if (body.outcome === 'failure' && body.retryable === true) tally.retryable += 1;
  else tally.lost.push(`${token}: ${JSON.stringify(body).slice(0, 200)}`);
}

function heapMiB(): number {
  // Twice: the first collection only finds out what weak references and finalizers still held.
  for (let round = 0; round < 2; round += 1) (globalThis as { gc?: () => void }).gc?.();
  return Math.round((process.memoryUsage().heapUsed / 1024 / 1024) * 10) / 10;
}
