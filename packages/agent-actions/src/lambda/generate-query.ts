import { createBedrockConverseModel, createExactCache, createOfflineModel, createTextToSql, parseArtifact, type Model, type TextToSql } from '@ask-aurora/nl2sql';
import { parsePolicy } from '@ask-aurora/sql-guard';
import { AgentActionsError } from '../agent-actions-error.js';
import { createGenerateQuery } from '../generate-query/create-generate-query.js';
import { createCallerLimits } from '../limits/create-caller-limits.js';
import { openCacheTable } from './cache-table.js';
import { createActionLambda } from './create-action-lambda.js';
import { documentSource } from './document-source.js';
import { generateEnvironmentSchema } from './generate-environment.js';
import { createGuardSource } from './guard-source.js';
import { readEnvironment } from './read-environment.js';
import { createTelemetry } from './telemetry.js';

const telemetry = createTelemetry('generate-query');

/** The Lambda function that generates. It is configured by its environment and never reaches a database; see `generateEnvironmentSchema`. */
export const handler = await createActionLambda(async () => {
  const environment = readEnvironment(generateEnvironmentSchema, process.env);
  const schema = documentSource({ path: environment.ASK_AURORA_SCHEMA_PATH, s3: environment.ASK_AURORA_SCHEMA_S3 }, (text) => parseArtifact(JSON.parse(text)), telemetry.onFault);
  if (schema === undefined) throw new AgentActionsError('invalid-configuration', 'The function has no schema.');
  const policy = documentSource({ s3: environment.ASK_AURORA_POLICY_S3 }, (text) => parsePolicy(JSON.parse(text)), telemetry.onFault);
  const guards = createGuardSource({ inline: environment.ASK_AURORA_POLICY, document: policy, schema }, environment.ASK_AURORA_POSTGRES_VERSION);
  const model = await modelOf(environment);
  const store = await openCacheTable(environment);
  const { ASK_AURORA_MODEL_PRICES: priced, ASK_AURORA_CACHE_TTL_MS: cacheTtlMs } = environment;

  let made: { readonly guard: Awaited<ReturnType<typeof guards.load>>; readonly textToSql: TextToSql } | undefined;
  const textToSql: TextToSql = {
    async generate(input) {
      const guard = await guards.load();
      if (made?.guard !== guard) {
        made = {
          guard,
          textToSql: createTextToSql({
            artifact: () => schema.load(),
            guard,
            model,
            timeZone: environment.ASK_AURORA_TIME_ZONE,
            ...(priced === undefined ? {} : { prices: priced }),
            ...(store === undefined ? {} : { cache: createExactCache({ store, ttlSeconds: Math.max(1, Math.ceil(cacheTtlMs / 1_000)) }) }),
            ...(environment.ASK_AURORA_MAX_ROWS === undefined ? {} : { maxRows: environment.ASK_AURORA_MAX_ROWS }),
          }),
        };
      }
      return made.textToSql.generate(input);
    },
  };
  await guards.load();
  const generateQuery = createGenerateQuery({
    textToSql,
    audit: telemetry.audit,
    onFault: telemetry.onFault,
    callerLimits: createCallerLimits(),
    modelId: model.id,
    ...(priced === undefined ? {} : { currency: priced.currency }),
    recordQuestion: environment.ASK_AURORA_RECORD_QUESTION,
    ...(environment.ASK_AURORA_DEADLINE_MS === undefined ? {} : { deadlineMs: environment.ASK_AURORA_DEADLINE_MS }),
  });
  return { actions: { generateQuery }, tenant: {} };
}, telemetry);

async function modelOf(environment: ReturnType<typeof readEnvironment<typeof generateEnvironmentSchema>>): Promise<Model> {
  if (environment.ASK_AURORA_MODEL_ID === 'offline') return createOfflineModel();
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  const { ASK_AURORA_GUARDRAIL_ID: identifier, ASK_AURORA_GUARDRAIL_VERSION: version } = environment;
  return createBedrockConverseModel({ client: new BedrockRuntimeClient({}), modelId: environment.ASK_AURORA_MODEL_ID, ...(identifier === undefined ? {} : { guardrail: { identifier, version } }) });
}
