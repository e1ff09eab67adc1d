import { failed, ok, type Check, type CheckContext, type CheckResult } from './check.js';

/** The configured model is understood, and what it needs is there. Bedrock is not called: a call costs money. */
export const modelCheck: Check = {
  name: 'Model',
  deadlineMs: 15_000,
  async run(context) {
    const { selectModel } = await import('../session/select-model.js');
    await selectModel(context.model, context.environment);
    if (context.model === 'offline') return ok('offline: rules and verified queries, no model');
    return context.model.startsWith('bedrock:') ? bedrock(context) : openAiCompatible(context);
  },
};

async function bedrock({ model }: CheckContext): Promise<CheckResult> {
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  const client = new BedrockRuntimeClient({});
  try {
    const region = await client.config.region().catch(() => null);
    if (region === null) return failed(`${model}: no AWS region is set.`, 'Set AWS_REGION, or a region in the AWS profile.');
    const found = await client.config.credentials().then(() => true, () => false);
    return found ? ok(`${model} in ${region}, with credentials; not called`) : failed(`${model}: no AWS credentials were found.`, 'Sign in, for example with `aws sso login`, or set AWS_PROFILE.');
  } finally {
    client.destroy();
  }
}

async function openAiCompatible({ model, environment, signal }: CheckContext): Promise<CheckResult> {
  const name = model.slice(model.indexOf(':') + 1, model.indexOf('@'));
  const baseUrl = model.slice(model.indexOf('@') + 1).replace(/\/+$/, '');
  const key = environment['ASK_AURORA_OPENAI_API_KEY'];
  const response = await fetch(`${baseUrl}/models`, { signal, ...(key ? { headers: { authorization: `Bearer ${key}` } } : {}) }).catch(() => null);
  if (response === null) return failed(`${model}: nothing answers at ${baseUrl}.`, 'Start the model server, or correct the address.');
  if (response.status === 401 || response.status === 403) return failed(`${model}: ${baseUrl} does not accept the key.`, 'Set ASK_AURORA_OPENAI_API_KEY.');
  if (!response.ok) return ok(`${model}: ${baseUrl} answers, without a list of its models`);
  const known = modelIds(await response.json().catch(() => null));
  if (known.length > 0 && !known.includes(name)) return failed(`${model}: ${baseUrl} has no model ${name}.`, `Use one of ${known.slice(0, 8).join(', ')}, or load it there.`);
  return ok(`${model}: ${baseUrl} answers`);
}

function modelIds(body: unknown): readonly string[] {
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null;
  if (!Array.isArray(data)) return [];
  return data.flatMap((entry: unknown) => (typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string' ? [entry.id] : []));
}
