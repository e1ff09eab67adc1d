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
 * The application's results, each with the call that it answers: the first unused one of the same operation.
 * @throws ServiceError ValidationException when they do not answer what was asked; DependencyFailedException when one of
 *   them says that the agent has to give up
 */
export function toolResultsOf(results: readonly InvocationResult[], invocationId: string | null | undefined, pending: AgentSession['pending'], operations: readonly ActionGroupOperation[]): readonly { readonly id: string; readonly result: AgentToolResult }[] {
  if (pending === null || pending.invocationId !== invocationId) throw new ServiceError('ValidationException', 'There is no return of control with this invocationId that waits for results.');
  const unused = [...results];
  return pending.calls.map((call) => {
    const operation = operations.find((each) => each.tool === call.name);
    const index = unused.findIndex((result) => operation !== undefined && result.actionGroup === operation.actionGroup && [undefined, operation.apiPath, operation.tool].includes(result.operation));
    const [found] = index < 0 ? [] : unused.splice(index, 1);
    if (found === undefined) throw new ServiceError('ValidationException', `The result of the action group ${operation?.actionGroup ?? call.name} is missing.`);
    if (found.state === 'FAILURE') throw new ServiceError('DependencyFailedException', `The action group ${found.actionGroup} reported a failure: ${found.text}`);
    return { id: call.id, result: { text: found.text, status: found.failed ? 'error' : 'success' } };
  });
}
