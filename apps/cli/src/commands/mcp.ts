import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.js';
import { packageVersion } from '../package-version.js';
import { createProgress } from '../output/progress.js';
import { openAudit } from '../session/open-audit.js';
import { modelSyntax, selectModel } from '../session/select-model.js';
import { positiveInteger } from './ask.js';
import { databaseOptions, type DatabaseFlags } from './database-flags.js';
import { knowledgeOptions, type KnowledgeFlags } from './knowledge-flags.js';

interface McpOptions extends DatabaseFlags, KnowledgeFlags {
  readonly database?: string;
  readonly model: string;
  readonly http?: number | true;
  readonly httpToken?: string;
  readonly allowOrigin?: readonly string[];
  readonly maxRows: number;
  readonly audit?: string;
  readonly dataDirectory?: string;
}

export function mcpCommand({ terminal, signal }: CommandContext): Command {
  const command = new Command('mcp')
    .description('Serve generate_query, execute_query, ask and describe_schema to an MCP client, over stdio or HTTP.')
    .option('-d, --database <name>', 'the database to serve (default: the sample university)')
    .addOption(new Option('-m, --model <model>', modelSyntax).env('ASK_AURORA_MODEL').default('offline'))
    .option('--http [port]', 'serve streamable HTTP on 127.0.0.1 in place of stdio', positiveInteger)
    // Any program on this machine can reach the port; arguments can be read by all of them too, the environment cannot.
    .addOption(new Option('--http-token <token>', 'wanted of every HTTP request as a bearer token').env('ASK_AURORA_MCP_TOKEN'))
    .option('--allow-origin <origins...>', 'web origins whose pages may call, for example http://localhost:6274 (default: none)')
    .option('--max-rows <count>', 'the most rows to return', positiveInteger, 1_000)
    .option('--audit <file>', 'append one JSON line for each action to this file')
    .option('--data-directory <path>', 'where the local PostgreSQL keeps its data (default: the user cache)');
  return knowledgeOptions(databaseOptions(command)).action(async (options: McpOptions) => {
    const progress = createProgress(terminal);
    const audit = openAudit(options.audit);
    try {
      const [{ openQuestionSession }, { createAsk }, { serveMcpHttp, serveMcpStdio }] = await Promise.all([
        import('../session/open-question-session.js'),
        import('@ask-aurora/agent-actions'),
        import('@ask-aurora/agent-actions/mcp'),
      ]);
      const session = await openQuestionSession({
        ...options,
        model: await selectModel(options.model),
        audit: audit.sink,
        signal,
        onProgress: progress.update,
        onWarning: (message) => terminal.err(`${message}\n`),
      });
      try {
        const { generateQuery, executeQuery, artifact } = await session.first();
        progress.done();
        const tenant = options.tenant ?? {};
        const served = { generateQuery, executeQuery, ask: createAsk({ generateQuery, executeQuery }), artifact, version: packageVersion(), caller: () => ({ principal: null, tenant }) };
        const interrupted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        if (options.http === undefined) {
          // Standard output belongs to the protocol: nothing else may be printed there.
          const server = await serveMcpStdio(served);
          await Promise.race([server.closed, interrupted]);
          await server.close();
        } else {
          const server = await serveMcpHttp({
            ...served,
            ...(options.http === true ? {} : { port: options.http }),
            ...(options.httpToken === undefined ? {} : { bearerToken: options.httpToken }),
            ...(options.allowOrigin === undefined ? {} : { allowedOrigins: options.allowOrigin }),
          });
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
