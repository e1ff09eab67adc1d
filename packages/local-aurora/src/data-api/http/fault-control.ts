import type { IncomingMessage, ServerResponse } from 'node:http';
import { LocalAuroraError } from '../../local-aurora-error.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { parseBody } from '../request/request-members.js';
import { ServiceError } from '../service-error.js';
import { answer } from './answer.js';
import { readBody } from './read-body.js';

export const faultControlPath = '/_ask-aurora/faults';

const bodyLimitBytes = 64 * 1024;

/** The injector over HTTP: GET lists the rules, POST adds one, DELETE takes all away. @throws {ServiceError} */
export async function controlFaults(request: IncomingMessage, response: ServerResponse, faults: FaultInjector): Promise<void> {
  switch (request.method) {
    case 'GET':
      return answer(response, 200, JSON.stringify({ faults: faults.list() }));
    case 'DELETE':
      faults.clear();
      return answer(response, 200, JSON.stringify({ faults: [] }));
    case 'POST':
      // A browser sends this media type to another origin only after asking, and this server never consents.
      if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) throw new ServiceError('BadRequestException', 'Send the rule as application/json.');
      inject(faults, parseBody(await readBody(request, bodyLimitBytes)));
      return answer(response, 201, JSON.stringify({ faults: faults.list() }));
    default:
      throw new ServiceError('UnknownOperationException', `${request.method ?? ''} is not supported here.`);
  }
}

function inject(faults: FaultInjector, rule: unknown): void {
  try {
    faults.inject(rule as FaultRule);
  } catch (error) {
    if (LocalAuroraError.isInstance(error)) throw new ServiceError('ValidationException', error.message);
    throw error;
  }
}
