import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { assetFunction } from '../functions/asset-function.js';
import type { FunctionNetwork } from '../functions/function-network.js';
import type { SqlGuardrail } from '../guardrail/sql-guardrail.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import type { BedrockModel } from '../model-access/bedrock-model.js';
import type { ModelPrices } from '../model-access/model-prices.js';
import { PropsCheck } from '../props/props-check.js';
import type { QueryAccess } from '../read-only-role/query-access.js';
import type { ArtifactSource } from './artifact-source.js';
import { QueryCache } from './query-cache.js';
import type { QueryCacheOptions } from './query-cache.js';

/** What one question may cost. */
export interface QueryLimits {
  /** Rows of a result, 1 to 10,000. @default 1,000 */
  readonly maxRows?: number;
  /** Time of a statement in the database, 50 ms to 45 s. @default 15 seconds */
  readonly statementTimeout?: Duration;
  /** Time of a whole action, 5 s to 15 minutes. @default 60 seconds */
  readonly timeout?: Duration;
  /** The largest total cost that the planner may estimate for a statement, in its own units. @default plans are not looked at */
  readonly maxPlanCost?: number;
  /** How long a function's instance gives the same rows for the same statement and tenant, from its memory; `cache.results` shares them between instances. @default 0: every statement runs */
  readonly cacheTtl?: Duration;
}

/** How questions become statements. */
export interface QueryGeneration {
  /** Checked by Bedrock on what the model reads and writes here, besides the one that an agent has. @default none */
  readonly guardrail?: SqlGuardrail;
  /** What "today" means, an IANA name. @default UTC */
  readonly timeZone?: string;
  /** Whether the audit records hold the question's text, or only its digest. @default digest */
  readonly recordQuestions?: 'digest' | 'text';
}

/** Where the tenant of a call comes from, for a role with tenancy. */
export interface QueryTenant {
  /** The session attribute that the application sets when it invokes the agent. @default tenantId */
  readonly attribute?: string;
  /** A regular expression that the whole value must match. @default letters, digits and `_.:@-`, up to 128 */
  readonly pattern?: string;
  /** The tenant of every call that comes by an AgentCore Gateway, which passes no attributes on. @default such calls are refused */
  readonly gatewayTenant?: string;
}

export interface QueryFunctions {
  /** MiB. @default 1,024 for generating, which holds the parser and the schema, and 512 for executing */
  readonly memory?: { readonly generateQuery?: number; readonly executeQuery?: number };
  /** The most instances of each function at once: a limit on cost and on the database's load. @default 10 */
  readonly reservedConcurrency?: number | 'unreserved';
  /** @default none: the functions need no VPC */
  readonly network?: FunctionNetwork;
  /** Encrypts the functions' environment. @default the key of Lambda */
  readonly encryptionKey?: IKey;
}

export interface QueryObservability {
  readonly logs?: LogSettings;
  /** X-Ray. @default true */
  readonly tracing?: boolean;
  /** @default AskAurora */
  readonly metricsNamespace?: string;
}

export interface QueryActionsProps {
  /** A `ReadOnlyRole`, or the login of a role made elsewhere. */
  readonly access: QueryAccess;
  /** What is known of the database: tables, keys, comments, verified queries. */
  readonly schema: ArtifactSource;
  /** What the guard allows. @default everything in the schema artifact, with the analytics preset */
  readonly policy?: ArtifactSource;
  /** The model that writes SQL; with its `prices`, audit records say what a question cost. */
  readonly model: BedrockModel;
  readonly generation?: QueryGeneration;
  /** Used when the access has a tenant setting, and required for nothing else. */
  readonly tenant?: QueryTenant;
  readonly limits?: QueryLimits;
  /** @default none: every question asks the model, every statement the database */
  readonly cache?: QueryCacheOptions;
  readonly functions?: QueryFunctions;
  readonly observability?: QueryObservability;
}

/**
 * The two actions as two functions, so that each has only the rights of its own: the one that talks to a model has no
 * way to the database, and the one that queries the database has no way to a model.
 */
