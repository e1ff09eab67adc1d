/* eslint-disable @nx/enforce-module-boundaries -- an example imports the package as its users do */
// #region actions
import { createAsk, createExecuteQuery, createGenerateQuery, createJsonLinesAudit, createPlanGate, type Actions, type Ask } from '@ask-aurora/agent-actions';
import { createDataApiClient, type DataApiClientOptions } from '@ask-aurora/data-api-client';
import { createTextToSql, type Model, type SchemaArtifact } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';

/** `artifact` is what nl2sql's `introspect` gives, `model` any of nl2sql's (`createOfflineModel()` needs no service), `cluster` an Aurora with the secret of a read-only role. */
export async function createActions(artifact: SchemaArtifact, model: Model, cluster: DataApiClientOptions): Promise<Required<Actions> & { readonly ask: Ask }> {
  const guard = await createGuard({ version: 17, policy: policyFromSchema(artifact) });
  const audit = createJsonLinesAudit(process.stderr);
  const generateQuery = createGenerateQuery({ textToSql: createTextToSql({ artifact, guard, model }), audit });
  const executeQuery = createExecuteQuery({
    guard,
    database: createDataApiClient(cluster),
    audit,
    tenantSettings: [{ attribute: 'tenantId', setting: 'app.tenant_id' }],
    planGate: createPlanGate({ totalCost: 1_000_000 }),
  });
  return { generateQuery, executeQuery, ask: createAsk({ generateQuery, executeQuery }) };
}

export async function answer(ask: Ask, question: string): Promise<string> {
  const result = await ask({ question, caller: { sessionId: 'one', principal: 'ada', tenant: { tenantId: 't-7' }, front: 'cli' } });
  switch (result.kind) {
    case 'answer':
      return result.sentence; // with .statement and .rows
    case 'not-generated':
      return result.generated.kind; // clarification, abstention, refusal or failure, each with its words
    case 'not-executed':
      return result.executed.kind; // refusal or failure
  }
}
// #endregion

// #region fronts
import { createActionAgentTools, createAgent, createAgentCoreHandler, createBedrockClassicHandler, type AgentCoreHandler, type BedrockClassicHandler, type Caller } from '@ask-aurora/agent-actions';
import { serveMcpHttp, serveMcpStdio, type McpHttpServer, type McpServerOptions, type McpStdioServer } from '@ask-aurora/agent-actions/mcp';

/** Amazon Bedrock Agents Classic: OpenAPI schema and function details, REPROMPT and FAILURE, 25 KB cut. */
export const classic = (actions: Actions): BedrockClassicHandler => createBedrockClassicHandler(actions);

/** AgentCore Gateway: a Lambda target. The tenant belongs to the target; arguments are a model's words. */
export const gateway = (actions: Actions): AgentCoreHandler => createAgentCoreHandler({ ...actions, tenant: { tenantId: 't-7' } });

/** Model Context Protocol: stdio, or streamable HTTP on 127.0.0.1. Takes `generateQuery`, `executeQuery`, `ask` and `artifact`; tells of each step who asks for progress. */
export const overStdio = (options: McpServerOptions): Promise<McpStdioServer> => serveMcpStdio(options);
export const overHttp = (options: McpServerOptions, bearerToken: string): Promise<McpHttpServer> => serveMcpHttp({ ...options, bearerToken });

/** A tool-use loop over any model of nl2sql's port; it streams text and trace. */
export async function* converse(actions: Actions, model: Model, text: string, caller: Caller): AsyncGenerator<string> {
  const agent = createAgent({ model, tools: createActionAgentTools(actions) });
  for await (const event of agent.respond({ text, caller })) if (event.type === 'text') yield event.text;
}
// #endregion
