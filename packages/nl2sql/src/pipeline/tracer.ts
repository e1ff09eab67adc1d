import { isMark } from '../redaction/redactor.js';
import type { TraceStep } from './trace-step.js';

/** What a step says about itself when it ends. */
export interface StepEnd {
  readonly outcome?: TraceStep['outcome'];
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface Tracer {
  /** Runs one step and reports it, also when it throws. `describe` tells the outcome from what the step returned. */
  step<T>(name: string, run: () => T | Promise<T>, describe?: (result: T) => StepEnd): Promise<T>;
  /** Reports a step that was left out. */
  skip(name: string, why: string): void;
}

/** Reports steps to a listener. A listener that throws does not end the question. */
export function createTracer(onStep: ((step: TraceStep) => void) | undefined): Tracer {
  const report = (step: TraceStep) => {
    try {
      onStep?.(step);
    } catch {
      // The listener's fault is its own: a question must not fail because somebody watches it.
    }
  };
  return {
    async step(name, run, describe) {
      const startedAt = new Date().toISOString();
      const started = performance.now();
      try {
        const result = await run();
        const { outcome = 'ok', detail = {} } = describe?.(result) ?? {};
        report({ name, startedAt, durationMs: performance.now() - started, outcome, detail });
        return result;
      } catch (error) {
        report({ name, startedAt, durationMs: performance.now() - started, outcome: 'failed', detail: { error: error instanceof Error && isMark(error.name) ? error.name : 'unknown', ...codeOf(error) } });
        throw error;
      }
    },
    skip(name, why) {
      report({ name, startedAt: new Date().toISOString(), durationMs: 0, outcome: 'skipped', detail: { why } });
    },
  };
}

/** Messages may quote the question; the code never does. */
function codeOf(error: unknown): { readonly code?: string } {
  return typeof error === 'object' && error !== null && 'code' in error && isMark(error.code) ? { code: error.code } : {};
}
