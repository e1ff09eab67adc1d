import { Command } from 'commander';
import type { CommandContext } from './command-context.js';
import { packageVersion } from './package-version.js';
import { askCommand } from './commands/ask.js';
import { doctorCommand } from './commands/doctor.js';
import { evalCommand } from './commands/eval.js';
import { guardCommand } from './commands/guard.js';
import { introspectCommand } from './commands/introspect.js';
import { localCommand } from './commands/local.js';
import { mcpCommand } from './commands/mcp.js';
import { seedCommand } from './commands/seed.js';
import { testCommand } from './commands/test.js';

/** The command line, with nothing started: each command loads what it needs when it runs. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('ask-aurora')
    .description('Ask Amazon Aurora a question in plain language and get one guarded, read-only answer.')
    .version(packageVersion(), '-V, --version', 'print the version')
    // `guard --version 16` is the grammar's version, not this package's.
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what can be given)')
    .showSuggestionAfterError();
  for (const create of [askCommand, testCommand, seedCommand, localCommand, guardCommand, introspectCommand, evalCommand, mcpCommand, doctorCommand]) {
    program.addCommand(create(context).copyInheritedSettings(program));
  }
  return program;
}
