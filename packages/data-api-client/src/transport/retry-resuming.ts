import { DatabaseResumingError } from '../errors/database-resuming-error.js';
import type { ResumingEvent } from '../observation/data-api-hooks.js';
import { CallDeadline } from './call-deadline.js';
import { wait } from './wait.js';

export interface ResumeOptions {
  /**
   * Milliseconds for which a call waits for a paused cluster to start; 0 throws at once.
   * @default 60_000
   */
  readonly maxWaitMs?: number;
  /**
   * Milliseconds before the first new try. The wait doubles up to eight times this.
   * @default 1_000
   */
  readonly firstWaitMs?: number;
}

/** Repeats a call while the cluster says that it is resuming: such an answer means that nothing was executed. */
export async function retryResuming<T>(
  call: () => Promise<T>,
  options: ResumeOptions,
  signals: readonly (AbortSignal | undefined)[],
  onResuming: (event: ResumingEvent) => void,
): Promise<T> {
  const { maxWaitMs = 60_000, firstWaitMs = 1_000 } = options;
  const start = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const elapsedMs = performance.now() - start;
      // Up to a quarter less, so that many clients do not come back in step.
      const waitMs = Math.min(firstWaitMs * 2 ** (attempt - 1), firstWaitMs * 8) * (1 - Math.random() / 4);
      if (!DatabaseResumingError.isInstance(error) || elapsedMs + waitMs > maxWaitMs) throw error;
      onResuming({ attempt, elapsedMs, waitMs, giveUpAfterMs: maxWaitMs });
      await pause(waitMs, signals);
    }
  }
}

async function pause(milliseconds: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  const deadline = new CallDeadline(undefined, signals);
  try {
    await wait(milliseconds, deadline.signal);
  } catch {
    throw deadline.error('no');
  } finally {
    deadline.dispose();
  }
}
