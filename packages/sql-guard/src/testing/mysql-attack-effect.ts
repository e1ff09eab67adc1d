import type { Connection } from 'mysql2/promise';
import { mysqlSessionState } from './mysql-state-oracle.js';

/** What an attack did to a MySQL that nobody guarded, beside what it left behind. The first that holds, in this order. */
export type MysqlEffect = 'reads-secret' | 'changes-state' | 'changes-session' | 'ends-server' | 'too-slow' | 'too-large' | 'reveals-or-computes' | `error ${string}`;

const LARGE_ANSWER = 1_000_000;
/** Only a statement that waits on purpose is cut short: any other may be slow because the machine is. */
const waits = /sleep|benchmark|wait/i;

/**
 * Runs one attack as an administrator in a transaction that is committed, and says what it did.
 * @param usual the state of such a session before anything was done in it
 */
export async function mysqlAttackEffect(client: Connection, observer: Connection, sql: string, usual: string): Promise<MysqlEffect> {
  await client.query('START TRANSACTION');
  let killed: Promise<unknown> | null = null;
  const timer = setTimeout(() => { killed = observer.query(`KILL QUERY ${String(client.threadId)}`).catch(() => undefined); }, waits.test(sql) ? 150 : 120_000);
  let effect: MysqlEffect;
  try {
    const [answer] = await client.query(sql);
    const text = JSON.stringify(answer);
    effect = text.includes('TOPSECRET') ? 'reads-secret' : text.length > LARGE_ANSWER ? 'too-large' : 'reveals-or-computes';
  } catch (error) {
    const { errno, code, message } = error as { readonly errno?: number; readonly code?: string; readonly message: string };
    if (message.includes('TOPSECRET')) effect = 'reads-secret';
    else effect = code === 'PROTOCOL_CONNECTION_LOST' || code === 'ECONNRESET' ? 'ends-server' : `error ${String(errno ?? code)}`;
  } finally {
    clearTimeout(timer);
  }
  if (killed !== null) {
    await (killed as Promise<unknown>);
    return effect === 'reads-secret' ? effect : 'too-slow';
  }
  if (effect === 'reads-secret' || effect === 'ends-server' || isUnread(effect, sql)) return effect;
  // Where a lock keeps even this from being read, a lock was taken.
  const after = await mysqlSessionState(client).catch(() => 'unreadable');
  await client.query('COMMIT').catch(() => undefined);
  return after === usual ? effect : 'changes-session';
}

/** The server could not parse the one statement that there is, so nothing was done. */
export const isUnread = (effect: MysqlEffect, sql: string): boolean => effect === 'error 1064' && !sql.includes(';');
