import { Command, Option } from 'commander';
import pc from 'picocolors';
import type { CommandContext } from '../command-context.js';
import { createProgress } from '../output/progress.js';
import { modelSyntax, selectModel } from '../session/select-model.js';
import { positiveInteger } from './ask.js';

interface LocalOptions {
  readonly json?: true;
  readonly dataApiOnly?: true;
  readonly databaseUrl?: string;
  readonly port?: number;
  readonly model: string;
  readonly database: string;
  readonly dataDirectory?: string;
}

export function localCommand({ terminal, signal }: CommandContext): Command {
  return new Command('local')
    .description('Keep PostgreSQL and the AWS endpoints up on localhost until Ctrl-C.')
    .option('--json', 'print the endpoints, ARNs and environment variables as one JSON object')
    .option('--data-api-only', 'only PostgreSQL and the RDS Data API')
    .option('--database-url <url>', 'serve the Data API over this PostgreSQL or MySQL in place of the embedded one (implies --data-api-only)')
    .option('--port <port>', 'port of the RDS Data API (default: any free one)', positiveInteger)
    .option('-d, --database <name>', 'the sample that the local agent answers from', 'university')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .option('--data-directory <path>', 'where PostgreSQL keeps its data (default: the user cache)')
    .action(async (options: LocalOptions) => {
      const progress = createProgress(terminal);
      try {
        const { openLocalStack } = await import('../session/open-local-stack.js');
        const { openDataApiOver } = await import('../session/open-data-api-over.js');
        const port = options.port === undefined ? {} : { port: options.port };
        const stack = options.databaseUrl !== undefined ? await openDataApiOver({ databaseUrl: options.databaseUrl, signal, ...port }) : await openLocalStack({
          model: await selectModel(options.model),
          database: options.database,
          dataApiOnly: options.dataApiOnly === true,
          signal,
          onProgress: progress.update,
          ...port,
          ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
        });
        try {
          progress.done();
          terminal.out(options.json === true ? JSON.stringify(stack.description) : renderDescription(stack.description));
          await untilAborted(signal);
        } finally {
          await stack.stop();
        }
      } finally {
        progress.done();
      }
    });
}

/** What `--json` prints: everything that another program needs to talk to the stack. */
export interface LocalStackDescription {
  readonly endpoints: Readonly<Record<string, string>>;
  readonly arns: Readonly<Record<string, string>>;
  /** The agent for InvokeAgent; absent when only the Data API is served. */
  readonly agent?: { readonly id: string; readonly aliasId: string; readonly database: string };
  readonly databases: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

function renderDescription(description: LocalStackDescription): string {
  const section = (title: string, entries: readonly (readonly [string, string])[]): readonly string[] => {
    const width = entries.reduce((longest, [name]) => Math.max(longest, name.length), 0);
    return [pc.bold(title), ...entries.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`), ''];
  };
  return [
    ...section('Endpoints', Object.entries(description.endpoints)),
    ...section('ARNs', Object.entries(description.arns)),
    ...(description.agent === undefined ? [] : section('Agent', Object.entries(description.agent))),
    pc.bold('Databases'),
    `  ${description.databases.join(', ')}`,
    '',
    pc.bold('Point any AWS SDK here'),
    ...Object.entries(description.environment).map(([name, value]) => `  export ${name}=${value}`),
    '',
    pc.dim('Ctrl-C stops everything.'),
  ].join('\n');
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    // An abort listener alone does not keep the process alive; servers do, but not when this process joined another's.
    const alive = setInterval(() => undefined, 60_000);
    signal.addEventListener(
      'abort',
      () => {
        clearInterval(alive);
        resolve();
      },
      { once: true },
    );
  });
}
