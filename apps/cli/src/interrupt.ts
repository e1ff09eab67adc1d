/**
 * A signal that aborts at Ctrl-C, at termination, and when nobody reads the output any more (`| head`), so that every command can close what it opened.
 * A second Ctrl-C ends the process at once.
 */
export function interruptSignal(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new DOMException('Interrupted', 'AbortError'));
  };
  const onOutputError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    controller.abort(new DOMException('Nobody reads the output', 'AbortError'));
  };
  for (const name of signals) process.on(name, onSignal);
  // Stays on: what is still being written when the command ends meets the closed pipe too.
  process.stdout.on('error', onOutputError);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
