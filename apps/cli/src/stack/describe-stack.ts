import { CliError } from '../cli-error.js';
import { clientOptions, explainAwsError, type AwsAccess } from './aws-access.js';
import type { DeployedStack } from './stack-outputs.js';

const usable: ReadonlySet<string> = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE']);

/**
 * Reads the outputs of a stack that is ready.
 *
 * @throws {CliError} `stack-unavailable` when there is none, or when it is not ready; `credentials-missing`,
 * `region-missing`, `access-denied`, `aws-unreachable`
 */
export async function describeStack(name: string, options: AwsAccess & { readonly signal: AbortSignal }): Promise<DeployedStack> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientOptions(options));
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }), { abortSignal: options.signal });
    if (stack === undefined) throw await missing(name, client);
    const status = stack.StackStatus ?? 'of no status';
    if (!usable.has(status)) throw new CliError('stack-unavailable', notReady(name, status, stack.StackStatusReason));
    return { name, outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey: key = '', OutputValue: value = '' }) => [key, value])) };
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)) throw await missing(name, client);
    throw explainAwsError(error, `describe the stack ${name} (cloudformation:DescribeStacks)`);
  } finally {
    client.destroy();
  }
}

async function missing(name: string, client: { readonly config: { region(): Promise<string> } }): Promise<CliError> {
  return new CliError('stack-unavailable', `There is no stack ${name} in ${await client.config.region()}. Check its name, --region and --profile.`);
}

function notReady(name: string, status: string, reason: string | undefined): string {
  const because = reason === undefined || reason === '' ? '' : ` (${reason})`;
  if (/^(ROLLBACK|CREATE_FAILED)/.test(status)) return `The stack ${name} was rolled back when it was made: ${status}${because}. Delete it, mend the cause, and deploy it again.`;
  if (status.startsWith('DELETE')) return `The stack ${name} is deleted or being deleted: ${status}${because}.`;
  if (status.endsWith('IN_PROGRESS')) return `The stack ${name} is still being made or changed: ${status}${because}. Wait until that is done.`;
  return `The stack ${name} is not ready: ${status}${because}. See its events for what failed.`;
}
