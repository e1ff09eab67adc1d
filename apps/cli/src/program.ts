import { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { askCommand } from './commands/ask.js';
import { evalCommand } from './commands/eval.js';
import { guardCommand } from './commands/guard.js';
import { introspectCommand } from './commands/introspect.js';
import { localCommand } from './commands/local.js';
import { mcpCommand } from './commands/mcp.js';
import { testCommand } from './commands/test.js';

/** The command line, with nothing started: each command loads what it needs when it runs. */
export function createProgram(context: CommandContext): Command {
  return new Command('ask-aurora')
    .description('Ask Amazon Aurora a question in plain language and get one guarded, read-only answer.')
    .showHelpAfterError()
    .showSuggestionAfterError()
    .addCommand(askCommand(context))
    .addCommand(testCommand(context))
    .addCommand(localCommand(context))
    .addCommand(guardCommand(context))
    .addCommand(introspectCommand(context))
    .addCommand(evalCommand(context))
    .addCommand(mcpCommand(context));
}
