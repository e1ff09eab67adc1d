import { DataApiError } from '../errors/data-api-error.js';
import type { Engine } from '../parameters/scan-statement.js';
import { noSpan, type CallTracer } from './call-span.js';
import type { CallEvent, DataApiHooks, ResumingEvent } from './data-api-hooks.js';
import { loadTracer } from './load-tracer.js';

/** What a call tells about itself when it has ended well. */
export interface CallSummary {
  readonly attempts: number;
  readonly rowCount: number;
  readonly responseBytes: number;
}

/** Tells hooks and tracing of every call. */
export class CallObserver {
  readonly #hooks: DataApiHooks;
  readonly #tracer: Promise<CallTracer | undefined>;

  constructor(hooks: DataApiHooks, tracing: 'auto' | 'off', engine: Engine) {
    this.#hooks = hooks;
    this.#tracer = tracing === 'auto' ? loadTracer(engine) : Promise.resolve(undefined);
  }

  async observe<T>(event: CallEvent, call: () => Promise<{ readonly value: T; readonly summary: CallSummary }>): Promise<T> {
    const tracer = await this.#tracer;
    const span = tracer?.start(event) ?? noSpan;
    const start = performance.now();
    quietly(() => this.#hooks.onStart?.(event));
    try {
      const { value, summary } = await span.run(call);
      const end = { ...event, ...summary, durationMs: performance.now() - start };
      span.end(end);
      quietly(() => this.#hooks.onEnd?.(end));
      return value;
    } catch (error) {
      if (DataApiError.isInstance(error)) {
        const failure = { ...event, error, durationMs: performance.now() - start };
        span.fail(failure);
        quietly(() => this.#hooks.onError?.(failure));
      }
      throw error;
    }
  }

  resuming(event: ResumingEvent): void {
    quietly(() => this.#hooks.onResuming?.(event));
  }
}

function quietly(hook: () => void): void {
  try {
    hook();
  } catch {
    // A logger that fails must not turn an executed statement into a failed one.
  }
}
