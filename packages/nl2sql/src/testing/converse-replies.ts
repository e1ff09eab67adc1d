import { setTimeout as delay } from 'node:timers/promises';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { Reply } from './local-server.js';

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes).toString('utf8'), (text) => Buffer.from(text, 'utf8'));

const usage = { inputTokens: 100, outputTokens: 20, totalTokens: 120 };

/** Answers Converse as Bedrock does: a body of JSON in the shape of the API reference. */
export function converseMessage(content: readonly unknown[], options: { readonly stopReason?: string; readonly usage?: unknown } = {}): Reply {
  return json(200, { output: { message: { role: 'assistant', content } }, stopReason: options.stopReason ?? 'end_turn', usage: options.usage ?? usage, metrics: { latencyMs: 12 } });
}

export const converseText = (text: string, options?: { readonly stopReason?: string; readonly usage?: unknown }): Reply => converseMessage([{ text }], options);

export const converseTool = (input: unknown): Reply => converseMessage([{ toolUse: { toolUseId: 'tool-1', name: 'answer_with_sql', input } }], { stopReason: 'tool_use' });

/** An error of the service, as restJson1 carries it. */
export function awsError(status: number, type: string, message = type): Reply {
  return (response) => void response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type }).end(JSON.stringify({ message }));
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function raw(status: number, body: string, contentType = 'application/json'): Reply {
  return (response) => void response.writeHead(status, { 'content-type': contentType }).end(body);
}

/** Starts an answer and breaks the connection in the middle of it. */
export const brokenOff: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"output":{"message":{"role":"assi');
  setTimeout(() => response.destroy(), 10);
};

/** Never answers, until the client hangs up. */
export const silent: Reply = () => undefined;

/** Never answers, and aborts the asker once the request is there: a time given in advance may pass before it is sent. */
export const silentAborting = (controller: AbortController): Reply => () => controller.abort();

export interface StreamEvent {
  readonly type: string;
  readonly body: unknown;
  /** Milliseconds before the event is sent. */
  readonly after?: number;
  /** An exception of the stream instead of an event. */
  readonly exception?: boolean;
}

/** Answers ConverseStream: framed events of application/vnd.amazon.eventstream with their checksums. */
export function converseStream(events: readonly StreamEvent[], options: { readonly hangAtEnd?: boolean } = {}): Reply {
  return async (response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    for (const event of events) {
      if (event.after !== undefined) await delay(event.after);
      const kind = event.exception === true ? { ':message-type': { type: 'string' as const, value: 'exception' }, ':exception-type': { type: 'string' as const, value: event.type } } : { ':message-type': { type: 'string' as const, value: 'event' }, ':event-type': { type: 'string' as const, value: event.type } };
      response.write(codec.encode({ headers: { ...kind, ':content-type': { type: 'string', value: 'application/json' } }, body: Buffer.from(JSON.stringify(event.body)) }));
    }
    if (options.hangAtEnd !== true) response.end();
  };
}

/** The events of a text in pieces. */
export function textEvents(pieces: readonly string[], options: { readonly after?: number; readonly stopReason?: string } = {}): readonly StreamEvent[] {
  const { after, stopReason = 'end_turn' } = options;
  return [
    { type: 'messageStart', body: { role: 'assistant' } },
    ...pieces.map((text): StreamEvent => ({ type: 'contentBlockDelta', body: { contentBlockIndex: 0, delta: { text } }, ...(after === undefined ? {} : { after }) })),
    { type: 'contentBlockStop', body: { contentBlockIndex: 0 } },
    { type: 'messageStop', body: { stopReason } },
    { type: 'metadata', body: { usage, metrics: { latencyMs: 5 } } },
  ];
}
