import type { MessageContent, ModelMessage, ModelResponse } from '../model/model-port.js';
import { fence, untrustedLine } from '../prompt/fence.js';
import type { CheckedCandidate } from './check-candidate.js';

/** Why an attempt has to be repeated, as far as the model should know. */
export type RepairReason = Exclude<CheckedCandidate, { readonly outcome: 'accepted' }> | { readonly outcome: 'no-statement' | 'truncated'; readonly reason: string };

/** One sentence for people about a failed attempt. */
export function describeFailure(failure: RepairReason): string {
  switch (failure.outcome) {
    case 'guard':
      return failure.violations.map(({ message }) => message).join(' ') || 'The guard refused the statement.';
    case 'parameters':
      return `The statement has no value for ${failure.missing.map((name) => `:${name}`).join(', ')}.`;
    case 'dry-run':
      return `The database could not plan the statement: ${failure.error.message}`;
    case 'no-statement':
    case 'truncated':
      return failure.reason;
  }
}

/**
 * The two messages that continue a conversation after a failed attempt: the model's own reply, and what was wrong with
 * it, with the guard's hints and the database's own words. The database's words may quote data, so they are fenced.
 */
export function repairMessages(response: ModelResponse, sql: string | null, failure: RepairReason): readonly ModelMessage[] {
  const feedback = feedbackText(sql, failure);
  const uses = response.content.filter((content) => content.type === 'tool-use');
  const said = response.content.filter((content) => content.type !== 'text' || content.text.trim() !== '');
  const echo: readonly MessageContent[] = said.length === 0 ? [{ type: 'text', text: '(empty reply)' }] : said.map((content) => (content.type === 'tool-use' ? { ...content, input: objectInput(content.input) } : content));
  const answer: readonly MessageContent[] = uses.length === 0 ? [{ type: 'text', text: feedback }] : uses.map((use, index) => ({ type: 'tool-result', toolUseId: use.id, text: index === 0 ? feedback : 'See above.', status: 'error' }));
  return [
    { role: 'assistant', content: echo },
    { role: 'user', content: answer },
  ];
}

function feedbackText(sql: string | null, failure: RepairReason): string {
  const again = 'Reply again in the same form with a corrected statement, or abstain if the schema cannot answer the question.';
  switch (failure.outcome) {
    case 'guard':
      return [
        'The statement was refused:',
        fence('complaint', failure.violations.map((violation) => `- ${untrustedLine(violation.message, 400)}${place(sql, violation)} ${untrustedLine(violation.hint, 400)}`).join('\n')),
        again,
      ].join('\n');
    case 'parameters':
      return `The statement names ${failure.missing.map((name) => `:${untrustedLine(name, 60)}`).join(', ')} without a value in "parameters". Give the values, or write them into the statement. ${again}`;
    case 'dry-run': {
      const { message, hint, detail, sqlState, position } = failure.error;
      const lines = [`${sqlState === undefined ? '' : `${sqlState}: `}${message}`, ...(detail === undefined ? [] : [`Detail: ${detail}`]), ...(hint === undefined ? [] : [`Hint: ${hint}`]), ...(position === undefined || sql === null ? [] : [`Near: ${sql.slice(Math.max(0, position - 1), position + 39)}`])];
      return ['The database could not plan the statement:', fence('complaint', lines.map((line) => untrustedLine(line, 600)).join('\n')), again].join('\n');
    }
    case 'truncated':
      return `The reply was cut off at the token limit. Reply again in the same form, shorter: a one-sentence explanation and a compact statement.`;
    case 'no-statement':
      return `${failure.reason} ${again}`;
  }
}

function place(sql: string | null, violation: { readonly start: number; readonly end: number }): string {
  if (sql === null || violation.end <= violation.start || violation.end - violation.start >= sql.length) return '';
  return ` (at: ${untrustedLine(sql.slice(violation.start, violation.end), 80)})`;
}

/** Converse accepts only a JSON object as the input of a tool call that is sent back. */
function objectInput(input: unknown): unknown {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
}
