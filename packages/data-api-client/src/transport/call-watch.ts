import type { Executed } from '../errors/executed.js';
import { collectBody } from './collect-body.js';
import { faultOutcome } from './fault-outcome.js';

/**
 * Watches one command on its way through the SDK's middleware stack.
 *
 * Three middlewares are added to the command itself, so that a shared client is never changed:
 * one notes that the stack is in use at all; one, inside the SDK's retry loop, stops the loop when the statement may have run;
 * one, innermost, takes the body of a good answer before the SDK's deserializer would walk it.
 */
export class CallWatch {
  /** The body of the successful answer, when the stack let us take it. */
  body: Buffer | undefined;
  /** The worst outcome of the attempts that failed. */
  executed: Executed = 'no';
  /** Requests handed to the HTTP handler. */
  attempts = 0;
  readonly #idempotent: boolean;
  readonly #takeBody: boolean;
  #stackInUse = false;
  #inFlight = false;

  constructor(options: { readonly idempotent: boolean; readonly takeBody: boolean }) {
    this.#idempotent = options.idempotent;
    this.#takeBody = options.takeBody;
  }

  attach(stack: MiddlewareStackLike): void {
    stack.add((next) => (args) => {
      this.#stackInUse = true;
      return next(args);
    }, { step: 'initialize', name: 'askAuroraNoteStack', override: true });
    stack.add((next) => (args) => this.#guardAttempt(next, args), { step: 'deserialize', priority: 'high', name: 'askAuroraGuardRetry', override: true });
    stack.add((next) => (args) => this.#exchange(next, args), { step: 'deserialize', priority: 'low', name: 'askAuroraTakeBody', override: true });
  }

  /** The error behind what `send` threw, with what is known about the statement's effect. */
  settle(thrown: unknown): { readonly error: unknown; readonly executed: Executed } {
    if (thrown instanceof Unrepeatable) return { error: thrown.reason, executed: this.executed };
    if (!this.#stackInUse) return { error: thrown, executed: faultOutcome(thrown) };
    return { error: thrown, executed: this.executed };
  }

  /** What is known while an attempt may still be under way: for a call that is given up. */
  executedIfGivenUp(): Executed {
    if (!this.#stackInUse) return 'unknown';
    return this.#inFlight ? worse(this.executed, 'unknown') : this.executed;
  }

  async #guardAttempt(next: Handler, args: unknown): Promise<HandlerOutput> {
    const sentBefore = this.attempts;
    try {
      return await next(args);
    } catch (error) {
      this.#inFlight = false;
      const outcome = this.attempts === sentBefore ? 'no' : faultOutcome(error);
      this.executed = worse(this.executed, outcome);
      if (outcome !== 'no' && !this.#idempotent) throw new Unrepeatable(error);
      throw error;
    }
  }

  async #exchange(next: Handler, args: unknown): Promise<HandlerOutput> {
    this.attempts += 1;
    this.#inFlight = true;
    const result = await next(args);
    const response = result.response;
    if (!this.#takeBody || response?.statusCode !== 200) return result;
    this.body = await collectBody(response.body);
    response.body = emptyObject;
    return result;
  }
}

const emptyObject: Uint8Array = Buffer.from('{}');

/** Has no `cause`: the SDK looks for a transient error along the chain of causes, and would send the statement again. */
class Unrepeatable extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super(reason instanceof Error ? reason.message : String(reason));
    this.reason = reason;
  }
}

const severity: Readonly<Record<Executed, number>> = { no: 0, unknown: 1, yes: 2 };

function worse(a: Executed, b: Executed): Executed {
  return severity[a] >= severity[b] ? a : b;
}

interface HandlerOutput {
  readonly response?: { statusCode?: number; body?: unknown };
  readonly output?: unknown;
}
type Handler = (args: unknown) => Promise<HandlerOutput>;

/** The part of a v3 command's middleware stack that is used; steps and priorities are its public contract. */
export interface MiddlewareStackLike {
  add(
    middleware: (next: Handler) => Handler,
    options: { readonly step: 'initialize' | 'deserialize'; readonly priority?: 'high' | 'low'; readonly name: string; readonly override: boolean },
  ): void;
}
