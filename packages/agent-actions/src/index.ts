export { AgentActionsError, type AgentActionsErrorCode } from './agent-actions-error.js';
export type { AuditOutcome, AuditRecord } from './audit/audit-record.js';
export type { AuditSink } from './audit/audit-sink.js';
export { createJsonLinesAudit } from './audit/create-json-lines-audit.js';
export { createMemoryAudit, type MemoryAudit } from './audit/create-memory-audit.js';
export { createMemoryResultCache, type MemoryResultCacheOptions } from './cache/create-memory-result-cache.js';
export { createStoredResultCache, type StoredResultCacheOptions } from './cache/create-stored-result-cache.js';
export type { ResultCache } from './cache/result-cache.js';
export type { Caller, Front } from './caller/caller.js';
export { createTenantPolicy, type TenantPolicy, type TenantResolution, type TenantSettingInput } from './caller/tenant-policy.js';
export { createPlanGate } from './execute-query/create-plan-gate.js';
export { createExecuteQuery, type ExecuteQuery, type ExecuteQueryInput, type ExecuteQueryPorts } from './execute-query/create-execute-query.js';
export type { ExecuteLimits, ExecuteLimitsInput } from './execute-query/execute-limits.js';
export type { ColumnDescription, ExecuteFailure, ExecuteFailureCode, ExecuteQueryResult, ExecuteRefusal, RowsResult } from './execute-query/execute-query-result.js';
export type { PlanDecision, PlanGate } from './execute-query/plan-gate.js';
export type { JsonValue } from './execute-query/to-json-value.js';
export { createGenerateQuery, type GenerateQuery, type GenerateQueryInput, type GenerateQueryPorts } from './generate-query/create-generate-query.js';
export type {
  GenerateAbstention,
  GenerateClarification,
  GeneratedStatement,
  GenerateFailure,
  GenerateFailureCode,
  GenerateQueryResult,
  GenerateRefusal,
} from './generate-query/generate-query-result.js';
export { createBulkhead, type Bulkhead, type BulkheadOptions } from './limits/create-bulkhead.js';
export { createCallerLimits, type Admission, type CallerLimits, type CallerLimitsOptions } from './limits/create-caller-limits.js';
export { createCircuitBreaker, type CircuitBreaker, type CircuitBreakerOptions } from './limits/create-circuit-breaker.js';
export type { ParameterProblem } from './parameters/check-parameters.js';
export type { DatabaseColumn, DatabaseResult, ReadOnlyDatabase, ReadOnlyTransaction, ReadOnlyTransactionOptions } from './ports/read-only-database.js';
export type { AcceptedStatement, GuardDecision, GuardViolation, StatementGuard } from './ports/statement-guard.js';
export { createAgentCoreHandler, type AgentCoreContext, type AgentCoreHandler, type AgentCoreHandlerOptions } from './agentcore/create-agentcore-handler.js';
export type { AgentEvent, AgentStop, AgentToolCall, AgentToolResult, Guardrail, GuardrailFinding, GuardrailVerdict } from './agent/agent-event.js';
export { defaultAgentInstruction } from './agent/agent-instruction.js';
export { createActionAgentTools, type AgentTool, type AgentToolContext } from './agent/agent-tool.js';
export { createAgent, type Agent, type AgentInput, type AgentOptions } from './agent/create-agent.js';
export { createOfflineAgentModel, type OfflineAgentModelOptions } from './agent/create-offline-agent-model.js';
export { createAsk, type Ask, type AskInput, type AskResult } from './ask/create-ask.js';
export type { ClassicEvent, FunctionEvent, OpenApiEvent } from './bedrock-classic/classic-event.js';
export type { ClassicResponse, FunctionResponse, OpenApiResponse } from './bedrock-classic/classic-response.js';
export { createBedrockClassicHandler, type BedrockClassicHandler, type BedrockClassicHandlerOptions, type InvocationContext } from './bedrock-classic/create-bedrock-classic-handler.js';
export { actionToolNamed, actionTools, type ActionTool, type ActionToolName } from './dispatch/action-tools.js';
export { createActionDispatcher, type ActionDispatcher, type Actions, type ToolCall } from './dispatch/create-action-dispatcher.js';
export { fitReply } from './dispatch/fit-reply.js';
export type { ToolOutcome, ToolReply } from './dispatch/tool-reply.js';
