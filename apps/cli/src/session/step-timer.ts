import type { TraceStep } from '@ask-aurora/nl2sql';

/** Times the steps of opening a session, in the shape of a question's own trace. */
export interface StepTimer {
  readonly steps: readonly TraceStep[];
  run<T>(name: string, work: () => Promise<T>, detail?: (value: T) => Readonly<Record<string, unknown>>): Promise<T>;
}

export function createStepTimer(): StepTimer {
  const steps: TraceStep[] = [];
  return {
    steps,
    async run(name, work, detail) {
      const startedAt = new Date().toISOString();
      const started = performance.now();
      const record = (outcome: TraceStep['outcome'], facts: Readonly<Record<string, unknown>>): void => {
        steps.push({ name, startedAt, durationMs: performance.now() - started, outcome, detail: facts });
      };
      try {
        const value = await work();
        record('ok', detail?.(value) ?? {});
        return value;
      } catch (error) {
        record('failed', {});
        throw error;
      }
    },
  };
}
