import type { CallEnd, CallEvent, CallFailure } from './data-api-hooks.js';

/** A span around one call; `none` when there is no tracing. */
export interface CallSpan {
  /** Runs the call with the span as the active one, so that spans of the AWS SDK become its children. */
  run<T>(call: () => Promise<T>): Promise<T>;
  end(event: CallEnd): void;
  fail(event: CallFailure): void;
}

/** Starts spans. */
export interface CallTracer {
  start(event: CallEvent): CallSpan;
}

export const noSpan: CallSpan = { run: (call) => call(), end: () => undefined, fail: () => undefined };
