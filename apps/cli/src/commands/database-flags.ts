import { Option, type Command } from 'commander';

/** A database to talk to in place of the local samples: a cluster by both its ARNs, or a PostgreSQL by its URL. */
export interface DatabaseFlags {
  readonly resourceArn?: string;
  readonly secretArn?: string;
  readonly databaseUrl?: string;
}

export function databaseOptions(command: Command): Command {
  return command
    .option('--resource-arn <arn>', 'a cluster with the Data API, in place of the local samples; credentials and region as for any AWS SDK')
    .option('--secret-arn <arn>', 'the secret of its read-only role')
    .addOption(new Option('--database-url <url>', 'a PostgreSQL 16, 17 or 18 in place of the local samples, as postgresql://role@host:5432/database; PGPASSWORD may hold the password').conflicts(['resourceArn', 'secretArn', 'database']));
}
