import { createAsk, createExecuteQuery, createGenerateQuery, type Ask, type AuditSink, type ExecuteQuery, type GenerateQuery } from '@ask-aurora/agent-actions';
import { createDataApiClient } from '@ask-aurora/data-api-client';
import { sampleNames, sampleOverlay, startLocalAurora, type LocalAurora, type SampleName, type StartLocalAuroraOptions } from '@ask-aurora/local-aurora';
import { createOfflineModel, createTextToSql, introspect, type Model, type SchemaArtifact } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import { schemaDocuments } from './agent-runtime/knowledge-base.js';
import type { LocalAgentDefinition } from './agent-runtime/agent-definition.js';
import { LocalAwsError } from './local-aws-error.js';
import { startLocalBedrock, type LocalBedrock, type LocalBedrockOptions } from './start-local-bedrock.js';

/** What the stack is made of. */
export interface LocalStackOptions {
  /** Options of the cluster; or a cluster that runs already, which is then left running. */
  readonly aurora?: StartLocalAuroraOptions | LocalAurora;
  /** The sample database that the agent answers from. @default 'university' */
  readonly database?: SampleName;
  /** What writes statements. @default the offline answerer */
  readonly model?: Model;
  /** What leads the conversation, calling the actions as tools. @default a deterministic stand-in */
  readonly agentModel?: Model;
  /** @default records are not kept */
  readonly audit?: AuditSink;
  /** Everything else of the agent. */
  readonly agent?: Omit<LocalAgentDefinition, 'generateQuery' | 'executeQuery' | 'model'>;
  readonly guardrails?: NonNullable<LocalBedrockOptions['guardrails']>;
  /** @default 0, any free port */
  readonly bedrockPort?: number;
}

/** Aurora, the Data API and Bedrock with an agent, on this machine. */
export interface LocalStack {
  readonly aurora: LocalAurora;
  readonly bedrock: LocalBedrock;
  readonly artifact: SchemaArtifact;
  readonly generateQuery: GenerateQuery;
  readonly executeQuery: ExecuteQuery;
  readonly ask: Ask;
  /** The knowledge base that Retrieve finds the schema's tables in. */
  readonly knowledgeBaseId: string;
  /** Variables that point AWS SDKs and the CLI, unchanged, at this stack. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const knowledgeBaseId = 'ASKAURORA1';

/**
 * Starts the whole stack: PostgreSQL with a sample, the RDS Data API in front of it, the two actions over the read-only
 * role, and an agent behind InvokeAgent.
 *
 * @example
 * ```ts
 * const stack = await startLocalStack({ aurora: { ephemeral: true } });
 * const client = new BedrockAgentRuntimeClient({ endpoint: stack.bedrock.endpoint, region: 'us-east-1', credentials });
 * await client.send(new InvokeAgentCommand({ agentId: stack.bedrock.agentId, agentAliasId: stack.bedrock.agentAliasId, sessionId: 'one', inputText: 'How many students are there?' }));
 * await stack.stop();
 * ```
 * @throws LocalAuroraError when the cluster cannot be started; LocalAwsError `listen-failed`, `invalid-configuration`
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const { database = 'university', model = createOfflineModel(), audit = { record: () => undefined } } = options;
  if (!sampleNames.includes(database)) throw new LocalAwsError('invalid-configuration', `There is no sample "${String(database)}"; there are ${sampleNames.join(', ')}.`);
  const given = options.aurora ?? {};
  const isRunning = 'dataApi' in given;
  const aurora = isRunning ? given : await startLocalAurora({ samples: [database], ...given });
  const stopAurora = () => (isRunning ? Promise.resolve() : aurora.stop());
  try {
    const reader = createDataApiClient({ resourceArn: aurora.resourceArn, secretArn: aurora.readOnlySecretArn, database, endpoint: aurora.dataApi.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    const overlay = sampleOverlay(database);
    const artifact = await introspect(async (sql) => (await reader.query<Record<string, unknown>>(sql)).rows, { overlay, sampleValues: Object.keys(overlay.relations) });
    const guard = await createGuard({ version: aurora.postgres.version, policy: policyFromSchema(artifact) });
    const generateQuery = createGenerateQuery({ textToSql: createTextToSql({ artifact, guard, model, today: () => aurora.anchor }), audit });
    const executeQuery = createExecuteQuery({ guard, database: reader, audit, schemaHash: artifact.hash });
    const bedrock = await startLocalBedrock({
      agent: { ...options.agent, generateQuery, executeQuery, ...(options.agentModel === undefined ? {} : { model: options.agentModel }) },
      knowledgeBases: { [knowledgeBaseId]: schemaDocuments(artifact) },
      ...(options.guardrails === undefined ? {} : { guardrails: options.guardrails }),
      ...(options.bedrockPort === undefined ? {} : { port: options.bedrockPort }),
    });
    return {
      aurora,
      bedrock,
      artifact,
      generateQuery,
      executeQuery,
      ask: createAsk({ generateQuery, executeQuery }),
      knowledgeBaseId,
      environment: { ...aurora.environment, ASK_AURORA_DATABASE: database, AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME: bedrock.endpoint, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint },
      async stop() {
        await bedrock.stop();
        reader.close();
        await stopAurora();
      },
    };
  } catch (error) {
    await stopAurora();
    throw error;
  }
}
