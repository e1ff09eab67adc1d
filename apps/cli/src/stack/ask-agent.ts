import { suggestChart, type TraceStep } from '@ask-aurora/nl2sql';
import type { ResponseStream } from '@aws-sdk/client-bedrock-agent-runtime';
import type { Answer } from '../answer/answer.js';
import { withNothing } from '../answer/ask-question.js';
import { CliError } from '../cli-error.js';
import { readExecuted, readGenerated } from './action-reply.js';
import { clientOptions, explainAwsError, type AwsAccess } from './aws-access.js';

export interface AskAgentOptions extends AwsAccess {
  readonly agentId: string;
  readonly agentAliasId: string;
  readonly database: string;
  readonly question: string;
  readonly sessionId: string;
  /** Given on as session attributes. */
  readonly tenant: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Asks an agent of Bedrock Agents Classic; statement and rows are taken from its trace, the sentence is its own. */
export async function askAgent(options: AskAgentOptions): Promise<Answer> {
  const { BedrockAgentRuntimeClient, InvokeAgentCommand } = await import('@aws-sdk/client-bedrock-agent-runtime');
  const client = new BedrockAgentRuntimeClient(clientOptions(options));
  try {
    const { agentId, agentAliasId, sessionId, question: inputText, tenant } = options;
    const command = new InvokeAgentCommand({ agentId, agentAliasId, sessionId, inputText, enableTrace: true, endSession: false, sessionState: { sessionAttributes: { ...tenant } } });
    const { completion } = await client.send(command, { abortSignal: options.signal });
    if (completion === undefined) throw new CliError('stack-reply-malformed', 'The agent gave no answer.');
    return await readCompletion(completion, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw explainAwsError(error, `ask the agent ${options.agentId} (bedrock:InvokeAgent)`);
  } finally {
    client.destroy();
  }
}

async function readCompletion(completion: AsyncIterable<ResponseStream>, { question, database, signal }: AskAgentOptions): Promise<Answer> {
  const trace: TraceStep[] = [];
  let last = performance.now();
  let text = '';
  let answer: Omit<Answer, 'outcome'> & { readonly outcome: Answer['outcome'] | null } = { ...withNothing({ question, database, trace }), outcome: null };
  const decoder = new TextDecoder();
  for await (const event of completion) {
    signal.throwIfAborted();
    if (event.chunk?.bytes !== undefined) text += decoder.decode(event.chunk.bytes, { stream: true });
    const part = event.trace?.trace;
    if (part === undefined) continue;
    const now = performance.now();
    trace.push({ name: Object.keys(part)[0] ?? 'trace', startedAt: new Date().toISOString(), durationMs: now - last, outcome: 'ok', detail: {} });
    last = now;
    if (part.guardrailTrace?.action === 'INTERVENED') answer = { ...answer, outcome: 'refused', refused: true };
    if (part.failureTrace !== undefined) answer = { ...answer, outcome: 'failed', reason: part.failureTrace.failureReason ?? null };
    const observation = part.orchestrationTrace?.observation;
    const reply = observation?.actionGroupInvocationOutput?.text ?? observation?.repromptResponse?.text;
    if (reply !== undefined) answer = noteReply(answer, reply);
  }
  text += decoder.decode();
  return settled(answer, text);
}

type Noted = Omit<Answer, 'outcome'> & { readonly outcome: Answer['outcome'] | null };

/** What one reply of an action means for the answer. Something else than such a reply is the agent's own affair. */
function noteReply(answer: Noted, text: string): Noted {
  let reply: { readonly outcome?: unknown; readonly sql?: unknown };
  try {
    reply = JSON.parse(text) as typeof reply;
  } catch {
    return answer;
  }
  if (reply.outcome === 'rows') {
    const result = readExecuted(reply, answer.sql ?? '');
    if (result.kind !== 'rows') return answer;
    const { columns, rows, truncated } = result;
    return { ...answer, outcome: 'answered', refused: false, reason: null, columns, rows, truncated, chart: suggestChart(columns, rows) };
  }
  if (reply.outcome === 'refusal' || reply.outcome === 'failure') {
    const { reason, message } = reply as { readonly reason?: string; readonly message?: string };
    const refused = reply.outcome === 'refusal';
    return { ...answer, outcome: refused ? 'refused' : 'failed', refused, reason: reason ?? message ?? null };
  }
  const generated = readGenerated(reply);
  switch (generated.kind) {
    case 'statement':
      return {
        ...answer, sql: generated.sql, parameters: generated.parameters, explanation: generated.explanation, source: generated.source,
        verdict: { accepted: true, relations: generated.relations.map((relation) => `${relation.schema}.${relation.name}`), violations: [] },
      };
    case 'abstention':
      return { ...answer, outcome: 'abstained', refused: true, reason: generated.reason };
    case 'clarification':
      return { ...answer, outcome: 'clarification', refused: true, reason: generated.question };
    default:
      return answer;
  }
}

/** An agent that ran nothing has answered nothing, whatever it says. */
function settled(noted: Noted, text: string): Answer {
  const { outcome } = noted;
  if (outcome === 'answered') return { ...noted, outcome, answer: text };
  return { ...noted, outcome: outcome ?? 'abstained', refused: outcome !== 'failed', reason: noted.reason ?? text, answer: null };
}
