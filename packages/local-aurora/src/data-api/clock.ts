/** Time as the server sees it, so that a test can let three minutes pass at once. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Runs the action once after that many milliseconds. Returns a function that calls it off. */
  schedule(milliseconds: number, action: () => void): () => void;
}

/** Real time. Its timers keep no process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(milliseconds, action) {
    const timer = setTimeout(action, Math.min(milliseconds, 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
