import type { AgentToolCall } from '@ask-aurora/agent-actions';
import type { ModelMessage } from '@ask-aurora/nl2sql';

/** What an agent remembers of a conversation. */
export interface AgentSession {
  readonly sessionId: string;
  /** Set by the application; they stay for the session. */
  sessionAttributes: Readonly<Record<string, string>>;
  /** Set by the application; they stay for one turn. */
  promptSessionAttributes: Readonly<Record<string, string>>;
  messages: readonly ModelMessage[];
  /** Calls that were handed to the application and wait for their results. */
  pending: { readonly invocationId: string; readonly inputText: string; readonly calls: readonly AgentToolCall[] } | null;
  usedAt: number;
  /** True while a turn is under way; a session has one at a time. */
  busy: boolean;
}

/** Sessions by id. */
export interface SessionStore {
  open(sessionId: string): AgentSession;
  end(sessionId: string): void;
  readonly size: number;
}

/** Messages kept of a conversation; older turns are forgotten whole. */
const keptMessages = 40;

/** @param idleMs after this time unused a session begins anew */
export function createSessionStore(idleMs: number, now: () => number = Date.now, capacity = 10_000): SessionStore {
  const sessions = new Map<string, AgentSession>();
  return {
    get size() {
      return sessions.size;
    },
    open(sessionId) {
      const known = sessions.get(sessionId);
      const fresh = known === undefined || (!known.busy && known.usedAt + idleMs < now());
      const session: AgentSession = fresh ? { sessionId, sessionAttributes: {}, promptSessionAttributes: {}, messages: [], pending: null, usedAt: now(), busy: false } : known;
      session.usedAt = now();
      session.messages = lastTurns(session.messages);
      sessions.delete(sessionId);
      sessions.set(sessionId, session);
      for (const [id, each] of sessions) {
        if (sessions.size <= capacity && each.usedAt + idleMs >= now()) break;
        if (!each.busy && id !== sessionId) sessions.delete(id);
        else if (sessions.size <= capacity) break;
      }
      return session;
    },
    end(sessionId) {
      sessions.delete(sessionId);
    },
  };
}

/** The newest turns. A conversation has to begin with what a user said, not with the result of a forgotten call. */
function lastTurns(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  if (messages.length <= keptMessages) return messages;
  const start = messages.findIndex((message, index) => index >= messages.length - keptMessages && message.role === 'user' && message.content.every((content) => content.type === 'text'));
  return start < 0 ? messages : messages.slice(start);
}
