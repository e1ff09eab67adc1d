import pc from 'picocolors';
import { exitCode, type ExitCode } from '../exit-code.js';
import type { Terminal } from './terminal.js';

/** Says what went wrong in one line, with each cause on a line of its own; the stack only with `ASK_AURORA_DEBUG`. */
export function reportFault(error: unknown, terminal: Terminal, environment: NodeJS.ProcessEnv = process.env): ExitCode {
  const lines = causes(error).map((message, depth) => (depth === 0 ? `${pc.red('error')} ${message}` : `  because ${message}`));
  terminal.err(`${lines.join('\n')}\n`);
  if (environment['ASK_AURORA_DEBUG'] && error instanceof Error && error.stack) terminal.err(`${error.stack}\n`);
  return exitCode.fault;
}

function causes(error: unknown): readonly string[] {
  const messages: string[] = [];
  for (let current = error, depth = 0; current !== undefined && current !== null && depth < 5; depth += 1) {
    const message = current instanceof Error ? current.message : String(current);
    if (messages.at(-1) !== message) messages.push(message);
    const cause = current instanceof Error ? current.cause : undefined;
    // The message above tells each of its faults already, for people.
    current = cause instanceof Error && cause.name.endsWith('ZodError') ? undefined : cause;
  }
  return messages;
}
