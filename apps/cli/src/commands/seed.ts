import { sampleNames, type SampleName } from '@ask-aurora/local-aurora';
import { Command, Option } from 'commander';
import { createInterface } from 'node:readline/promises';
import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-code.js';
import { createProgress } from '../output/progress.js';
import { defaultSample } from '../session/connect-locally.js';
import { positiveInteger } from './ask.js';
import { requiredStackOptions, type StackFlags } from './stack-flags.js';

interface SeedOptions extends StackFlags {
  readonly stack: string;
  readonly sample: SampleName;
  readonly yes?: true;
  readonly timeout: number;
}

export function seedCommand({ terminal, signal, setExitCode }: CommandContext): Command {
  const command = new Command('seed')
    .description("Fill a stack's empty database with a sample, wholly or not at all, as its administrator.")
    .addOption(new Option('--sample <name>', 'the sample').choices(sampleNames).default(defaultSample))
    .option('-y, --yes', 'do not ask before writing')
    .option('--timeout <seconds>', 'give up after this long, with nothing written', positiveInteger, 300);
  return requiredStackOptions(command).action(async (options: SeedOptions) => {
    const progress = createProgress(terminal);
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(options.timeout * 1_000)]);
    try {
      const [{ describeStack }, { outputsOf }, { connectToStack }, { seedStack }] = await Promise.all([
        import('../stack/describe-stack.js'),
        import('../stack/stack-outputs.js'),
        import('../stack/connect-to-stack.js'),
        import('../stack/seed-stack.js'),
      ]);
      progress.update(`Reading the outputs of ${options.stack}`);
      const stack = await describeStack(options.stack, { ...options, signal: deadline });
      const { ClusterArn: resourceArn, DatabaseName: database, AdminSecretArn: secretArn } = outputsOf(stack, 'administrator');
      progress.done();
      if (options.yes !== true) await confirm(`This writes the sample ${options.sample} into the database ${database} of ${resourceArn}, as its administrator. Type the database's name to go on: `, database, deadline);
      const client = connectToStack({ resourceArn, secretArn, database }, options);
      const outcome = await seedStack({ client, database, sample: options.sample, signal: deadline, onProgress: progress.update });
      progress.done();
      terminal.out(outcome.kind === 'present' ? `The database ${database} holds the sample ${options.sample} already.` : `The database ${database} holds the sample ${options.sample} now.`);
      setExitCode(exitCode.answered);
    } finally {
      progress.done();
    }
  });
}

/** @throws {CliError} `not-confirmed` */
async function confirm(question: string, expected: string, signal: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError('not-confirmed', 'Seeding writes to the database. Give --yes to say that you want it; nobody can be asked here.');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await prompt.question(question, { signal })).trim() !== expected) throw new CliError('not-confirmed', 'That was not its name; nothing was written.');
  } finally {
    prompt.close();
  }
}
