import type { ParameterValue, TraceStep } from '@ask-aurora/nl2sql';
import { z } from 'zod';
import { AgentActionsError } from '../agent-actions-error.js';
import type { AuditSink } from '../audit/audit-sink.js';
import { auditedRelations, auditedStatement, createAuditDraft, type AuditDraft } from '../audit/create-audit-draft.js';
import type { ResultCache } from '../cache/result-cache.js';
import type { Caller } from '../caller/caller.js';
import { createTenantPolicy, type TenantSettingInput } from '../caller/tenant-policy.js';
import { createBulkhead, type Bulkhead } from '../limits/create-bulkhead.js';
import { createDeadline, type Deadline } from '../limits/create-deadline.js';
import type { CallerLimits } from '../limits/create-caller-limits.js';
import { createCircuitBreaker, type CircuitBreaker } from '../limits/create-circuit-breaker.js';
import { checkParameters } from '../parameters/check-parameters.js';
import { parameterNamesOf } from '../parameters/parameter-names-of.js';
import { inferParameterTypes } from '../parameters/infer-parameter-types.js';
import type { ReadOnlyDatabase } from '../ports/read-only-database.js';
import type { GuardDecision, StatementGuard } from '../ports/statement-guard.js';
import { createStepRecorder, type StepRecorder } from '../trace/create-step-recorder.js';
import { cacheKey } from './cache-key.js';
import { executeLimitsSchema, type ExecuteLimitsInput } from './execute-limits.js';
import type { ExecuteFailure, ExecuteQueryResult, ExecuteRefusal, RowsResult } from './execute-query-result.js';
import { countingStatement } from './count-rows.js';
import type { PlanGate } from './plan-gate.js';
import { runStatement } from './run-statement.js';
import { pinnedSearchPath } from './search-path.js';
import { shapeRows } from './shape-rows.js';
import { isDatabaseFault, shapeDatabaseError } from './shape-database-error.js';

