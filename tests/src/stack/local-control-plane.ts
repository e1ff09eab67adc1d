import type { LocalLambda } from '@ask-aurora/local-aws';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stack as CloudFormation would describe it. */
export interface DescribedStack {
  readonly status: string;
  readonly reason?: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** A CloudFormation error in place of an answer. */
export interface Denied {
  readonly code: string;
  readonly message: string;
}

export interface LocalControlPlane {
  readonly endpoint: string;
  readonly gatewayUrl: string;
  readonly stacks: Map<string, DescribedStack | Denied>;
  readonly functions: Map<string, LocalLambda>;
  /** Tool calls that came by the gateway, with the service that each was signed for. */
  readonly gatewayCalls: string[];
  /** Calls about stacks of the status SILENT, which are never answered. */
  readonly waiting: number;
  stop(): Promise<void>;
}

interface Reply {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** CloudFormation's DescribeStacks, Lambda's Invoke, S3's GetObject of one document, and an AgentCore Gateway, on loopback. */
export async function startLocalControlPlane(document: string): Promise<LocalControlPlane> {
  const stacks: LocalControlPlane['stacks'] = new Map();
  const functions: LocalControlPlane['functions'] = new Map();
  const gatewayCalls: string[] = [];
  let waiting = 0;
  const route = (request: IncomingMessage, body: string): Reply | Promise<Reply> => {
    const path = request.url ?? '/';
    const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(path);
    if (invocation?.[1] !== undefined) return invoke(functions.get(decodeURIComponent(invocation[1])), body, request.headers['x-amz-client-context']);
    if (path === '/mcp') return request.method === 'POST' ? gateway(functions, gatewayCalls, body, request.headers.authorization ?? '') : { status: 405, type: 'text/plain', body: '' };
    if (request.method === 'POST') {
      const form = new URLSearchParams(body);
      const stack = stacks.get(form.get('StackName') ?? '');
      if (stack === undefined || !('status' in stack) || stack.status !== 'SILENT') return describe(stacks, form);
      waiting += 1;
      return new Promise(() => undefined);
    }
    return { type: 'application/json', body: document, headers: { etag: '"1"' } };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void Promise.resolve(route(request, Buffer.concat(chunks).toString('utf8'))).then(({ status = 200, type, body, headers }) => response.writeHead(status, { 'content-type': type, ...headers }).end(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, gatewayUrl: `${endpoint}/mcp`, stacks, functions, gatewayCalls, get waiting() { return waiting; }, stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function describe(stacks: LocalControlPlane['stacks'], form: URLSearchParams): Reply {
  const name = form.get('StackName') ?? '';
  const stack = stacks.get(name) ?? { code: 'ValidationError', message: `Stack with id ${name} does not exist` };
  if ('code' in stack) return { status: 400, type: 'text/xml', body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${stack.code}</Code><Message>${xml(stack.message)}</Message></Error><RequestId>1</RequestId></ErrorResponse>` };
  const outputs = Object.entries(stack.outputs ?? {}).map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${xml(value)}</OutputValue></member>`).join('');
  const reason = stack.reason === undefined ? '' : `<StackStatusReason>${xml(stack.reason)}</StackStatusReason>`;
  return { type: 'text/xml', body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>${xml(name)}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${stack.status}</StackStatus>${reason}<Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DescribeStacksResponse>` };
}

async function invoke(lambda: LocalLambda | undefined, body: string, context: string | string[] | undefined): Promise<Reply> {
  if (lambda === undefined) return { status: 404, type: 'application/json', body: '{"Message":"Function not found"}', headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } };
  const clientContext: unknown = typeof context === 'string' ? JSON.parse(Buffer.from(context, 'base64').toString('utf8')) : undefined;
  const outcome = await lambda.invoke(JSON.parse(body), clientContext === undefined ? {} : { clientContext });
  if (outcome.ok) return { type: 'application/json', body: JSON.stringify(outcome.payload) };
  return { type: 'application/json', headers: { 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify({ errorType: outcome.errorType, errorMessage: outcome.errorMessage }) };
}

/** MCP as a gateway with IAM authorization speaks it: each target's tool is `<target>___<tool>`, and its function gets the bare arguments. */
async function gateway(functions: LocalControlPlane['functions'], calls: string[], body: string, authorization: string): Promise<Reply> {
  const service = /^AWS4-HMAC-SHA256 Credential=\S+\/([a-z-]+)\/aws4_request, SignedHeaders=\S*host\S*, Signature=[0-9a-f]{64}$/.exec(authorization)?.[1];
  if (service !== 'bedrock-agentcore') return { status: 403, type: 'application/json', body: '{"message":"Forbidden"}' };
  const { id, method, params } = JSON.parse(body) as { readonly id?: number; readonly method: string; readonly params?: { readonly name?: string; readonly arguments?: unknown; readonly protocolVersion?: string } };
  const result = (value: unknown): Reply => ({ type: 'application/json', body: JSON.stringify({ jsonrpc: '2.0', id, result: value }) });
  if (id === undefined) return { status: 202, type: 'application/json', body: '' };
  if (method === 'initialize') return result({ protocolVersion: params?.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'gateway', version: '1' } });
  const name = params?.name ?? '';
  calls.push(`${service} ${name}`);
  const lambda = [...functions].find(([each]) => each.includes(name.startsWith('generate-query___') ? 'GenerateQuery' : 'ExecuteQuery'))?.[1];
  const outcome = await lambda?.invoke(params?.arguments, { clientContext: { custom: { bedrockAgentCoreToolName: name } } });
  return result(outcome?.ok === true ? { content: [{ type: 'text', text: JSON.stringify(outcome.payload) }] } : { isError: true, content: [{ type: 'text', text: 'failed' }] });
}
