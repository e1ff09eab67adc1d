import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGuard } from '../guard/create-guard.js';
import type { Verdict } from '../verdict/verdict.js';
import { attackCatalogue } from './attack-catalogue.js';
import { attackPolicy } from './attack-policy.js';
import { legitimateStatements } from './legitimate-statements.js';

/**
 * What exactly is said of every statement of the two catalogues, as recorded and reviewed. A change of the walker that only changes
 * a reason, a place or a reported column shows here. `ASK_AURORA_RECORD=1` records anew.
 */
function summary(verdict: Verdict): unknown {
  if (!verdict.ok) return verdict.violations.map(({ rule, message, hint, start, end }) => `${rule} ${String(start)}-${String(end)} ${message} ${hint}`);
  const { columns, functions, operators, parameters, sql } = verdict.statement;
  return { columns: columns.map(({ relation, column }) => `${relation}.${column}`).join(' '), functions: functions.join(' '), operators: operators.join(' '), parameters: parameters.map(({ name }) => name).join(' '), sql };
}

const guard = await createGuard({ version: 17, policy: attackPolicy });

describe.each([
  ['attacks', attackCatalogue().filter(({ sql }) => sql.length < 5_000), (sql: string) => guard.check(sql)],
  ['legitimate', legitimateStatements().filter(({ from = 16 }) => from <= 17), (sql: string) => guard.enforce(sql)],
] as const)('the verdicts on the %s', (name, statements, judge) => {
  const file = new URL(`../../${name}/verdicts-17.recorded.json`, import.meta.url);
  if (process.env.ASK_AURORA_RECORD === '1') writeFileSync(file, `${JSON.stringify(Object.fromEntries(statements.map(({ id, sql }) => [id, summary(judge(sql))])), null, 1)}\n`);
  const recorded = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, unknown>;

  it.each(statements.map(({ id, sql }) => [id, sql] as const))('%s', (id, sql) => {
    expect(summary(judge(sql))).toEqual(recorded[id]);
  });

  it('are recorded for these and no others', () => {
    expect(Object.keys(recorded).sort()).toEqual(statements.map(({ id }) => id).sort());
  });
});
