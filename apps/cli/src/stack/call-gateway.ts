import { createHash, createHmac, type BinaryLike } from 'node:crypto';
import { CliError } from '../cli-error.js';
import { packageVersion } from '../package-version.js';
import { clientOptions, explainAwsError, type AwsAccess } from './aws-access.js';
import type { CallAction } from './remote-engine.js';

/** The targets of `SqlGateway`, by tool; a gateway puts their names before its tools'. */
const targets = { generate_query: 'generate-query', execute_query: 'execute-query' } as const;

/** Calls the tools of an AgentCore Gateway by MCP, signed with the caller's AWS credentials. */
export async function callGateway(url: string, access: AwsAccess & { readonly signal: AbortSignal }): Promise<{ readonly call: CallAction; close(): Promise<void> }> {
  const [{ Client }, { StreamableHTTPClientTransport }] = await Promise.all([import('@modelcontextprotocol/sdk/client/index.js'), import('@modelcontextprotocol/sdk/client/streamableHttp.js')]);
  const client = new Client({ name: 'ask-aurora', version: packageVersion() });
  const transport = new StreamableHTTPClientTransport(new URL(url), { fetch: await signedFetch(access) });
  const explain = (error: unknown): never => {
    access.signal.throwIfAborted();
    if (error instanceof Error && /\b(401|403)\b|forbidden|unauthorized/i.test(error.message)) throw new CliError('access-denied', 'The gateway does not let these AWS credentials in. Ask for bedrock-agentcore:InvokeGateway, or use others with --profile.', { cause: error });
    throw explainAwsError(error, 'call the gateway (bedrock-agentcore:InvokeGateway)');
  };
  // The transport's own type leaves out `undefined` where this project's compiler asks for it.
  await client.connect(transport as Parameters<typeof client.connect>[0], { signal: access.signal }).catch(explain);
  const call: CallAction = async (tool, input, { signal }) => {
    const result = await client.callTool({ name: `${targets[tool]}___${tool}`, arguments: { ...input } }, undefined, signal === undefined ? {} : { signal }).catch(explain);
    const text = (result.content as readonly { readonly type: string; readonly text?: string }[]).find((each) => each.type === 'text')?.text;
    try {
      return JSON.parse(text ?? '') as unknown;
    } catch (cause) {
      throw new CliError('stack-reply-malformed', `The gateway's ${tool} gave no JSON: ${(text ?? 'nothing').slice(0, 200)}`, { cause });
    }
  };
  return { call, close: () => client.close() };
}

async function signedFetch(access: AwsAccess): Promise<(url: string | URL, init?: RequestInit) => Promise<Response>> {
  const [{ LambdaClient }, { SignatureV4 }] = await Promise.all([import('@aws-sdk/client-lambda'), import('@smithy/signature-v4')]);
  // Any client of the SDK resolves credentials and region by the usual chain.
  const { config } = new LambdaClient(clientOptions(access));
  const signer = new SignatureV4({ service: 'bedrock-agentcore', region: config.region, credentials: config.credentials, sha256: Sha256 });
  return async (url, init = {}) => {
    const { protocol, hostname, port, host, pathname, searchParams } = new URL(url);
    const headers = { ...Object.fromEntries(new Headers(init.headers)), host };
    const query = Object.fromEntries(searchParams);
    const signed = await signer.sign({ method: init.method ?? 'GET', protocol, hostname, path: pathname, query, headers, ...(port === '' ? {} : { port: Number(port) }), ...(typeof init.body === 'string' ? { body: init.body } : {}) });
    const { host: _host, ...sent } = signed.headers;
    return fetch(url, { ...init, headers: sent });
  };
}

/** SHA-256 as the signer wants it. */
class Sha256 {
  readonly #hash;

  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }

  update(data: unknown): void {
    this.#hash.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    throw new Error('A digest is taken once.');
  }
}

function bytesOf(data: unknown): BinaryLike {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data as ArrayBuffer);
}
