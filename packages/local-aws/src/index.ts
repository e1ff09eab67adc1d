export type { ActionGroupFlavour, LocalAgentDefinition } from './agent-runtime/agent-definition.js';
export { retrieve, schemaDocuments, type KnowledgeBaseDocument, type RetrievedDocument } from './agent-runtime/knowledge-base.js';
export { createLocalGuardrail } from './guardrail/create-local-guardrail.js';
export type { GuardrailConfiguration } from './guardrail/guardrail-configuration.js';
export type { InvocationOutcome } from './lambda/runtime-api.js';
export { startLocalLambda, type LocalLambda, type LocalLambdaOptions } from './lambda/start-local-lambda.js';
export { LocalAwsError, type LocalAwsErrorCode } from './local-aws-error.js';
export { startLocalBedrock, type LocalBedrock, type LocalBedrockOptions } from './start-local-bedrock.js';
export { startLocalStack, type LocalStack, type LocalStackOptions } from './start-local-stack.js';
