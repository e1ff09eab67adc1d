#!/usr/bin/env node
import { createProgram } from './program.js';
import { processTerminal } from './output/terminal.js';
import { reportFault } from './output/report-fault.js';
import { exitCode } from './exit-code.js';
import { interruptSignal } from './interrupt.js';

// The AWS SDK's notice about future Node versions is for developers, not for the person who asks.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const terminal = processTerminal();
const interrupt = interruptSignal();

try {
  await createProgram({ terminal, signal: interrupt.signal, setExitCode: (code) => (process.exitCode = code) }).parseAsync(process.argv);
} catch (error) {
  process.exitCode = interrupt.signal.aborted ? exitCode.interrupted : reportFault(error, terminal);
} finally {
  interrupt.release();
}
