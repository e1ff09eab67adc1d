import { AgentActionsError } from '../agent-actions-error.js';
import type { Caller } from '../caller/caller.js';

/** What one session may use. */
export interface CallerLimitsOptions {
  /** Calls under way at once. @default 4 */
  readonly concurrency?: number;
  /** Calls a minute, on average. @default 60 */
  readonly callsPerMinute?: number;
  /** Calls in one go after a pause. @default 20 */
  readonly burst?: number;
  /** Model tokens, in and out, for the life of the session. @default 500_000 */
  readonly tokens?: number;
  /** Sessions that are remembered; the longest idle ones are forgotten first. @default 10_000 */
  readonly sessions?: number;
  /** Milliseconds since any fixed point. @default Date.now */
  readonly now?: () => number;
}

/** Whether a call may start. `leave` has to be called when it ends. */
export type Admission =
  | { readonly ok: true; leave(): void }
  | { readonly ok: false; readonly code: 'too-many-at-once' | 'too-fast' | 'token-budget'; readonly message: string; readonly retryAfterMs: number | null };

/** Limits by session, in this process. */
export interface CallerLimits {
  enter(caller: Caller): Admission;
  /** Counts model tokens against the session's budget. */
  spend(caller: Caller, tokens: number): void;
  /** Model tokens that the session has left, never below 0. */
  tokensLeft(caller: Caller): number;
  /** How many sessions are remembered. */
  readonly size: number;
}

interface Session {
  active: number;
  allowance: number;
  updatedAt: number;
  tokens: number;
}

/**
 * A limiter for callers: concurrency, a token bucket for the rate, and a budget of model tokens.
 * State is bounded; a session with a call under way is never forgotten.
 */
export function createCallerLimits(options: CallerLimitsOptions = {}): CallerLimits {
  const { concurrency = 4, callsPerMinute = 60, burst = 20, tokens = 500_000, sessions: capacity = 10_000, now = Date.now } = options;
  for (const [name, value] of Object.entries({ concurrency, callsPerMinute, burst, tokens, capacity })) {
    if (!(value > 0)) throw new AgentActionsError('invalid-configuration', `The caller limit "${name}" has to be above 0.`);
  }
  const sessions = new Map<string, Session>();
  const keyOf = (caller: Caller) => JSON.stringify([caller.front, caller.principal, caller.sessionId]);

  const forgetIdle = () => {
    for (const [key, session] of sessions) {
      if (sessions.size <= capacity) return;
      if (session.active === 0) sessions.delete(key);
    }
  };
  const sessionOf = (key: string): Session => {
    const known = sessions.get(key);
    const session = known ?? { active: 0, allowance: burst, updatedAt: now(), tokens: 0 };
    // Re-inserting keeps the map in the order of last use.
    sessions.delete(key);
    sessions.set(key, session);
    if (known === undefined) forgetIdle();
    return session;
  };

  return {
    get size() {
      return sessions.size;
    },
    enter(caller) {
      const session = sessionOf(keyOf(caller));
      const at = now();
      session.allowance = Math.min(burst, session.allowance + ((at - session.updatedAt) * callsPerMinute) / 60_000);
      session.updatedAt = at;
      if (session.tokens >= tokens) return { ok: false, code: 'token-budget', message: 'The model tokens of this session are used up. Start a new session.', retryAfterMs: null };
      if (session.active >= concurrency) {
        return { ok: false, code: 'too-many-at-once', message: `This session already has ${session.active} calls under way. Wait for one to end.`, retryAfterMs: 1_000 };
      }
      if (session.allowance < 1) {
        const retryAfterMs = Math.ceil(((1 - session.allowance) * 60_000) / callsPerMinute);
        return { ok: false, code: 'too-fast', message: `This session asks too often. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`, retryAfterMs };
      }
      session.allowance -= 1;
      session.active += 1;
      let left = false;
      return {
        ok: true,
        leave() {
          if (left) return;
          left = true;
          session.active -= 1;
        },
      };
    },
    tokensLeft: (caller) => Math.max(0, tokens - (sessions.get(keyOf(caller))?.tokens ?? 0)),
    spend(caller, used) {
      sessionOf(keyOf(caller)).tokens += used;
    },
  };
}
