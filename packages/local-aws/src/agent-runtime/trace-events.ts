import type { AgentEvent } from '@ask-aurora/agent-actions';
import type { Trace } from '@aws-sdk/client-bedrock-agent-runtime';
import { assessmentOf } from '../guardrail/assessment-of.js';
import { propertiesOf, type ActionGroupOperation } from './action-group-tools.js';

/** Turns the events of a turn into Bedrock's traces, in its order and words. */
export interface TraceWriter {
  /** The traces of one event; most events have one, some none. */
  write(event: AgentEvent): readonly Trace[];
  failure(reason: string): Trace;
}

/** @param traceId the turn's own; each step gets it with a number */
export function createTraceWriter(traceId: string, operations: readonly ActionGroupOperation[]): TraceWriter {
  let step = 0;
  const stepId = () => `${traceId}-${step}`;
  const operationOf = (name: string) => operations.find((operation) => operation.tool === name);

  return {
    failure: (failureReason) => ({ failureTrace: { traceId: stepId(), failureReason } }),
    write(event) {
      switch (event.type) {
        case 'guardrail': {
          const assessments = event.verdict.blocked ? [assessmentOf(event.verdict.findings)] : [];
          return [
            {
              guardrailTrace: {
                action: event.verdict.blocked ? 'INTERVENED' : 'NONE',
                traceId: `${traceId}-guardrail-${event.source === 'input' ? 'pre' : 'post'}-0`,
                inputAssessments: event.source === 'input' ? assessments : [],
                outputAssessments: event.source === 'output' ? assessments : [],
              },
            },
          ];
        }
        case 'model-input':
          step = event.round - 1;
          return [
            {
              orchestrationTrace: {
                modelInvocationInput: {
                  traceId: stepId(),
                  type: 'ORCHESTRATION',
                  text: JSON.stringify({ system: event.request.system.map((block) => block.text).join('\n'), messages: event.request.messages }),
                  ...(event.request.maxTokens === undefined ? {} : { inferenceConfiguration: { maximumLength: event.request.maxTokens } }),
                },
              },
            },
          ];
        case 'model-output': {
          const { content, usage } = event.response;
          const text = content.map((each) => (each.type === 'text' ? each.text : '')).join('');
          const calls = content.some((each) => each.type === 'tool-use');
          return [
            {
              orchestrationTrace: {
                modelInvocationOutput: {
                  traceId: stepId(),
                  rawResponse: { content: JSON.stringify({ stop_reason: event.response.stopReason, content }) },
                  metadata: { usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens } },
                },
              },
            },
            // What a model says beside a call is its reason for it.
            ...(calls && text !== '' ? [{ orchestrationTrace: { rationale: { traceId: stepId(), text } } }] : []),
          ];
        }
        case 'tool-call': {
          const operation = operationOf(event.call.name);
          if (operation === undefined) return [];
          return [{ orchestrationTrace: { invocationInput: { traceId: stepId(), invocationType: 'ACTION_GROUP', actionGroupInvocationInput: actionGroupInput(operation, event.call.input, 'LAMBDA') } } }];
        }
        case 'return-control':
          return event.calls.flatMap((call) => {
            const operation = operationOf(call.name);
            if (operation === undefined) return [];
            return [{ orchestrationTrace: { invocationInput: { traceId: stepId(), invocationType: 'ACTION_GROUP' as const, actionGroupInvocationInput: actionGroupInput(operation, call.input, 'RETURN_CONTROL') } } }];
          });
        case 'tool-result':
          if (event.result.fatal === true) return [];
          if (event.result.status === 'error') return [{ orchestrationTrace: { observation: { traceId: stepId(), type: 'REPROMPT', repromptResponse: { source: 'ACTION_GROUP', text: event.result.text } } } }];
          return [{ orchestrationTrace: { observation: { traceId: stepId(), type: 'ACTION_GROUP', actionGroupInvocationOutput: { text: event.result.text } } } }];
        case 'done':
          if (event.stop === 'return-control' || event.stop === 'guardrail-input' || event.stop === 'tool-failure') return [];
          return [{ orchestrationTrace: { observation: { traceId: stepId(), type: isQuestion(event.text) ? 'ASK_USER' : 'FINISH', finalResponse: { text: event.text } } } }];
        case 'text':
        case 'step':
          return [];
      }
    },
  };
}

function actionGroupInput(operation: ActionGroupOperation, input: unknown, executionType: 'LAMBDA' | 'RETURN_CONTROL') {
  const properties = [...propertiesOf(input)];
  return operation.flavour === 'function'
    ? { actionGroupName: operation.actionGroup, function: operation.tool, parameters: properties, executionType }
    : { actionGroupName: operation.actionGroup, apiPath: operation.apiPath, verb: 'post', requestBody: { content: { 'application/json': properties } }, executionType };
}

function isQuestion(text: string): boolean {
  return text.trimEnd().endsWith('?');
}
