import type { ExitCode } from './exit-code.js';
import type { Terminal } from './output/terminal.js';

/** What every command is given: where to write, when to stop, and how to end. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  setExitCode(code: ExitCode): void;
}
