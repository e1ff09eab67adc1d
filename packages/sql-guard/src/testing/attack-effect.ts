import type pg from 'pg';
import { sessionState, type SessionState } from './state-oracle.js';

/** What an attack did to a server that nobody guarded. The first that holds, in this order. */
export type Effect =
  | 'reads-secret'
  | 'changes-state'
  | 'takes-lock'
  | 'too-slow'
  | 'too-large'
  | 'reveals-or-computes'
  | `error ${string}`;

const LARGE_ANSWER = 1_000_000;

/**
 * Runs one attack as a superuser inside a transaction that is rolled back, and says what it did.
 * `timeout` in milliseconds is how long it may run before it counts as too slow.
 */
export async function attackEffect(client: pg.ClientBase, sql: string, timeout = 150): Promise<Effect> {
  try {
    const { answer, before, after } = await runAttack(client, sql, timeout);
    if (answer.includes('TOPSECRET')) return 'reads-secret';
    if (after.transactionId !== before.transactionId) return 'changes-state';
    if (after.walPosition !== before.walPosition && (await writesAgain(client, sql, timeout))) return 'changes-state';
    if (after.session !== before.session) return 'takes-lock';
    return answer.length > LARGE_ANSWER ? 'too-large' : 'reveals-or-computes';
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    if (message.includes('TOPSECRET')) return 'reads-secret';
    if (code === '57014') return 'too-slow';
    if (code === '54000' || code === '53200' || code === '22023') return 'too-large';
    return `error ${code ?? 'connection'}`;
  }
}

interface AttackRun {
  /** All rows of all results, as JSON. */
  readonly answer: string;
  readonly before: SessionState;
  readonly after: SessionState;
}

async function runAttack(client: pg.ClientBase, sql: string, timeout: number): Promise<AttackRun> {
  await client.query(`ROLLBACK`);
  await client.query(`BEGIN`);
  await client.query(`SET LOCAL statement_timeout = '${String(timeout)}ms'; SET LOCAL lock_timeout = '100ms'`);
  const before = await sessionState(client);
  const result = await client.query({ text: sql, rowMode: 'array' });
  const results = (Array.isArray(result) ? result : [result]) as readonly { readonly rows: readonly unknown[] }[];
  return { answer: JSON.stringify(results.map(({ rows }) => rows)), before, after: await sessionState(client) };
}

/**
 * Whether an attack that wrote to the log without a transaction id does so a second time.
 * The first reader of a page may log its hint bits or prune it, which is the server's housekeeping; it does so once.
 */
async function writesAgain(client: pg.ClientBase, sql: string, timeout: number): Promise<boolean> {
  await client.query('ROLLBACK');
  // A switch of the log file does nothing when nothing was logged since the last one.
  await client.query("SELECT pg_logical_emit_message(false, 'attack', 'again')");
  const { before, after } = await runAttack(client, sql, timeout);
  return after.walPosition !== before.walPosition;
}
