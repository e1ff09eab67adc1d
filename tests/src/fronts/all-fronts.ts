import {
  createActionAgentTools,
  createActionDispatcher,
  createAgent,
  createAgentCoreHandler,
  createAsk,
  createBedrockClassicHandler,
  type AgentToolCall,
} from '@ask-aurora/agent-actions';
import { createMcpServer, serveMcpHttp, type McpServerOptions } from '@ask-aurora/agent-actions/mcp';
import { createScriptedModel } from '@ask-aurora/agent-actions/testing';
import { startLocalBedrock } from '@ask-aurora/local-aws';
import { createArtifact } from '@ask-aurora/nl2sql';
import { BedrockAgentRuntimeClient, InvokeAgentCommand } from '@aws-sdk/client-bedrock-agent-runtime';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { randomUUID } from 'node:crypto';
import type { Front, OpenFront, ReplyBody } from './front.js';

const parse = (text: string): ReplyBody => JSON.parse(text) as ReplyBody;
const nothingToStop = () => Promise.resolve();
const texts = (input: Readonly<Record<string, unknown>>) => Object.entries(input).map(([name, value]) => ({ name, type: 'string', value: typeof value === 'string' ? value : JSON.stringify(value) }));
const agent = { name: 'ask-aurora', id: 'AGENT12345', alias: 'TSTALIASID', version: 'DRAFT' };
const artifact = createArtifact({ dialect: 'postgresql', serverVersion: null, database: null, relations: [{ schema: 'shop', name: 'orders', kind: 'table', comment: null, columns: [{ name: 'id', type: 'integer', nullable: false, comment: null }] }] });

/** Every front, by name. */
export const fronts: Readonly<Record<string, OpenFront>> = {
  direct: (actions) => {
    const dispatch = createActionDispatcher(actions);
    return Promise.resolve({
      call: async (name, input, tenant) => (await dispatch({ name, input, caller: { sessionId: randomUUID(), principal: null, tenant, front: 'cli' } })).body,
      stop: nothingToStop,
    });
  },

  'bedrock classic, OpenAPI': (actions) => {
    const handler = createBedrockClassicHandler(actions);
    return Promise.resolve({
      async call(tool, input, sessionAttributes) {
        const { response } = await handler({
          messageVersion: '1.0', agent, inputText: '', sessionId: randomUUID(), actionGroup: 'Group', apiPath: `/${tool.replace('_', '-')}`, httpMethod: 'POST', parameters: [],
          requestBody: { content: { 'application/json': { properties: texts(input) } } }, sessionAttributes, promptSessionAttributes: {},
        });
        if (!('apiPath' in response)) throw new Error('The response is of the other flavour.');
        return parse(response.responseBody['application/json'].body);
      },
      stop: nothingToStop,
    });
  },

  'bedrock classic, functions': (actions) => {
    const handler = createBedrockClassicHandler(actions);
    return Promise.resolve({
      async call(tool, input, sessionAttributes) {
        const { response } = await handler({ messageVersion: '1.0', agent, inputText: '', sessionId: randomUUID(), actionGroup: 'Group', function: tool, parameters: texts(input), sessionAttributes, promptSessionAttributes: {} });
        if (!('functionResponse' in response)) throw new Error('The response is of the other flavour.');
        return parse(response.functionResponse.responseBody.TEXT.body);
      },
      stop: nothingToStop,
    });
  },

  'AgentCore Gateway': (actions) =>
    Promise.resolve({
      call: (tool, input, tenant) => createAgentCoreHandler({ ...actions, tenant })(input, { awsRequestId: randomUUID(), clientContext: { custom: { bedrockAgentCoreToolName: `target___${tool}`, bedrockAgentCoreMcpMessageId: randomUUID() } } }),
      stop: nothingToStop,
    }),

  'MCP, in memory': (actions) =>
    Promise.resolve({
      async call(tool, input, tenant) {
        const [here, there] = InMemoryTransport.createLinkedPair();
        const server = createMcpServer(mcpOptions(actions, tenant));
        await server.connect(there);
        const client = new Client({ name: 'matrix', version: '1' });
        await client.connect(here);
        const result = await client.callTool({ name: tool, arguments: { ...input } });
        await client.close();
        return result.structuredContent as ReplyBody;
      },
      stop: nothingToStop,
    }),

  'MCP, HTTP': (actions) =>
    Promise.resolve({
      async call(tool, input, tenant) {
        const server = await serveMcpHttp(mcpOptions(actions, tenant));
        const client = new Client({ name: 'matrix', version: '1' });
        await client.connect(new StreamableHTTPClientTransport(new URL(server.url)) as Parameters<Client['connect']>[0]);
        const result = await client.callTool({ name: tool, arguments: { ...input } });
        await client.close();
        await server.close();
        return result.structuredContent as ReplyBody;
      },
      stop: nothingToStop,
    }),

  'Converse loop': (actions) =>
    Promise.resolve({
      async call(name, input, tenant) {
        const call: AgentToolCall = { id: 'tooluse_1', name, input };
        const loop = createAgent({ model: createScriptedModel([[{ type: 'tool-use', ...call }], [{ type: 'text', text: 'Done.' }]]), tools: createActionAgentTools(actions) });
        let body: ReplyBody | undefined;
        for await (const event of loop.respond({ text: 'Go.', caller: { sessionId: randomUUID(), principal: null, tenant, front: 'converse' } })) if (event.type === 'tool-result') body = parse(event.result.text);
        if (body === undefined) throw new Error('The tool was not called.');
        return body;
      },
      stop: nothingToStop,
    }),

  'local InvokeAgent': async (actions): Promise<Front> => ({
    async call(name, input, sessionAttributes) {
      const bedrock = await startLocalBedrock({ agent: { ...actions, model: createScriptedModel([[{ type: 'tool-use', id: 'tooluse_1', name, input }], [{ type: 'text', text: 'Done.' }]]) } });
      const client = new BedrockAgentRuntimeClient({ endpoint: bedrock.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
      let body: ReplyBody | undefined;
      const { completion } = await client.send(new InvokeAgentCommand({ agentId: bedrock.agentId, agentAliasId: bedrock.agentAliasId, sessionId: randomUUID(), inputText: 'Go.', enableTrace: true, sessionState: { sessionAttributes } }));
      for await (const { trace } of completion ?? []) {
        const observation = trace?.trace?.orchestrationTrace?.observation;
        const text = observation?.actionGroupInvocationOutput?.text ?? observation?.repromptResponse?.text;
        if (text !== undefined) body = parse(text);
      }
      client.destroy();
      await bedrock.stop();
      if (body === undefined) throw new Error('No trace tells of the call.');
      return body;
    },
    stop: nothingToStop,
  }),
};

function mcpOptions(actions: Parameters<OpenFront>[0], tenant: Readonly<Record<string, string>>): McpServerOptions {
  return { ...actions, ask: createAsk(actions), artifact, caller: () => ({ principal: null, tenant }) };
}
