import type { AgentEvent, AgentToolCall } from '@ask-aurora/agent-actions';
import type { RetrievedReference, Trace } from '@aws-sdk/client-bedrock-agent-runtime';
import { assessmentOf } from '../guardrail/assessment-of.js';
import { propertiesOf, type ActionGroupOperation } from './action-group-tools.js';
import type { KnowledgeBaseDocument } from './knowledge-base.js';
import type { KnowledgeLookups } from './knowledge-lookups.js';
import { referenceOf } from './retrieval-configuration.js';
import { createTraceMetadata } from './trace-metadata.js';

/** Turns the events of a turn into Bedrock's traces, in its order and words. */
export interface TraceWriter {
  /** The traces of one event; most events have one, some none. */
  write(event: AgentEvent): readonly Trace[];
  failure(error: { readonly message: string; readonly status: number }): Trace;
}

/** What the traces of a turn speak of. */
export interface TraceSubjects {
  /** The turn's own; each step gets it with a number. */
  readonly turnId: string;
  readonly operations: readonly ActionGroupOperation[];
  readonly lookups: Pick<KnowledgeLookups, 'lookupOf' | 'foundBy'>;
  /** The id under which control is returned. */
  readonly invocationId: string;
  readonly modelId: string;
}

/** Makes the writer of one turn. */
export function createTraceWriter({ turnId, operations, lookups, invocationId, modelId }: TraceSubjects): TraceWriter {
  let step = 0;
  /** Pieces of the answer that a guardrail has judged. */
  let judged = 0;
  const metadata = createTraceMetadata();
  const stepId = () => `${turnId}-${step}`;
  const sourceOf = (call: AgentToolCall) => (lookups.lookupOf(call) !== undefined ? 'KNOWLEDGE_BASE' : operationOf(call.name) !== undefined ? 'ACTION_GROUP' : 'PARSER');
  const operationOf = (name: string) => operations.find((operation) => operation.tool === name);

  return {
    failure: ({ message, status }) => ({ failureTrace: { traceId: stepId(), failureReason: message, failureCode: status, metadata: metadata.end() } }),
    write(event) {
      switch (event.type) {
        case 'guardrail': {
          const assessments = event.verdict.blocked ? [assessmentOf(event.verdict.findings)] : [];
          return [
            {
              guardrailTrace: {
                action: event.verdict.blocked ? 'INTERVENED' : 'NONE',
                traceId: `${turnId}-guardrail-${event.source === 'input' ? 'pre' : 'post'}-${event.source === 'input' ? 0 : judged++}`,
                inputAssessments: event.source === 'input' ? assessments : [],
                outputAssessments: event.source === 'output' ? assessments : [],
              },
            },
          ];
        }
        case 'model-input':
          step = event.round - 1;
          metadata.begin();
          return [
            {
              orchestrationTrace: {
                modelInvocationInput: {
                  traceId: stepId(),
                  type: 'ORCHESTRATION',
                  foundationModel: modelId,
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
                  metadata: { ...metadata.end(), usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens } },
                },
              },
            },
            // What a model says beside a call is its reason for it.
            ...(calls && text !== '' ? [{ orchestrationTrace: { rationale: { traceId: stepId(), text } } }] : []),
          ];
        }
        case 'tool-call': {
          metadata.begin();
          const lookup = lookups.lookupOf(event.call);
          if (lookup !== undefined) return [{ orchestrationTrace: { invocationInput: { traceId: stepId(), invocationType: 'KNOWLEDGE_BASE', knowledgeBaseLookupInput: lookup } } }];
          const operation = operationOf(event.call.name);
          if (operation === undefined) return [];
          return [{ orchestrationTrace: { invocationInput: { traceId: stepId(), invocationType: 'ACTION_GROUP', actionGroupInvocationInput: actionGroupInput(operation, event.call.input, 'LAMBDA') } } }];
        }
        case 'return-control':
          return event.calls.flatMap((call) => {
            const operation = operationOf(call.name);
            if (operation === undefined) return [];
            return [{ orchestrationTrace: { invocationInput: { traceId: stepId(), invocationType: 'ACTION_GROUP' as const, actionGroupInvocationInput: { ...actionGroupInput(operation, call.input, 'RETURN_CONTROL'), invocationId } } } }];
          });
        case 'tool-result':
          if (event.result.fatal === true) return [];
          if (event.result.status === 'error') return [{ orchestrationTrace: { observation: { traceId: stepId(), type: 'REPROMPT', repromptResponse: { source: sourceOf(event.call), text: event.result.text } } } }];
          if (lookups.lookupOf(event.call) !== undefined) {
            const retrievedReferences = lookups.foundBy(event.call.id).map(asReference);
            return [{ orchestrationTrace: { observation: { traceId: stepId(), type: 'KNOWLEDGE_BASE', knowledgeBaseLookupOutput: { retrievedReferences, metadata: metadata.end() } } } }];
          }
          return [{ orchestrationTrace: { observation: { traceId: stepId(), type: 'ACTION_GROUP', actionGroupInvocationOutput: { text: event.result.text, metadata: metadata.end() } } } }];
        case 'done':
          if (event.stop === 'return-control' || event.stop === 'guardrail-input' || event.stop === 'tool-failure') return [];
          return [{ orchestrationTrace: { observation: { traceId: stepId(), type: isQuestion(event.text) ? 'ASK_USER' : 'FINISH', finalResponse: { text: event.text, metadata: metadata.end() } } } }];
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

function asReference(document: KnowledgeBaseDocument): RetrievedReference {
  const { metadata, ...reference } = referenceOf(document);
  return { ...reference, ...(metadata === undefined ? {} : { metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value])) }) };
}

function isQuestion(text: string): boolean {
  return text.trimEnd().endsWith('?');
}
