import type { Guard, Verdict, Violation } from '@ask-aurora/sql-guard';
import type { ExtractedStatement } from '../extraction/extract-reply.js';
import type { DatabaseComplaint, DryRun } from './dry-run.js';
import type { ParameterValue } from './parameter-value.js';
import type { Tracer } from './tracer.js';

type Accepted = Extract<Verdict, { readonly ok: true }>;

export type CheckedCandidate =
  | { readonly outcome: 'accepted'; readonly verdict: Accepted; readonly parameters: Readonly<Record<string, ParameterValue>>; readonly totalCost: number | null }
  | { readonly outcome: 'guard'; readonly violations: readonly Violation[] }
  | { readonly outcome: 'parameters'; readonly missing: readonly string[] }
  | { readonly outcome: 'dry-run'; readonly error: DatabaseComplaint };

/** Asks the guard, checks that each parameter has its value, and asks the database whether it can plan the statement. */
export async function checkCandidate(
  candidate: Pick<ExtractedStatement, 'sql' | 'parameters'>,
  ports: { readonly guard: Guard; readonly dryRun: DryRun | undefined; readonly tracer: Tracer; readonly signal: AbortSignal; readonly traceContent: boolean },
): Promise<CheckedCandidate> {
  const { guard, dryRun, tracer, signal } = ports;
  const content = ports.traceContent ? { sql: candidate.sql } : {};
  const verdict = await tracer.step(
    'guard',
    () => guard.check(candidate.sql),
    (result) => ({ outcome: result.ok ? 'ok' : 'refused', detail: { ...content, ...(result.ok ? { relations: result.statement.relations.map(({ schema, name }) => `${schema}.${name}`) } : { rules: result.violations.map(({ rule }) => rule) }) } }),
  );
  if (!verdict.ok) return { outcome: 'guard', violations: verdict.violations };

  const names = verdict.statement.parameters.map(({ name }) => name);
  const missing = names.filter((name) => !Object.hasOwn(candidate.parameters, name));
  if (missing.length > 0) return { outcome: 'parameters', missing };
  const parameters = Object.fromEntries(names.map((name) => [name, candidate.parameters[name] ?? null]));

  if (dryRun === undefined) return { outcome: 'accepted', verdict, parameters, totalCost: null };
  const planned = await tracer.step(
    'dry-run',
    () => dryRun({ sql: verdict.statement.sql, parameters }, { signal }),
    (result) => (result.ok ? { detail: { totalCost: result.totalCost } } : { outcome: 'refused', detail: { sqlState: result.error.sqlState ?? null } }),
  );
  return planned.ok ? { outcome: 'accepted', verdict, parameters, totalCost: planned.totalCost } : { outcome: 'dry-run', error: planned.error };
}
