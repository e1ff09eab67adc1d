import { createJsonLinesAudit } from '@ask-aurora/agent-actions';
import { startLocalBedrock, type LocalBedrock } from '@ask-aurora/local-aws';
import type { Model } from '@ask-aurora/nl2sql';
import type { LocalStackDescription } from '../commands/local.js';
import { openLocalSession } from './open-local-session.js';

export interface LocalStackOptions {
  readonly model: Model;
  /** The sample that the local agent answers from. */
  readonly database: string;
  readonly dataApiOnly: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
  readonly port?: number;
  readonly dataDirectory?: string;
}

export interface OpenedLocalStack {
  readonly description: LocalStackDescription;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, the RDS Data API and, unless left out, an agent behind Bedrock's InvokeAgent. */
export async function openLocalStack(options: LocalStackOptions): Promise<OpenedLocalStack> {
  const session = await openLocalSession({
    model: options.model,
    audit: createJsonLinesAudit(process.stderr),
    maxRows: 1_000,
    share: true,
    signal: options.signal,
    onProgress: options.onProgress,
    ...(options.port === undefined ? {} : { dataApiPort: options.port }),
    ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
  });
  const { aurora } = session;
  let bedrock: LocalBedrock | null = null;
  const stop = async (): Promise<void> => {
    try {
      await bedrock?.stop();
    } finally {
      await session.close();
    }
  };
  try {
    if (!options.dataApiOnly) {
      const engine = await session.engine(options.database);
      bedrock = await startLocalBedrock({ agent: { generateQuery: engine.generateQuery, executeQuery: engine.executeQuery } });
    }
    return {
      description: {
        endpoints: { 'rds-data': aurora.dataApi.endpoint, ...(bedrock === null ? {} : { 'bedrock-agent-runtime': bedrock.endpoint, 'bedrock-runtime': bedrock.endpoint }), postgresql: `postgresql://${aurora.postgres.host}:${aurora.postgres.port}` },
        arns: { cluster: aurora.resourceArn, adminSecret: aurora.adminSecretArn, readOnlySecret: aurora.readOnlySecretArn },
        ...(bedrock === null ? {} : { agent: { id: bedrock.agentId, aliasId: bedrock.agentAliasId, database: options.database } }),
        databases: aurora.databases,
        environment: { ...aurora.environment, ...(bedrock === null ? {} : { AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME: bedrock.endpoint, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.endpoint }) },
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
