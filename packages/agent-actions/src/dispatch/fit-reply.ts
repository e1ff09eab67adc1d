import { AgentActionsError } from '../agent-actions-error.js';
import type { JsonValue } from '../execute-query/to-json-value.js';
import type { ToolReply } from './tool-reply.js';
import { truncationNote } from './truncation-note.js';

/**
 * Cuts rows off the end of a reply until it fits, and says so: `truncated`, how many rows there truly are
 * (`rowCount`; at least so many when `rowCountIsExact` is false), how many are shown (`rowsShown`), and how to ask for less. Other replies pass as they are.
 * @param size bytes of the whole answer for a body, the front's envelope included
 * @throws AgentActionsError `payload-too-large` when the reply does not fit even without rows
 */
export function fitReply(reply: ToolReply, maxBytes: number, size: (body: ToolReply['body']) => number): ToolReply {
  if (size(reply.body) <= maxBytes) return reply;
  const rows = reply.body['rows'];
  if (!Array.isArray(rows)) throw new AgentActionsError('payload-too-large', `The reply is larger than ${maxBytes} bytes and has no rows to leave out.`);
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
  if (size(body) > maxBytes) throw new AgentActionsError('payload-too-large', `The reply is larger than ${maxBytes} bytes even without its rows.`);
  return { ...reply, body };
}
