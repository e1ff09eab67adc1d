import { createHash } from 'node:crypto';
import { canonicalJson } from '../artifact/canonical-json.js';
import type { ModelRequest } from './model-port.js';

/** The digest of all of a request that a model sees. The signal and the structured task are left out. */
export function requestKey(request: ModelRequest): string {
  const { system, messages, tools, toolChoice, maxTokens, temperature } = request;
  return createHash('sha256').update(canonicalJson({ system, messages, tools, toolChoice, maxTokens, temperature })).digest('hex');
}
