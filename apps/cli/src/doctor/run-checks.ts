import { failed, type Check, type CheckContext, type CheckResult } from './check.js';

export interface NamedResult extends CheckResult {
  readonly name: string;
}

/**
 * Runs the checks one after the other, each within its own deadline; one that can't look has failed, and the others still run.
 *
 * @throws the reason of `context.signal` when that fires.
 */
export async function* runChecks(checks: readonly Check[], context: CheckContext): AsyncGenerator<NamedResult> {
  for (const check of checks) {
    context.signal.throwIfAborted();
    context.onProgress(`Checking: ${check.name}`);
    const deadline = AbortSignal.timeout(check.deadlineMs);
    const result = await check.run({ ...context, signal: AbortSignal.any([context.signal, deadline]) }).catch((error: unknown) => {
      context.signal.throwIfAborted();
      if (deadline.aborted) return failed(`No result within ${String(check.deadlineMs / 1_000)} s.`, 'Try again when the machine is less busy.');
      const message = error instanceof Error ? error.message : String(error);
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : null;
      return failed(message, cause === null || cause === message ? 'ASK_AURORA_DEBUG=1 with the command that fails shows more.' : `Because: ${cause}`);
    });
    yield { name: check.name, ...result };
  }
}
