import type pg from 'pg';
import { sessionState } from './state-oracle.js';

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

/** Runs one attack as a superuser inside a transaction that is rolled back, and says what it did. */
export async function attackEffect(client: pg.ClientBase, sql: string): Promise<Effect> {
  await client.query(`ROLLBACK`);
  await client.query(`BEGIN`);
  await client.query(`SET LOCAL statement_timeout = '150ms'; SET LOCAL lock_timeout = '100ms'`);
  const before = await sessionState(client);
  try {
    const result = await client.query({ text: sql, rowMode: 'array' });
    const results = (Array.isArray(result) ? result : [result]) as readonly { readonly rows: readonly unknown[] }[];
    const answer = JSON.stringify(results.map(({ rows }) => rows));
    if (answer.includes('TOPSECRET')) return 'reads-secret';
    const after = await sessionState(client);
    if (after.transactionId !== before.transactionId || after.walPosition !== before.walPosition) return 'changes-state';
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
