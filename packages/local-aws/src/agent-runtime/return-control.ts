import type { AgentToolCall, AgentToolResult } from '@ask-aurora/agent-actions';
import { ServiceError } from '../http/service-error.js';
import { propertiesOf, type ActionGroupOperation } from './action-group-tools.js';
import type { InvocationResult } from './invoke-agent-request.js';
import type { AgentSession } from './session-store.js';

/** The calls as the `returnControl` event tells the application of them. */
export function invocationInputsOf(calls: readonly AgentToolCall[], operations: readonly ActionGroupOperation[]): readonly unknown[] {
  return calls.flatMap((call): readonly unknown[] => {
    const operation = operations.find((each) => each.tool === call.name);
    if (operation === undefined) return [];
    const properties = propertiesOf(call.input);
    return operation.flavour === 'function'
      ? [{ functionInvocationInput: { actionGroup: operation.actionGroup, function: operation.tool, parameters: properties, actionInvocationType: 'RESULT' } }]
      : [{ apiInvocationInput: { actionGroup: operation.actionGroup, apiPath: operation.apiPath, httpMethod: 'POST', requestBody: { content: { 'application/json': { properties } } }, actionInvocationType: 'RESULT' } }];
  });
}

/**
 * The application's results, each with the call that it answers.
 * @throws ServiceError ValidationException when they do not answer what was asked
 */
export function toolResultsOf(results: readonly InvocationResult[], invocationId: string | null | undefined, pending: AgentSession['pending'], operations: readonly ActionGroupOperation[]): readonly { readonly id: string; readonly result: AgentToolResult }[] {
  if (pending === null || pending.invocationId !== invocationId) throw new ServiceError('ValidationException', 'There is no return of control with this invocationId that waits for results.');
  return pending.calls.map((call) => {
    const operation = operations.find((each) => each.tool === call.name);
    const found = results.map(asResult).find((result) => result.actionGroup === operation?.actionGroup);
    if (found === undefined) throw new ServiceError('ValidationException', `The result of the action group ${operation?.actionGroup ?? call.name} is missing.`);
    return { id: call.id, result: { text: found.text, status: found.failed ? 'error' : 'success' } };
  });
}

function asResult(result: InvocationResult): { readonly actionGroup: string; readonly text: string; readonly failed: boolean } {
  const found = ('apiResult' in result ? result.apiResult : result.functionResult) as { actionGroup: string; responseBody?: Record<string, { body?: string | null }> | null; responseState?: string | undefined; httpStatusCode?: number | null };
  return {
    actionGroup: found.actionGroup,
    text: Object.values(found.responseBody ?? {})[0]?.body ?? '',
    failed: found.responseState !== undefined || (found.httpStatusCode ?? 200) >= 400,
  };
}
