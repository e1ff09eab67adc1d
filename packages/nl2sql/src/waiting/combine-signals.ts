/** A signal that follows others, and the way to let go of them. */
export interface CombinedSignal {
  readonly signal: AbortSignal;
  /** Removes the listeners; without it a long-lived parent would keep every child alive. */
  release(): void;
}

/** Aborts when the first of `signals` does, or after `timeoutMs`, with that one's reason. */
export function combineSignals(signals: readonly (AbortSignal | undefined)[], timeoutMs?: number, timeoutReason?: () => unknown): CombinedSignal {
  const controller = new AbortController();
  const parents = signals.filter((signal): signal is AbortSignal => signal !== undefined);
  const listeners = parents.map((parent) => {
    const listener = () => controller.abort(parent.reason);
    if (parent.aborted) listener();
    else parent.addEventListener('abort', listener, { once: true });
    return { parent, listener };
  });
  const timer =
    timeoutMs === undefined || controller.signal.aborted
      ? undefined
      : setTimeout(() => controller.abort(timeoutReason === undefined ? new DOMException('The time is up.', 'TimeoutError') : timeoutReason()), timeoutMs);
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      for (const { parent, listener } of listeners) parent.removeEventListener('abort', listener);
    },
  };
}
