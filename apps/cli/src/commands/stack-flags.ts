import { Option, type Command } from 'commander';

/** A deployed stack, and how it is reached. */
export interface StackFlags {
  readonly stack?: string;
  readonly region?: string;
  readonly profile?: string;
}

const stackOption = '--stack <name>';

/** For commands that ask something else unless a stack is named; the flags in `conflicts` make no sense beside it. */
export function stackOptions(command: Command, conflicts: readonly string[] = []): Command {
  return accessOptions(command.addOption(new Option(stackOption, 'a deployed stack, found by its outputs').conflicts([...conflicts])));
}

/** For commands that are about a stack and nothing else. */
export function requiredStackOptions(command: Command): Command {
  return accessOptions(command.requiredOption(stackOption, 'the deployed stack, found by its outputs'));
}

function accessOptions(command: Command): Command {
  return command
    .option('--region <region>', 'the region of the stack (default: as for any AWS SDK)')
    .option('--profile <profile>', 'the AWS profile (default: as for any AWS SDK)');
}
