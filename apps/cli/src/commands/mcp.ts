import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.js';
import { createProgress } from '../output/progress.js';
import { openAudit } from '../session/open-audit.js';
import { modelSyntax, selectModel } from '../session/select-model.js';
import { positiveInteger } from './ask.js';

interface McpOptions {
  readonly database: string;
  readonly model: string;
  readonly http?: number | true;
  readonly maxRows: number;
  readonly audit?: string;
  readonly dataDirectory?: string;
}

export function mcpCommand({ terminal, signal }: CommandContext): Command {
  return new Command('mcp')
    .description('Serve generate_query, execute_query, ask and describe_schema to an MCP client, over stdio or HTTP.')
    .option('-d, --database <name>', 'the sample database to serve', 'university')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .option('--http [port]', 'serve streamable HTTP on 127.0.0.1 in place of stdio', positiveInteger)
    .option('--max-rows <count>', 'the most rows to return', positiveInteger, 1_000)
    .option('--audit <file>', 'append one JSON line for each action to this file')
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)')
    .action(async (options: McpOptions) => {
      const progress = createProgress(terminal);
      const audit = openAudit(options.audit);
      try {
        const [{ openLocalSession }, { createAsk }, { serveMcpHttp, serveMcpStdio }] = await Promise.all([
          import('../session/open-local-session.js'),
          import('@ask-aurora/agent-actions'),
          import('@ask-aurora/agent-actions/mcp'),
        ]);
        const session = await openLocalSession({
          model: await selectModel(options.model),
          audit: audit.sink,
          maxRows: options.maxRows,
          database: options.database,
          signal,
          onProgress: progress.update,
          ...(options.dataDirectory === undefined ? {} : { dataDirectory: options.dataDirectory }),
        });
        try {
          const engine = await session.engine(options.database);
          progress.done();
          const served = { generateQuery: engine.generateQuery, executeQuery: engine.executeQuery, ask: createAsk(engine), artifact: engine.artifact };
          const interrupted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
          if (options.http === undefined) {
            // Standard output belongs to the protocol: nothing else may be printed there.
            const server = await serveMcpStdio(served);
            await Promise.race([server.closed, interrupted]);
            await server.close();
          } else {
            const server = await serveMcpHttp({ ...served, ...(options.http === true ? {} : { port: options.http }) });
            terminal.out(server.url);
            await interrupted;
            await server.close();
          }
        } finally {
          await session.close();
        }
      } finally {
        progress.done();
        await audit.close();
      }
    });
}