export class QueryActions extends Construct {
  readonly generateQuery: LambdaFunction;
  readonly executeQuery: LambdaFunction;
  readonly access: QueryAccess;
  /** The table of the cache, when there is one. */
  readonly cache: QueryCache | undefined;
  /** Of the model that writes SQL; null when nobody said. */
  readonly prices: ModelPrices | null;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, props: QueryActionsProps) {
    super(scope, id);
    checkProps(this, props);
    this.access = props.access;
    this.prices = props.model.prices;
    this.cache = props.cache === undefined ? undefined : new QueryCache(this, 'Cache', props.cache);
    this.#namespace = props.observability?.metricsNamespace ?? 'AskAurora';
    const { engine } = props.access.database;
    const shared = { ...engineEnvironment(engine), POWERTOOLS_METRICS_NAMESPACE: this.#namespace, POWERTOOLS_LOG_LEVEL: 'INFO' };

    const schema = props.schema.bind(this, 'Schema');
    const policy = props.policy?.bind(this, 'Policy');
    const documents = {
      ...documentEnvironment('ASK_AURORA_SCHEMA', schema),
      ...(policy === undefined ? {} : documentEnvironment('ASK_AURORA_POLICY', policy)),
    };

    const timeout = props.limits?.timeout ?? Duration.seconds(60);
    // The function answers by itself before Lambda would end it without an answer.
    const limits = {
      ASK_AURORA_MAX_ROWS: String(props.limits?.maxRows ?? 1000),
      ...(timeout.isUnresolved() ? {} : { ASK_AURORA_DEADLINE_MS: String(timeout.toMilliseconds() - 2000) }),
    };

    this.generateQuery = this.#function('GenerateQuery', props, {
      ...shared, ...documents, ...limits, ...generationEnvironment(props.generation), ...this.cache?.environment('questions'),
      ...(this.prices === null ? {} : { ASK_AURORA_MODEL_PRICES: Stack.of(this).toJsonString(this.prices) }),
      ASK_AURORA_MODEL_ID: props.model.invocationId,
      POWERTOOLS_SERVICE_NAME: 'generate-query',
    });
    this.executeQuery = this.#function('ExecuteQuery', props, {
      ...shared, ...documents, ...limits, ...tenantEnvironment(props),
      ASK_AURORA_RESOURCE_ARN: props.access.database.clusterArn,
      ASK_AURORA_SECRET_ARN: props.access.secret.secretArn,
      ASK_AURORA_DATABASE: props.access.database.databaseName,
      ASK_AURORA_CACHE_TTL_MS: String((props.limits?.cacheTtl ?? Duration.millis(0)).toMilliseconds()),
      ...this.cache?.environment('results'),
      ...(props.limits?.maxPlanCost === undefined ? {} : { ASK_AURORA_MAX_PLAN_COST: String(props.limits.maxPlanCost) }),
      ASK_AURORA_STATEMENT_TIMEOUT_MS: String((props.limits?.statementTimeout ?? Duration.seconds(15)).toMilliseconds()),
      POWERTOOLS_SERVICE_NAME: 'execute-query',
    });
    for (const lambda of [this.generateQuery, this.executeQuery]) {
      schema.grantRead(lambda);
      policy?.grantRead(lambda);
    }
    for (const statement of props.model.invokeStatements(this)) this.generateQuery.addToRolePolicy(statement);
    props.generation?.guardrail?.grantApply(this.generateQuery);
    props.access.grantQuery(this.executeQuery);
    this.cache?.grant('questions', this.generateQuery);
    this.cache?.grant('results', this.executeQuery);
    for (const dependency of props.access.ready) this.executeQuery.node.addDependency(dependency);
  }

  /** Leave to call both actions. */
  grantInvoke(grantee: IGrantable): Grant {
    return this.generateQuery.grantInvoke(grantee).combine(this.executeQuery.grantInvoke(grantee));
  }

  /** Failures of either action: answers that are refusals are none. */
  metricErrors(options?: MetricOptions): { readonly generateQuery: Metric; readonly executeQuery: Metric } {
    return { generateQuery: this.generateQuery.metricErrors(options), executeQuery: this.executeQuery.metricErrors(options) };
  }

  /** Calls of either action that were not taken, as all of its reserved instances were busy: they count as no error. */
  metricThrottles(options?: MetricOptions): MathExpression {
    return new MathExpression({
      expression: 'generate + execute', label: 'Throttled calls', ...(options?.period === undefined ? {} : { period: options.period }),
      usingMetrics: { generate: this.generateQuery.metricThrottles(options), execute: this.executeQuery.metricThrottles(options) },
    });
  }

  /** Milliseconds from a call to its answer. */
  metricDuration(options?: MetricOptions): { readonly generateQuery: Metric; readonly executeQuery: Metric } {
    return { generateQuery: this.generateQuery.metricDuration(options), executeQuery: this.executeQuery.metricDuration(options) };
  }

  #function(id: string, props: QueryActionsProps, environment: Readonly<Record<string, string>>): LambdaFunction {
    const generating = id === 'GenerateQuery';
    const { functions = {}, observability = {} } = props;
    const reserved = functions.reservedConcurrency ?? 10;
    return assetFunction(this, id, {
      asset: generating ? 'generate-query' : 'execute-query',
      description: generating ? 'Writes one guarded, read-only statement for a question' : 'Runs one guarded, read-only statement',
      environment,
      memory: generating ? (functions.memory?.generateQuery ?? 1024) : (functions.memory?.executeQuery ?? 512),
      timeout: props.limits?.timeout ?? Duration.seconds(60),
      tracing: observability.tracing ?? true,
      ...(reserved === 'unreserved' ? {} : { reservedConcurrency: reserved }),
      ...(observability.logs === undefined ? {} : { logs: observability.logs }),
      ...(functions.network === undefined ? {} : { network: functions.network }),
      ...(functions.encryptionKey === undefined ? {} : { encryptionKey: functions.encryptionKey }),
    });
  }
}