/** What execute-query works with. */
export interface ExecuteQueryPorts {
  readonly guard: StatementGuard;
  /** Connected as the read-only role. */
  readonly database: ReadOnlyDatabase;
  readonly audit: AuditSink;
  /** Caps of rows, bytes and time. */
  readonly limits?: ExecuteLimitsInput;
  /** Session attributes that become settings for row-level security. @default none */
  readonly tenantSettings?: readonly TenantSettingInput[];
  /** Schemas of the pinned search_path, after pg_catalog. @default the guard's, which is the one it read the statement with */
  readonly searchPath?: readonly string[];
  /** Judges each plan before it runs. @default no gate */
  readonly planGate?: PlanGate;
  readonly callerLimits?: CallerLimits;
  /** @default a breaker of its own */
  readonly circuitBreaker?: CircuitBreaker;
  /** Transactions at once in this process; keep it below the connections of the database client. @default 20, and 1,000 that wait */
  readonly bulkhead?: Bulkhead;
  /** Results to be used again. Needs `schemaHash`. @default none */
  readonly cache?: ResultCache<RowsResult>;
  /** The schema artifact's hash: a changed schema finds no older result. */
  readonly schemaHash?: string;
  /** Hears of faults that callers are told nothing about; see `describeFault` for what may be logged of one. @default nobody */
  readonly onFault?: (error: unknown) => void;
  /** Wall clock in milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** One call. */
export interface ExecuteQueryInput {
  readonly sql: string;
  /** Values of the statement's `:name` parameters, all of them and no others. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly caller: Caller;
  /** Fewer rows than the configured cap, never more. */
  readonly maxRows?: number;
  /** Milliseconds left to the caller; the configured deadline holds as well. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: TraceStep) => void;
}

/** Runs one statement and says what came of it. Refusals and failures are results, not exceptions. */
export type ExecuteQuery = (input: ExecuteQueryInput) => Promise<ExecuteQueryResult>;

/** Time of a call that is kept back from counting, to end the transaction and answer. */
const answerReserveMs = 500;
/** Time after which a database that has not said a word counts as ill. */
const silenceMs = 1_000;

type Refused = Pick<ExecuteRefusal, 'stage' | 'reason'> & Partial<ExecuteRefusal>;

/**
 * Makes the action that executes a statement: guard, tenant settings, parameters, cache, then one read-only
 * transaction with a plan gate and a statement timeout, rolled back whatever happens; caps on the rows; one audit
 * record for each call.
 *
 * @example
 * ```ts
 * const executeQuery = createExecuteQuery({ guard, database: createDataApiClient({ resourceArn, secretArn, database: 'sales' }), audit });
 * const result = await executeQuery({ sql: 'SELECT count(*) FROM sales.orders', caller });
 * if (result.kind === 'rows') show(result.columns, result.rows);
 * ```
 * @throws AgentActionsError `invalid-configuration` when a limit or a tenant setting is malformed.
 */
export function createExecuteQuery(ports: ExecuteQueryPorts): ExecuteQuery {
  const parsedLimits = executeLimitsSchema.safeParse(ports.limits ?? {});
  if (!parsedLimits.success) throw new AgentActionsError('invalid-configuration', `The limits are malformed: ${z.prettifyError(parsedLimits.error)}`);
  if (ports.cache !== undefined && ports.schemaHash === undefined) {
    throw new AgentActionsError('invalid-configuration', 'A result cache needs schemaHash, so that a changed schema finds no older result.');
  }
  const limits = parsedLimits.data;
  const tenantPolicy = createTenantPolicy(ports.tenantSettings ?? []);
  const breaker = ports.circuitBreaker ?? createCircuitBreaker();
  const bulkhead = ports.bulkhead ?? createBulkhead();
  const searchPath = pinnedSearchPath(ports.searchPath ?? ports.guard.policy.searchPath);

  // A cache only saves work: one that fails costs no caller the answer.
  const find = async (key: string) => {
    try {
      return await ports.cache?.get(key);
    } catch (error) {
      ports.onFault?.(error);
      return undefined;
    }
  };
  const keep = async (key: string, result: RowsResult) => {
    try {
      await ports.cache?.set(key, result, result.bytes);
    } catch (error) {
      ports.onFault?.(error);
    }
  };

  async function decide(input: ExecuteQueryInput, deadline: Deadline, draft: AuditDraft, steps: StepRecorder): Promise<ExecuteQueryResult> {
    const refuse = (refused: Refused): ExecuteRefusal => ({ kind: 'refusal', violations: [], parameterProblems: [], ...refused, auditId: draft.id });
    if (typeof input.sql !== 'string' || input.sql.trim() === '') return refuse({ stage: 'input', reason: 'There is no statement.' });
    if (input.sql.length > limits.maxStatementLength) return refuse({ stage: 'input', reason: `The statement is longer than ${limits.maxStatementLength} characters.` });
    const given = input.parameters ?? {};
    draft.note({ statement: auditedStatement(input.sql, parameterNamesOf(input.sql)) });

    const tenant = tenantPolicy.resolve(input.caller.tenant);
    if (!tenant.ok) return refuse({ stage: 'tenant', reason: tenant.reason });
    const filtered = { ...declaredFor(ports.guard, input.caller), ...tenant.tenant };
    draft.note({ tenant: filtered });

    const policyRows = ports.guard.policy.maxRows ?? Number.POSITIVE_INFINITY;
    const maxRows = Math.min(limits.maxRows, policyRows, Math.max(1, Math.trunc(input.maxRows ?? limits.maxRows)));
    const enforce = (rows: number) => ports.guard.enforce(input.sql, { tenant: filtered, maxRows: rows });
    // The guard's limit is one row above, which tells whether there are more.
    const verdict = await steps.run(
      'guard',
      () => enforce(maxRows),
      (each) => ({ outcome: each.ok ? 'ok' : 'refused', detail: each.ok ? { relations: auditedRelations(each.statement.relations) } : { rules: each.violations.map((violation) => violation.rule) } }),
    );
    if (!verdict.ok) {
      draft.note({ verdict: { accepted: false, rules: verdict.violations.map((violation) => violation.rule) } });
      return refuse({ stage: verdict.violations[0]?.rule === 'tenant' ? 'tenant' : 'guard', reason: verdict.violations[0]?.message ?? 'The statement is outside the policy.', violations: verdict.violations });
    }
    const { statement } = verdict;
    draft.note({ verdict: { accepted: true, rules: [] }, relations: auditedRelations(statement.relations) });

    const parameters = checkParameters(statement.parameters, inferParameterTypes(statement.sql), given);
    if (!parameters.ok) return refuse({ stage: 'parameters', reason: parameters.problems.map((problem) => problem.message).join(' '), parameterProblems: parameters.problems });

    const key = cacheKey({ statement: statement.sql, parameters: parameters.values, settings: tenant.settings, schemaHash: ports.schemaHash ?? '', maxBytes: limits.maxBytes, countRows: limits.countRows });
    const hit = await find(key);
    draft.note({ cache: ports.cache === undefined ? 'off' : hit === undefined ? 'miss' : 'hit' });
    if (hit !== undefined) return { ...hit, cached: true, auditId: draft.id };

    const place = await bulkhead.enter(deadline.signal);
    if (!place.ok) return { kind: 'failure', ...shapeDatabaseError(input.signal?.aborted === true ? { name: 'AbortError' } : { code: 'throttling' }, ''), auditId: draft.id };
    const open = breaker.allow();
    if (!open.ok) {
      place.leave();
      return { kind: 'failure', code: 'database-unavailable', message: 'The database has failed several times in a row; it is left alone for a moment.', hint: 'Try again later.', sqlState: null, near: null, retryable: true, retryAfterMs: open.retryAfterMs, auditId: draft.id };
    }
    const countLimit = Math.max(limits.countRows, maxRows);
    let sent = '';
    let health: 'good' | 'bad' | 'unknown' = 'unknown';
    // Of a database that had next to no time, silence says nothing: else callers who come late could open the breaker for all.
    const hadTime = deadline.remaining() >= silenceMs;
    try {
      const outcome = await runStatement(
        ports.database,
        ports.planGate,
        {
          sql: statement.sql,
          maxRows,
          counting: limits.countRows === 0 ? undefined : {
            statement: () => textOf(ports.guard.enforce(countingStatement(input.sql, countLimit), { tenant: filtered, maxRows: 1 })),
            timeoutMs: () => Math.min(limits.countTimeoutMs, deadline.remaining() - answerReserveMs),
          },
          withMaxRows: (rows) => textOf(enforce(rows)),
          parameters: parameters.values,
          settings: { ...tenant.settings, search_path: searchPath },
          statementTimeoutMs: Math.max(50, Math.min(limits.statementTimeoutMs, Math.floor(deadline.remaining()))),
          signal: deadline.signal,
          onSend: (text) => {
            sent = text;
          },
        },
        steps,
      );
      health = 'good';
      if (outcome.kind === 'plan-refused') {
        draft.note({ planCost: outcome.decision.totalCost });
        return refuse({ stage: 'plan', reason: outcome.decision.reason });
      }
      const result = shapeRows(outcome, { maxRows, maxBytes: limits.maxBytes, countLimit }, statement, draft.id);
      await keep(key, result);
      return result;
    } catch (error) {
      // Time that ran out before anything was sent was lost on the way to the database, not on the statement.
      const shaped = deadline.expired ? shapeDatabaseError({ name: sent === '' ? 'DatabaseUnavailable' : 'TimeoutError' }, '') : input.signal?.aborted === true ? shapeDatabaseError({ name: 'AbortError' }, '') : shapeDatabaseError(error, sent);
      if (shaped.code === 'internal' || isDatabaseFault(shaped.code)) ports.onFault?.(error);
      if (health === 'unknown') health = isDatabaseFault(shaped.code) ? (deadline.expired && !hadTime ? 'unknown' : 'bad') : shaped.sqlState === null ? 'unknown' : 'good';
      return { kind: 'failure', ...shaped, auditId: draft.id };
    } finally {
      place.leave();
      if (health === 'good') breaker.succeed();
      else if (health === 'bad') breaker.fail();
      else breaker.release();
    }
  }

  return async (input) => {
    const draft = createAuditDraft('execute-query', input.caller, ports.now);
    const steps = createStepRecorder(input.onStep, ports.now);
    const failure = (facts: Partial<ExecuteFailure>): ExecuteFailure => ({ kind: 'failure', code: 'internal', message: 'The statement could not be executed.', hint: null, sqlState: null, near: null, retryable: false, retryAfterMs: null, ...facts, auditId: draft.id });
    const admission = ports.callerLimits?.enter(input.caller);
    let result: ExecuteQueryResult;
    if (admission?.ok === false) {
      result = failure({ code: admission.code, message: admission.message, retryable: admission.retryAfterMs !== null, retryAfterMs: admission.retryAfterMs });
    } else {
      const deadline = createDeadline(Math.min(limits.deadlineMs, input.deadlineMs ?? limits.deadlineMs), input.signal);
      try {
        result = await decide(input, deadline, draft, steps);
      } catch (error) {
        ports.onFault?.(error);
        result = failure({});
      } finally {
        deadline.dispose();
        admission?.leave();
      }
    }
    if (result.kind === 'rows') draft.note({ rows: result.rowCount, total: result.total, bytes: result.bytes, truncated: result.truncated, planCost: result.planCost });
    const reasonCode = result.kind === 'rows' ? null : result.kind === 'refusal' ? result.stage : result.code;
    try {
      await ports.audit.record(draft.finish({ outcome: result.kind, reasonCode, durations: { ...steps.durations, total: steps.total() } }));
    } catch (error) {
      ports.onFault?.(error);
      return failure({ message: 'The call could not be recorded, so its result is withheld.' });
    }
    return result;
  };
}

/** The text to run of a statement that the guard lets through. */
function textOf(decision: GuardDecision): string | undefined {
  return decision.ok ? decision.statement.sql : undefined;
}

/** The caller's attributes that the guard's own tenant filters ask for. */
function declaredFor(guard: StatementGuard, caller: Caller): Readonly<Record<string, string>> {
  const names = (guard.policy.tenantFilters ?? []).map((filter) => filter.value);
  return Object.fromEntries(Object.entries(caller.tenant).filter(([name, value]) => names.includes(name) && typeof value === 'string'));
}
