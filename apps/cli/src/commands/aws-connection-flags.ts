import type { Command } from 'commander';

/** A cluster to talk to in place of the local samples. Both ARNs are needed. */
export interface AwsConnectionFlags {
  readonly resourceArn?: string;
  readonly secretArn?: string;
}

export function awsConnectionOptions(command: Command): Command {
  return command
    .option('--resource-arn <arn>', 'a cluster with the Data API, in place of the local samples; credentials and region as for any AWS SDK')
    .option('--secret-arn <arn>', 'the secret of its read-only role');
}