function engineEnvironment(engine: QueryAccess['database']['engine']): Readonly<Record<string, string>> {
  return engine.dialect === 'postgresql' ? { ASK_AURORA_POSTGRES_VERSION: String(engine.majorVersion) } : {};
}

function generationEnvironment(generation: QueryGeneration = {}): Readonly<Record<string, string>> {
  const { guardrail } = generation;
  return {
    ASK_AURORA_TIME_ZONE: generation.timeZone ?? 'UTC',
    ASK_AURORA_RECORD_QUESTION: generation.recordQuestions ?? 'digest',
    ...(guardrail === undefined ? {} : { ASK_AURORA_GUARDRAIL_ID: guardrail.guardrailId, ASK_AURORA_GUARDRAIL_VERSION: guardrail.guardrailVersion }),
  };
}

function tenantEnvironment({ access, tenant = {} }: QueryActionsProps): Readonly<Record<string, string>> {
  if (access.tenantSetting === null) return {};
  const attribute = tenant.attribute ?? 'tenantId';
  return {
    ASK_AURORA_TENANT_SETTINGS: JSON.stringify([{ attribute, setting: access.tenantSetting, required: true, ...(tenant.pattern === undefined ? {} : { pattern: tenant.pattern }) }]),
    ...(tenant.gatewayTenant === undefined ? {} : { ASK_AURORA_TENANT: JSON.stringify({ [attribute]: tenant.gatewayTenant }) }),
  };
}

function documentEnvironment(name: string, document: { readonly s3Url: string | null; readonly inline: string | null }): Readonly<Record<string, string>> {
  if (document.s3Url !== null) return { [`${name}_S3`]: document.s3Url };
  return document.inline === null ? {} : { [name]: document.inline };
}

function checkProps(scope: Construct, props: QueryActionsProps): void {
  const { limits = {}, functions = {} } = props;
  new PropsCheck(scope)
    .integer('limits.maxRows', limits.maxRows, { min: 1, max: 10_000 })
    .seconds('limits.statementTimeout', limits.statementTimeout, { min: 0.05, max: 45 })
    .seconds('limits.timeout', limits.timeout, { min: 5, max: 900 })
    .integer('limits.maxPlanCost', limits.maxPlanCost, { min: 1, max: 9_999_999_999 })
    .seconds('limits.cacheTtl', limits.cacheTtl, { min: 0, max: 86_400 })
    .require(limits.cacheTtl === undefined || props.cache?.results === undefined, 'limits.cacheTtl and cache.results say the same of two places; give one')
    .text('tenant.attribute', props.tenant?.attribute, { min: 1, max: 64, pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/, form: 'a name' })
    .require(props.tenant === undefined || props.access.tenantSetting !== null, 'tenant has no effect unless the access has a tenant setting')
    .require(props.access.database.engine.dialect === 'postgresql', 'the actions speak PostgreSQL; for MySQL use the cluster and role constructs alone')
    .integer('functions.memory.generateQuery', functions.memory?.generateQuery, { min: 256, max: 10_240 })
    .integer('functions.memory.executeQuery', functions.memory?.executeQuery, { min: 256, max: 10_240 })
    .integer('functions.reservedConcurrency', functions.reservedConcurrency === 'unreserved' ? undefined : functions.reservedConcurrency, { min: 1, max: 1000 })
    .done();
}
