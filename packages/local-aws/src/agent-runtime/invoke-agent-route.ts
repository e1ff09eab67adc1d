import { LocalAwsError } from '../local-aws-error.js';
import { createLocalGuardrail } from '../guardrail/create-local-guardrail.js';
import { parseBody } from '../http/parse-body.js';
import { ownMember } from '../http/own-member.js';
import type { Route } from '../http/route.js';
import { ServiceError } from '../http/service-error.js';
import { eventStreamContentType } from '../event-stream/encode-event.js';
import type { LocalAgentDefinition } from './agent-definition.js';
import { createAgentTurn, type AgentIdentity } from './create-agent-turn.js';
import { invokeAgentRequestSchema } from './invoke-agent-request.js';
import type { KnowledgeBaseDocument } from './knowledge-base.js';
import { createSessionStore, type SessionStore } from './session-store.js';

/** The agent's identity, with the defaults of the definition. */
export function identityOf(agent: LocalAgentDefinition): AgentIdentity {
  return { agentId: agent.agentId ?? 'ASKAURORA1', agentAliasId: agent.agentAliasId ?? 'TSTALIASID', name: agent.name ?? 'ask-aurora', functionTimeoutMs: agent.functionTimeoutMs ?? 60_000 };
}

/**
 * InvokeAgent for one agent.
 * @param documents what knowledge bases hold, by id
 * @throws LocalAwsError `invalid-configuration`
 */
export function invokeAgentRoute(agent: LocalAgentDefinition, documents: Readonly<Record<string, readonly KnowledgeBaseDocument[]>> = {}): Route & { readonly sessions: SessionStore } {
  const identity = identityOf(agent);
  const sessions = createSessionStore((agent.idleSessionTtlInSeconds ?? 600) * 1_000);
  const knowledgeBases = (agent.knowledgeBases ?? []).map((base) => {
    const held = ownMember(documents, base.knowledgeBaseId);
    if (held === undefined) throw new LocalAwsError('invalid-configuration', `The agent has the knowledge base ${base.knowledgeBaseId}, which has no documents here; give them in \`knowledgeBases\`.`);
    return { ...base, documents: held };
  });
  const turn = createAgentTurn({ definition: agent, identity, guardrail: agent.guardrail === undefined ? undefined : createLocalGuardrail(agent.guardrail), knowledgeBases });
  return {
    sessions,
    method: 'POST',
    path: '/agents/{agentId}/agentAliases/{agentAliasId}/sessions/{sessionId}/text',
    handle({ path, body, signal }) {
      const { agentId, agentAliasId, sessionId = '' } = path;
      if (agentId !== identity.agentId) throw new ServiceError('ResourceNotFoundException', `The agent ${agentId ?? ''} does not exist.`);
      if (agentAliasId !== identity.agentAliasId) throw new ServiceError('ResourceNotFoundException', `The alias ${agentAliasId ?? ''} of the agent does not exist.`);
      if (!/^[0-9a-zA-Z._:-]{2,100}$/.test(sessionId)) throw new ServiceError('ValidationException', 'The session id has to be 2 to 100 letters, digits, or any of . _ : -');
      const request = parseBody(invokeAgentRequestSchema, body);
      const headers = { 'content-type': eventStreamContentType, 'x-amzn-bedrock-agent-content-type': 'application/json', 'x-amz-bedrock-agent-session-id': sessionId, ...(request.memoryId === undefined ? {} : { 'x-amz-bedrock-agent-memory-id': request.memoryId }) };
      const ends = request.endSession === true;
      if (ends && (request.inputText ?? '') === '') {
        sessions.end(sessionId);
        return { kind: 'stream', headers, chunks: nothing() };
      }
      const session = sessions.open(sessionId);
      if (session.busy) throw new ServiceError('ConflictException', 'A turn of this session is under way.');
      const { sessionAttributes, promptSessionAttributes } = request.sessionState ?? {};
      if (sessionAttributes !== undefined) session.sessionAttributes = sessionAttributes;
      session.promptSessionAttributes = promptSessionAttributes ?? {};
      return { kind: 'stream', headers, chunks: ends ? thenEnd(turn(request, session, signal), () => sessions.end(sessionId)) : turn(request, session, signal) };
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An ended session answers with an empty stream.
}

async function* thenEnd(frames: AsyncIterable<Uint8Array>, end: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* frames;
  } finally {
    end();
  }
}
