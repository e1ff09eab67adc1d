import { createDataApiClient } from '@ask-aurora/data-api-client';
import { parseArtifact } from '@ask-aurora/nl2sql';
import { parsePolicy } from '@ask-aurora/sql-guard';
import { createMemoryResultCache } from '../cache/create-memory-result-cache.js';
import { createStoredResultCache } from '../cache/create-stored-result-cache.js';
import { createExecuteQuery, type ExecuteQuery } from '../execute-query/create-execute-query.js';
import type { RowsResult } from '../execute-query/execute-query-result.js';
import { createPlanGate } from '../execute-query/create-plan-gate.js';
import { createCallerLimits } from '../limits/create-caller-limits.js';
import { createCircuitBreaker } from '../limits/create-circuit-breaker.js';
import { openCacheTable } from './cache-table.js';
import { createActionLambda } from './create-action-lambda.js';
import { documentSource } from './document-source.js';
import { executeEnvironmentSchema } from './execute-environment.js';
import { createGuardSource } from './guard-source.js';
import { readEnvironment } from './read-environment.js';
import { createTelemetry } from './telemetry.js';

const telemetry = createTelemetry('execute-query');

/** The Lambda function that executes. It is configured by its environment; see `executeEnvironmentSchema`. */
export const handler = await createActionLambda(async () => {
  const environment = readEnvironment(executeEnvironmentSchema, process.env);
  const schema = documentSource({ path: environment.ASK_AURORA_SCHEMA_PATH, s3: environment.ASK_AURORA_SCHEMA_S3 }, (text) => parseArtifact(JSON.parse(text)), telemetry.onFault);
  const policy = documentSource({ s3: environment.ASK_AURORA_POLICY_S3 }, (text) => parsePolicy(JSON.parse(text)), telemetry.onFault);
  const guards = createGuardSource({ inline: environment.ASK_AURORA_POLICY, document: policy, schema }, environment.ASK_AURORA_POSTGRES_VERSION);
  const database = createDataApiClient({ resourceArn: environment.ASK_AURORA_RESOURCE_ARN, secretArn: environment.ASK_AURORA_SECRET_ARN, database: environment.ASK_AURORA_DATABASE });
  const { ASK_AURORA_MAX_PLAN_COST: maxPlanCost, ASK_AURORA_CACHE_TTL_MS: ttlMs } = environment;
  const shared = {
    database,
    audit: telemetry.audit,
    onFault: telemetry.onFault,
    callerLimits: createCallerLimits(),
    circuitBreaker: createCircuitBreaker(),
    limits: {
      ...(environment.ASK_AURORA_MAX_ROWS === undefined ? {} : { maxRows: environment.ASK_AURORA_MAX_ROWS }),
      ...(environment.ASK_AURORA_MAX_BYTES === undefined ? {} : { maxBytes: environment.ASK_AURORA_MAX_BYTES }),
      ...(environment.ASK_AURORA_COUNT_ROWS === undefined ? {} : { countRows: environment.ASK_AURORA_COUNT_ROWS }),
      ...(environment.ASK_AURORA_STATEMENT_TIMEOUT_MS === undefined ? {} : { statementTimeoutMs: environment.ASK_AURORA_STATEMENT_TIMEOUT_MS }),
      ...(environment.ASK_AURORA_DEADLINE_MS === undefined ? {} : { deadlineMs: environment.ASK_AURORA_DEADLINE_MS }),
    },
    tenantSettings: environment.ASK_AURORA_TENANT_SETTINGS ?? [],
    ...(maxPlanCost === undefined ? {} : { planGate: createPlanGate({ totalCost: maxPlanCost }) }),
  };
  const store = await openCacheTable(environment);
  const scope = [environment.ASK_AURORA_RESOURCE_ARN, environment.ASK_AURORA_DATABASE, environment.ASK_AURORA_SECRET_ARN];
  const inProcess = ttlMs > 0 ? createMemoryResultCache<RowsResult>({ ttlMs }) : undefined;
  const cache = store === undefined ? inProcess : createStoredResultCache({ store, ttlMs, scope, onFault: telemetry.onFault });

  let made: { readonly guard: Awaited<ReturnType<typeof guards.load>>; readonly execute: ExecuteQuery } | undefined;
  const current = async () => {
    const guard = await guards.load();
    // A changed policy or schema makes a new guard; results found under the old one must not be given out.
    if (made?.guard !== guard) made = { guard, execute: createExecuteQuery({ ...shared, guard, ...(cache === undefined ? {} : { cache, schemaHash: JSON.stringify(guard.policy) }) }) };
    return made.execute;
  };
  await current();
  return { actions: { executeQuery: async (input) => (await current())(input) }, tenant: environment.ASK_AURORA_TENANT ?? {} };
}, telemetry);
