import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { DataApiError } from '../errors/data-api-error.js';
import { CallWatch, type MiddlewareStackLike } from './call-watch.js';
import { CallDeadline } from './call-deadline.js';
import { toDataApiError } from './to-data-api-error.js';

/** What sends commands: an `RDSDataClient`, or anything with its `send`. */
export type CommandSender = Pick<RDSDataClient, 'send'>;

export interface SendOptions {
  readonly signals: readonly (AbortSignal | undefined)[];
  /** Milliseconds for this call with all its retries. */
  readonly deadlineMs: number;
  /** Whether the SDK may send the request again although it may have taken effect. */
  readonly idempotent: boolean;
  /** Take the answer's body instead of letting the SDK deserialize it. */
  readonly takeBody: boolean;
}

export interface SentCommand<Output> {
  readonly output: Output;
  readonly body: Buffer | undefined;
  readonly attempts: number;
}

/** Sends one SDK command; failures become a DataApiError that knows whether the statement took effect. */
export async function sendCommand<Output>(sender: CommandSender, command: object, options: SendOptions): Promise<SentCommand<Output>> {
  const watch = new CallWatch(options);
  if ('middlewareStack' in command) watch.attach(command.middlewareStack as MiddlewareStackLike);
  const deadline = new CallDeadline(options.deadlineMs, options.signals);
  try {
    if (deadline.over) throw deadline.error('no');
    // The one cast to the SDK's own overloads: which command belongs to which output is the caller's to say.
    const send = sender.send.bind(sender) as unknown as (command: object, options: { readonly abortSignal: AbortSignal }) => Promise<Output>;
    const output = await endedBy(deadline.signal, send(command, { abortSignal: deadline.signal }));
    return { output, body: watch.body, attempts: Math.max(1, watch.attempts) };
  } catch (thrown) {
    if (DataApiError.isInstance(thrown)) throw thrown;
    if (deadline.over) throw deadline.error(watch.executedIfGivenUp());
    const { error, executed } = watch.settle(thrown);
    throw toDataApiError(error, executed, options.idempotent);
  } finally {
    deadline.dispose();
  }
}

/** Ends the wait at once when the signal fires: not every part of the SDK's stack listens to it. */
function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new GivenUp());
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Marks the end of the wait; what it means for the statement is worked out where it is caught. */
class GivenUp extends Error {}
