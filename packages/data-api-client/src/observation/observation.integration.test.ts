import { SpanStatusCode, trace, type Span, type SpanOptions, type TracerProvider } from '@opentelemetry/api';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { useLocalDataApi } from '../testing/local-data-api.js';
import type { CallEvent } from './data-api-hooks.js';

interface RecordedSpan {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  status: number | undefined;
  ended: boolean;
}

const spans: RecordedSpan[] = [];
const startSpan = (name: string, options: SpanOptions = {}): Span => {
  const recorded: RecordedSpan = { name, attributes: { ...options.attributes }, status: undefined, ended: false };
  spans.push(recorded);
  const span = {
    setAttribute: (key: string, value: unknown) => ((recorded.attributes[key] = value), span),
    setStatus: ({ code }: { readonly code: number }) => ((recorded.status = code), span),
    end: () => (recorded.ended = true),
  };
  return span as unknown as Span;
};
trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) } as unknown as TracerProvider);
afterAll(() => trace.disable());

const api = useLocalDataApi();
const secret = 'a value that must stay out of logs';

beforeEach(() => void spans.splice(0));

describe('hooks', () => {
  test('tell of every call without secrets and values', async () => {
    const events: [string, CallEvent][] = [];
    const note = (kind: string) => (event: CallEvent): void => void events.push([kind, event]);
    const client = api.connect({ hooks: { onStart: note('start'), onEnd: note('end'), onError: note('error') } });
    await client.transaction((tx) => tx.query('select :x::text as x', { x: secret }, { label: 'find x' }));
    await client.query('select nothing', {}).catch(() => undefined);

    expect(events.map(([kind, { operation, inTransaction }]) => `${kind} ${operation} ${inTransaction}`)).toEqual([
      'start begin false', 'end begin false', 'start execute true', 'end execute true', 'start commit true', 'end commit true', 'start execute false', 'error execute false',
    ]);
    expect(events[3]?.[1]).toMatchObject({ sql: 'select :x::text as x', parameterNames: ['x'], label: 'find x', rowCount: 1, attempts: 1, database: expect.stringMatching(/^test_/u) });
    expect(events[7]?.[1]).toMatchObject({ error: { code: 'database-error', sqlState: '42703' } });
    const everything = JSON.stringify(events);
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain('secretsmanager');
  });

  test('give values when asked to', async () => {
    const events: CallEvent[] = [];
    await api.connect({ logParameterValues: true, hooks: { onStart: (event) => events.push(event) } }).query('select :x::text', { x: secret });
    expect(events).toMatchObject([{ parameters: { x: secret } }]);
  });

  test('that throw change nothing', async () => {
    const broken = (): never => { throw new Error('logger is down'); };
    expect(await api.connect({ hooks: { onStart: broken, onEnd: broken } }).one('select 1::int4 as a')).toEqual({ a: 1 });
  });
});

describe('spans', () => {
  test('carry the statement, the outcome and no values', async () => {
    await api.client.query('select :x::text', { x: secret });
    await api.client.query('selec').catch(() => undefined);
    expect(spans).toEqual([
      { name: 'SELECT', ended: true, status: undefined, attributes: expect.objectContaining({ 'db.system.name': 'postgresql', 'db.query.text': 'select :x::text', 'db.response.returned_rows': 1 }) as unknown },
      { name: 'SELEC', ended: true, status: SpanStatusCode.ERROR, attributes: expect.objectContaining({ 'error.type': 'database-error', 'db.response.status_code': '42601' }) as unknown },
    ]);
    expect(JSON.stringify(spans)).not.toContain(secret);
  });

  test('are left out when tracing is off', async () => {
    await api.connect({ tracing: 'off' }).query('select 1');
    expect(spans).toEqual([]);
  });
});
