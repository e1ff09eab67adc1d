import type { TraceStep } from '@ask-aurora/nl2sql';

/** Measures the steps of a call, for its trace and its audit record. */
export interface StepRecorder {
  readonly durations: Readonly<Record<string, number>>;
  /** Runs one step; a thrown error is a failed step and passes through. `settle` reads outcome and detail off the result. */
  run<T>(name: string, work: () => T | Promise<T>, settle?: (result: T) => Pick<TraceStep, 'outcome' | 'detail'>): Promise<T>;
  /** Passes on a step that was measured elsewhere. */
  add(step: TraceStep): void;
  /** Milliseconds since the recorder was made. */
  total(): number;
}

/** @param onStep hears of each step as it ends; an error it throws is the caller's own and is not caught. */
export function createStepRecorder(onStep?: (step: TraceStep) => void, now: () => number = Date.now): StepRecorder {
  const begun = performance.now();
  const durations: Record<string, number> = {};
  const add = (step: TraceStep) => {
    durations[step.name] = round((durations[step.name] ?? 0) + step.durationMs);
    onStep?.(step);
  };
  return {
    durations,
    add,
    total: () => round(performance.now() - begun),
    async run(name, work, settle) {
      const startedAt = new Date(now()).toISOString();
      const start = performance.now();
      try {
        const result = await work();
        add({ name, startedAt, durationMs: round(performance.now() - start), ...(settle?.(result) ?? { outcome: 'ok', detail: {} }) });
        return result;
      } catch (error) {
        add({ name, startedAt, durationMs: round(performance.now() - start), outcome: 'failed', detail: {} });
        throw error;
      }
    },
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
