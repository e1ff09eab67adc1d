import { createOfflineModel, type Model } from '@ask-aurora/nl2sql';
import { CliError } from '../cli-error.js';

/** What `--model` and `ASK_AURORA_MODEL` accept. */
export const modelSyntax = 'offline | bedrock:MODEL_OR_PROFILE_ID | openai:MODEL@BASE_URL';

/**
 * The model named by a specification such as `offline`, `bedrock:eu.anthropic.claude-sonnet-4-5`, or
 * `openai:qwen2.5-coder@http://localhost:11434/v1`. The key of an OpenAI-compatible endpoint comes from
 * `ASK_AURORA_OPENAI_API_KEY`; Bedrock takes the AWS SDK's usual credentials and region.
 *
 * @throws {CliError} `invalid-argument` for another form; `missing-dependency` when the AWS SDK's Bedrock client is not installed.
 */
export async function selectModel(specification: string, environment: NodeJS.ProcessEnv = process.env): Promise<Model> {
  if (specification === 'offline') return createOfflineModel();
  const separator = specification.indexOf(':');
  const provider = specification.slice(0, Math.max(separator, 0));
  const rest = specification.slice(separator + 1);
  if (provider === 'bedrock' && rest !== '') return bedrockModel(rest);
  if (provider === 'openai') {
    const at = rest.indexOf('@');
    if (at > 0 && URL.canParse(rest.slice(at + 1))) {
      const { createOpenAiCompatibleModel } = await import('@ask-aurora/nl2sql');
      const apiKey = environment['ASK_AURORA_OPENAI_API_KEY'];
      return createOpenAiCompatibleModel({ model: rest.slice(0, at), baseUrl: rest.slice(at + 1), ...(apiKey ? { apiKey } : {}) });
    }
  }
  throw new CliError('invalid-argument', `The model "${specification}" is not understood. Use ${modelSyntax}.`);
}

async function bedrockModel(modelId: string): Promise<Model> {
  const { createBedrockConverseModel } = await import('@ask-aurora/nl2sql');
  const sdk = await import('@aws-sdk/client-bedrock-runtime').catch((cause: unknown) => {
    throw new CliError('missing-dependency', 'Bedrock models need the AWS SDK: npm install @aws-sdk/client-bedrock-runtime', { cause });
  });
  return createBedrockConverseModel({ client: new sdk.BedrockRuntimeClient({}), modelId });
}
