import { describe, expect, it } from 'vitest';
import { AgentActionsError } from '../agent-actions-error.js';
import { fitReply } from './fit-reply.js';
import type { ToolReply } from './tool-reply.js';

const size = (body: ToolReply['body']) => Buffer.byteLength(JSON.stringify(body));
const rows = (count: number, width = 50): ToolReply => ({
  outcome: 'rows',
  code: null,
  next: 'done',
  status: 200,
  body: { outcome: 'rows', columns: [{ name: 'a', type: 'text' }], rows: Array.from({ length: count }, () => ['x'.repeat(width)]), rowCount: count, truncated: false },
});

describe('fitting a reply', () => {
  it('leaves a small one alone', () => {
    const reply = rows(3);
    expect(fitReply(reply, 10_000, size)).toBe(reply);
  });

  it('keeps as many rows as fit, with the true count and a way to ask for less', () => {
    const { body } = fitReply(rows(1_000), 25_600, size);
    const shown = body['rowsShown'] as number;
    expect(size(body)).toBeLessThanOrEqual(25_600);
    expect(size({ ...body, rows: [...(body['rows'] as string[][]), ['x'.repeat(50)]] })).toBeGreaterThan(25_600);
    expect(body).toMatchObject({ truncated: true, rowCount: 1_000 });
    expect(body['rows']).toHaveLength(shown);
    expect(body['note']).toContain(`has 1000 rows; only the first ${shown} are here. To ask for less`);
  });

  it('does not make more of the count than is known', () => {
    const cut = rows(1_000);
    const { body } = fitReply({ ...cut, body: { ...cut.body, rowCount: 5_000, rowCountIsExact: false, truncated: true, rowsShown: 1_000 } }, 25_600, size);
    expect(body).toMatchObject({ rowCount: 5_000, rowCountIsExact: false, note: expect.stringContaining('more than 5000 rows') as string });
    expect(body['rowsShown']).toBe((body['rows'] as unknown[]).length);
  });

  it('keeps none when the first row is already too large', () => {
    expect(fitReply(rows(2, 30_000), 1_000, size).body).toMatchObject({ rows: [], rowsShown: 0, rowCount: 2, truncated: true });
  });

  it.each([
    ['whose columns alone are too large', { ...rows(1), body: { ...rows(1).body, columns: Array.from({ length: 1_600 }, (_, index) => ({ name: `column_${index}`, type: 'text' })) } }],
    ['that has no rows to leave out', { ...rows(0), body: { reason: 'x'.repeat(30_000) } }],
  ])('makes a failure of a reply %s', (_, reply) => {
    expect(fitReply(reply, 25_600, size)).toMatchObject({ outcome: 'failure', code: 'too-large', next: 'repair', body: { outcome: 'failure', code: 'too-large', hint: expect.stringContaining('fewer columns') as string } });
  });

  it('throws when the envelope has no room for anything', () => {
    expect(() => fitReply(rows(1), 50, size)).toThrow(AgentActionsError);
  });
});
