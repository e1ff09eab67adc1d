import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultEngine } from '../faults/fault-injector.js';
import type { OperationContext } from '../operations/operation-context.js';
import { findOperation } from '../operations/operation.js';
import { parseBody } from '../request/request-members.js';
import { internalFailure, ServiceError } from '../service-error.js';
import type { ServerStats } from '../server-stats.js';
import { answer, answerError } from './answer.js';
import { requireSignature } from './authorization.js';
import { controlFaults, faultControlPath } from './fault-control.js';
import { requireLoopbackHost } from './loopback-host.js';
import { readBody } from './read-body.js';

export const healthPath = '/_ask-aurora/health';

export interface RequestHandlerOptions {
  readonly context: OperationContext;
  readonly faults: FaultEngine;
  readonly stats: ServerStats;
  /** Serves the fault control endpoint. */
  readonly faultControl: boolean;
  /** The only access key id that may call; undefined for any. */
  readonly accessKeyId: string | undefined;
  /** Is told of faults that are none of the service's. */
  readonly onFault: (error: unknown) => void;
}

/** What one HTTP request comes to. */
export function createRequestHandler(options: RequestHandlerOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      await route(options, request, response);
    } catch (error) {
      // The caller hung up before the request was complete; nobody is left to answer.
      if (request.destroyed && !request.complete) return;
      if (!(error instanceof ServiceError)) options.onFault(error);
      const known = error instanceof ServiceError ? error : internalFailure();
      options.stats.failed(known.name);
      if (!response.destroyed && !response.headersSent) answerError(response, known);
    }
  };
}

async function route({ context, faults, stats, faultControl, accessKeyId }: RequestHandlerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  requireLoopbackHost(request.headers.host);
  if (path === healthPath && request.method === 'GET') return answer(response, 200, JSON.stringify({ status: 'ok', resourceArn: context.resourceArn }));
  if (path === faultControlPath && faultControl) return controlFaults(request, response, faults);
  const operation = request.method === 'POST' ? findOperation(path) : undefined;
  if (!operation) throw new ServiceError('UnknownOperationException', `${request.method ?? ''} ${path} is not an operation of the RDS Data API.`);
  stats.called(operation.name);
  requireSignature(request.headers, accessKeyId);
  const body = parseBody(await readBody(request, context.limits.requestBytes));
  const plan = faults.plan(operation.name, typeof body['sql'] === 'string' ? body['sql'] : '');
  if (plan.latencyMs > 0) await new Promise<void>((resolve) => context.clock.schedule(plan.latencyMs, resolve));
  if (plan.before === 'drop') return drop(request);
  if (plan.before) throw plan.before;
  const result = await operation.run(context, body);
  if (plan.after === 'drop') return drop(request);
  if (plan.after) throw plan.after;
  answer(response, 200, result);
}

/** Cuts the connection, as a network fault does. */
function drop(request: IncomingMessage): void {
  request.socket.destroy();
}
