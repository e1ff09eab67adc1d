import { AgentActionsError } from '../agent-actions-error.js';
import type { JsonValue } from '../execute-query/to-json-value.js';
import { replyToExecute } from './reply-to-execute.js';
import type { ToolReply } from './tool-reply.js';
import { truncationNote } from './truncation-note.js';

/**
 * Cuts rows off the end of a reply until it fits, and says so: `truncated`, how many rows there truly are
 * (`rowCount`; at least so many when `rowCountIsExact` is false), how many are shown (`rowsShown`), and how to ask for less. What does not fit even so is replied to with a failure.
 * @param size bytes of the whole answer for a body, the front's envelope included
 * @throws AgentActionsError `payload-too-large` when the envelope leaves no room for a failure
 */
export function fitReply(reply: ToolReply, maxBytes: number, size: (body: ToolReply['body']) => number): ToolReply {
  if (size(reply.body) <= maxBytes) return reply;
  const rows = reply.body['rows'];
  if (!Array.isArray(rows)) return tooLarge(maxBytes, size);
  const all: readonly JsonValue[] = rows;
  const { rowCount, rowCountIsExact } = reply.body;
  const total = { rows: typeof rowCount === 'number' ? rowCount : all.length, isExact: rowCountIsExact !== false };
  const cut = (shown: number): ToolReply['body'] => ({
    ...reply.body,
    rows: all.slice(0, shown),
    rowsShown: shown,
    rowCountIsExact: total.isExact,
    truncated: true,
    note: truncationNote(shown, total),
  });
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(cut(middle)) <= maxBytes) low = middle;
    else high = middle - 1;
  }
  const body = cut(low);
  return size(body) > maxBytes ? tooLarge(maxBytes, size) : { ...reply, body };
}

function tooLarge(maxBytes: number, size: (body: ToolReply['body']) => number): ToolReply {
  const reply = replyToExecute({ kind: 'failure', code: 'too-large', message: 'The reply is larger than can be given here, even without its rows.', hint: 'Select fewer columns, or write a shorter statement.', sqlState: null, near: null, retryable: false, retryAfterMs: null, auditId: '' });
  if (size(reply.body) > maxBytes) throw new AgentActionsError('payload-too-large', `Not even a failure fits into ${maxBytes} bytes; the session's attributes may be too large.`);
  return reply;
}
