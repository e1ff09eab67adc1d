import { CdkConstructsError } from '../errors/cdk-constructs-error.js';

/** A moment after which nothing is begun any more, and a signal that ends what is under way. */
export interface Deadline {
  readonly signal: AbortSignal;
  remainingMs(): number;
}

export function deadlineIn(milliseconds: number): Deadline {
  const end = Date.now() + milliseconds;
  return { signal: AbortSignal.timeout(Math.max(0, milliseconds)), remainingMs: () => Math.max(0, end - Date.now()) };
}

/** @throws CdkConstructsError `deadline-exceeded` when the wait would reach past the deadline */
export async function waitWithin(deadline: Deadline, milliseconds: number, what: string): Promise<void> {
  if (deadline.remainingMs() <= milliseconds) throw new CdkConstructsError('deadline-exceeded', `${what} did not happen in time.`);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
