import { CliError } from '../cli-error.js';
import { clientOptions, explainAwsError, type AwsAccess } from './aws-access.js';
import type { CallAction } from './remote-engine.js';

export interface FunctionNames {
  readonly generateQuery: string;
  readonly executeQuery: string;
}

/** Calls the functions themselves, in the words of an AgentCore Gateway, which both of them understand. */
export async function callFunctions(names: FunctionNames, access: AwsAccess): Promise<{ readonly call: CallAction; close(): void }> {
  const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient(clientOptions(access));
  const call: CallAction = async (tool, input, { sessionId, signal }) => {
    const functionName = tool === 'generate_query' ? names.generateQuery : names.executeQuery;
    const context = { custom: { bedrockAgentCoreToolName: `ask-aurora___${tool}`, bedrockAgentCoreSessionId: sessionId } };
    const command = new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(input)), ClientContext: Buffer.from(JSON.stringify(context)).toString('base64') });
    const response = await client.send(command, signal === undefined ? {} : { abortSignal: signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw explainAwsError(error, `call the function ${functionName} (lambda:InvokeFunction)`);
    });
    const text = Buffer.from(response.Payload ?? []).toString('utf8');
    // What a function died of is in its log; the payload may hold anything.
    if (response.FunctionError !== undefined) throw new CliError('stack-function-failed', `The function ${functionName} ended without an answer (${response.FunctionError}). Its log group says why.`);
    return JSON.parse(text) as unknown;
  };
  return { call, close: () => client.destroy() };
}
