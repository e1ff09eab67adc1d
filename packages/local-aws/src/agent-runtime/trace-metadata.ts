import { randomUUID } from 'node:crypto';

/** Times one operation of a turn, for the `metadata` of its trace. */
export function createTraceMetadata(now: () => number = Date.now) {
  const id = randomUUID();
  const begun = now();
  let last = begun;
  return {
    /** An operation begins. */
    begin() {
      last = now();
    },
    /** It has ended; `totalTimeMs` counts from the beginning of the turn. */
    end() {
      const ended = now();
      return { startTime: new Date(last), endTime: new Date(ended), totalTimeMs: ended - begun, operationTotalTimeMs: ended - last, clientRequestId: id };
    },
  };
}
