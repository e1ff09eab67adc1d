import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import type { AppProps } from 'aws-cdk-lib';
import { parseAgentFront } from './agent-front.js';
import { BedrockAgentStack } from './bedrock-agent-stack.js';
import { RDSAuroraStack } from './rds-aurora-stack.js';

const schemaPath = join(dirname(fileURLToPath(import.meta.url)), '..', 'schema', 'university.json');

/**
 * The whole demonstration. Context: `front` (classic, agentcore or none; default classic) and `modelId`.
 *
 * No account and region are named on purpose: with them, synthesis would ask AWS for availability zones.
 */
export function createDemoApp(props: AppProps = {}): App {
  const app = new App(props);
  const database = new RDSAuroraStack(app, 'RDSAuroraStack');
  new BedrockAgentStack(app, 'BedrockAgentStack', {
    access: database.role,
    front: parseAgentFront(app.node.tryGetContext('front') ?? 'classic'),
    modelId: String(app.node.tryGetContext('modelId') ?? 'us.anthropic.claude-sonnet-4-6'),
    schemaPath,
  });
  return app;
}
