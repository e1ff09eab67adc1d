import pc from 'picocolors';
import type { Terminal } from './terminal.js';

/** Milliseconds of silence before progress is shown, so that quick work stays quiet. */
const quietFor = 400;

export interface Progress {
  update(message: string): void;
  /** Removes the progress line; what was printed on a plain stream stays. */
  done(): void;
}

/**
 * Shows what is going on once it has taken longer than a moment: one line rewritten in place on a terminal,
 * one line for each phase elsewhere.
 */
export function createProgress(terminal: Terminal): Progress {
  const startedAt = Date.now();
  let shown = false;
  let latest: string | null = null;
  let printed: string | null = null;

  const show = (): void => {
    if (latest === null || latest === printed) return;
    shown = true;
    printed = latest;
    terminal.err(terminal.interactive ? `\r\u001B[2K${pc.dim(latest)}` : `${latest}\n`);
  };
  const timer = setTimeout(show, quietFor);
  timer.unref();

  return {
    update(message) {
      latest = message;
      if (shown || Date.now() - startedAt >= quietFor) show();
    },
    done() {
      clearTimeout(timer);
      if (shown && terminal.interactive) terminal.err('\r\u001B[2K');
      shown = false;
      latest = null;
    },
  };
}
