import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { Guard } from '../guard/guard.js';
import { tokensOf } from '../postgresql/token-span.js';
import { attackCatalogue } from './attack-catalogue.js';
import { attackPolicy } from './attack-policy.js';
import { startAttackServer, type AttackServer } from './attack-server.js';
import { corpusStatements } from './corpora.js';
import { namingStatement } from './naming-generator.js';
import { durableState, lockedRelations, sessionState } from './state-oracle.js';
import { generatedStatement, mutatedStatement, seedsOfReads } from './statement-generator.js';

const total = Number(process.env.ASK_AURORA_FUZZ_STATEMENTS ?? '5000');
const seed = Number(process.env.ASK_AURORA_FUZZ_SEED ?? '20261123');
const version = Number(process.env.ASK_AURORA_FUZZ_VERSION ?? '17') as 16 | 17 | 18;
const tables = ['orders', 'customers', 'partial', 'notes', 'secrets', '"Orders"', 'vault.keys', 'order_totals', 'audit_trail'];
/** Tables that a statement reads through inheritance without naming them. */
const children = new Map([['public.orders_archive', 'public.orders']]);
const BATCH = 250;

describe(`what the guard accepts, run on PostgreSQL ${String(version)}`, () => {
  let server: AttackServer;
  let guard: Guard;
  let client: pg.Client;
  let observer: pg.Client;
  let twin: pg.Client;
  const counts = { statements: 0, accepted: 0, executed: 0, compared: 0, enforced: 0 };

  beforeAll(async () => {
    server = await startAttackServer(version);
    guard = await createGuard({ version, policy: { ...attackPolicy, maxRows: 5 } });
    await server.createTwin();
    [client, observer, twin] = await Promise.all([server.connect(), server.connect(), server.connect('twin')]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([client.end(), observer.end(), twin.end()]);
    await server.stop();
    process.stdout.write(`accepted-statements: ${JSON.stringify({ version, seed, ...counts })}\n`);
  });

  /** The lock oracle: plans the statement without running it, and looks at what was locked. */
  async function locksOnlyWhatItReports(sql: string, relations: ReadonlySet<string>): Promise<boolean> {
    await client.query('BEGIN; SET LOCAL statement_timeout = 1000');
    try {
      await client.query(`PREPARE guarded AS ${sql}`);
    } catch {
      await client.query('ROLLBACK');
      return false;
    }
    const locked = await lockedRelations(client);
    await client.query('ROLLBACK; DEALLOCATE ALL');
    for (const { schema, name, mode } of locked) {
      const full = `${schema}.${name}`;
      expect(relations, `${sql}\nlocks ${full}`).toContain(children.get(full) ?? full);
      expect(mode, sql).toBe('AccessShareLock');
    }
    return true;
  }

  /** The state oracle: runs the statement where it could write, and compares the session before and after. */
  async function changesNothing(sql: string, rowCap: number | null): Promise<void> {
    await client.query('BEGIN; SET LOCAL statement_timeout = 1000');
    const before = await sessionState(client);
    let walMoves = false;
    try {
      const { rows } = await client.query<Record<string, unknown>>(sql);
      counts.executed += 1;
      expect(JSON.stringify(rows), `${sql}\nreturns a secret`).not.toContain('TOPSECRET');
      if (rowCap !== null) expect(rows.length, sql).toBeLessThanOrEqual(rowCap + 1);
      const after = await sessionState(client);
      expect({ ...after, walPosition: '' }, sql).toEqual({ ...before, walPosition: '' });
      // Another process of the server may write in between; a statement that writes does so again.
      if (after.walPosition !== before.walPosition) walMoves = await walMovesAgain(sql);
      expect(walMoves, `${sql}\nwrites to the log`).toBe(false);
      expect(before.transactionId, sql).toBeNull();
    } catch (error) {
      if (!(error instanceof Error) || !('severity' in error)) throw error;
      expect(error.message, `${sql}\nprints a secret in its error`).not.toContain('TOPSECRET');
    } finally {
      await client.query('ROLLBACK');
    }
  }

  async function walMovesAgain(sql: string): Promise<boolean> {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const before = await sessionState(client);
      await client.query(sql);
      if ((await sessionState(client)).walPosition === before.walPosition) return false;
    }
    return true;
  }

  /** The difference oracle: where everything hidden is another, the answer or the error is the same. */
  async function tellsNothingHidden(sql: string): Promise<void> {
    const [answer, other] = await Promise.all([answerOf(client, sql), answerOf(twin, sql)]);
    if (answer === null || other === null) return;
    counts.compared += 1;
    if (answer === other) return;
    // Samples and clocks differ from run to run; what depends on something hidden differs only between the databases.
    const own = new Set([answer]);
    const others = new Set([other]);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const [again, otherAgain] = await Promise.all([answerOf(client, sql), answerOf(twin, sql)]);
      if (again === null || otherAgain === null) return;
      own.add(again);
      others.add(otherAgain);
      if (own.size > 1 || others.size > 1) return;
    }
    expect(other, `${sql}\ndepends on something hidden`).toBe(answer);
  }

  /** Rows or the error, as text; `null` when it took too long. */
  async function answerOf(database: pg.Client, sql: string): Promise<string | null> {
    await database.query('BEGIN; SET LOCAL statement_timeout = 1000');
    try {
      return JSON.stringify((await database.query({ text: sql, rowMode: 'array' })).rows);
    } catch (error) {
      if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) throw error;
      return error.code === '57014' ? null : `${String(error.code)} ${error.message}`;
    } finally {
      await database.query('ROLLBACK');
    }
  }

  async function holds(sql: string): Promise<void> {
    counts.statements += 1;
    const verdict = guard.check(sql);
    if (!verdict.ok) return;
    counts.accepted += 1;
    const relations = new Set(verdict.statement.relations.map(({ schema, name }) => `${schema}.${name}`));
    const text = sql.replace(/;\s*$/, '');
    if (verdict.statement.parameters.length > 0 || !(await locksOnlyWhatItReports(text, relations))) return;
    await changesNothing(text, null);
    await tellsNothingHidden(text);
    const enforced = guard.enforce(sql);
    if (!enforced.ok) return;
    counts.enforced += 1;
    await changesNothing(enforced.statement.sql, enforced.statement.rowLimit);
  }

  it(`reads what it reports, writes nothing, and reveals nothing hidden, over ${String(total)} statements`, async () => {
    const seeds = [...seedsOfReads, ...seedsOfReads, ...seedsOfReads, ...attackCatalogue().map(({ sql }) => sql), ...corpusStatements(200)];
    const statement = fc.oneof({ arbitrary: namingStatement, weight: 3 }, { arbitrary: generatedStatement, weight: 2 }, { arbitrary: mutatedStatement(seedsOfReads, tokensOf), weight: 1 }, { arbitrary: mutatedStatement(seeds, tokensOf), weight: 1 });
    const untouched = await durableState(observer, tables);
    for (let done = 0; done < total; done += BATCH) {
      await fc.assert(fc.asyncProperty(statement, holds), { numRuns: Math.min(BATCH, total - done), seed: seed + done, endOnFailure: false });
      expect(await durableState(observer, tables)).toEqual(untouched);
    }
    expect(counts.accepted).toBeGreaterThan(total / 20);
    expect(counts.executed).toBeGreaterThan(total / 40);
  }, 60_000 + total * 100);
});
