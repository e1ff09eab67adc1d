/* eslint-disable @nx/enforce-module-boundaries -- an example imports the package as its users do */
import { startLocalStack } from '@ask-aurora/local-aws';
import { BedrockAgentRuntimeClient, InvokeAgentCommand } from '@aws-sdk/client-bedrock-agent-runtime';

export async function stack(): Promise<void> {
  // #region stack
  const stack = await startLocalStack({ aurora: { ephemeral: true } });
  const client = new BedrockAgentRuntimeClient({ endpoint: stack.bedrock.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const { completion } = await client.send(
    new InvokeAgentCommand({ agentId: stack.bedrock.agentId, agentAliasId: stack.bedrock.agentAliasId, sessionId: 'session-1', inputText: 'How many students are there?', enableTrace: true }),
  );
  for await (const event of completion ?? []) if (event.chunk?.bytes) process.stdout.write(event.chunk.bytes);
  await stack.stop();
  // #endregion
}
