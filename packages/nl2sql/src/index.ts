export { createArtifact } from './artifact/create-artifact.js';
export { parseArtifact } from './artifact/parse-artifact.js';
export { schemaArtifactSchema } from './artifact/schema-artifact.js';
export type { ArtifactColumn, EnumType, ForeignKey, Metric, NamedFilter, Relation, SchemaArtifact, SchemaArtifactInput } from './artifact/schema-artifact.js';
export { introspect } from './introspection/introspect.js';
export { applyOverlay } from './overlay/apply-overlay.js';
export type { VerifiedQuery, VerifiedQueryParameter } from './verified-query/verified-query.js';
export { artifactHash } from './artifact/artifact-hash.js';
export { artifactJsonSchema } from './artifact/artifact-json-schema.js';
export { diffArtifacts, type ArtifactChange } from './artifact/diff-artifacts.js';
export type { RunQuery } from './introspection/run-query.js';
export type { Overlay, OverlayInput } from './overlay/overlay.js';
export { overlayJsonSchema } from './overlay/overlay-json-schema.js';
export { parseOverlay } from './overlay/parse-overlay.js';
export type { IntrospectOptions } from './introspection/introspect.js';
export { artifactFormatVersion } from './artifact/schema-artifact.js';
export type { ApplyOverlayOptions } from './overlay/apply-overlay.js';
export type { ArtifactSource } from './artifact-source/artifact-source.js';
export { createFileArtifactSource } from './artifact-source/file-artifact-source.js';
export { createMemoryArtifactSource, type MemoryArtifactSource } from './artifact-source/memory-artifact-source.js';
export type { RecheckOptions } from './artifact-source/rechecked-artifact.js';
export { createS3ArtifactSource, type S3ArtifactSourceOptions } from './artifact-source/s3-artifact-source.js';

export { screenQuestion, type ScreenOptions, type ScreenRule, type ScreenVerdict } from './screen/screen-question.js';

export type { EmbeddingModel } from './linking/embedding-model.js';
export { createBedrockEmbeddings, type BedrockEmbeddingsOptions } from './linking/bedrock-embeddings.js';
export { createEmbeddingRanker, type EmbeddingRankerOptions } from './linking/embedding-ranker.js';
export { createKnowledgeBaseRanker, type KnowledgeBaseRankerOptions } from './linking/knowledge-base-ranker.js';
export { createSentenceEncoderEmbeddings, type SentenceEncoderOptions } from './linking/sentence-encoder-embeddings.js';
export type { LinkedSchema, Linker } from './linking/linker.js';
export type { RelationRanker } from './linking/relation-ranker.js';
export { createSchemaLinker, type RankedRelation, type SchemaLinkerOptions } from './linking/schema-linker.js';

export { buildPrompt, type Prompt, type PromptExample, type PromptInput } from './prompt/build-prompt.js';
export { renderDdl } from './prompt/ddl-schema.js';
export { estimateTokens } from './prompt/estimate-tokens.js';
export { fence, type FenceName } from './prompt/fence.js';
export { renderMSchema, type SchemaRendering } from './prompt/m-schema.js';
export { selectExamples } from './prompt/select-examples.js';

export type {
  MessageContent,
  Model,
  ModelContent,
  ModelEvent,
  ModelMessage,
  ModelRequest,
  ModelResponse,
  ModelStopReason,
  ModelTool,
  ModelToolChoice,
  ModelUsage,
  SystemBlock,
  TextContent,
  ToolResultContent,
  ToolUseContent,
} from './model/model-port.js';
export type { AnswerTask, ModelTask, TextToSqlTask } from './model/model-task.js';
export type { AwsClient } from './model/aws-client.js';
export { createBedrockConverseModel, type BedrockConverseModelOptions } from './model/bedrock-converse-model.js';
export { createOpenAiCompatibleModel, type OpenAiCompatibleModelOptions } from './model/openai-compatible-model.js';
export { createRecordingModel, createReplayingModel } from './model/recording-model.js';
export { fileRecordings, memoryRecordings, type Recording, type RecordingStore } from './model/recording-store.js';
export { generateByStream } from './model/generate-by-stream.js';
export type { RetryPolicy } from './waiting/with-retries.js';
export type { ServiceWords } from './redaction/redactor.js';

export { createOfflineModel, type OfflineModelOptions } from './offline/create-offline-model.js';
export { createVerifiedQueryMatcher } from './verified-query/verified-query-matcher.js';

export { extractReply, type ExtractedReply, type ExtractedStatement } from './extraction/extract-reply.js';

export { createTextToSql, type TextToSqlOptions } from './pipeline/create-text-to-sql.js';
export type { SessionContext, TextToSql, TextToSqlInput } from './pipeline/text-to-sql.js';
export type { AbstentionResult, Attempt, ClarificationResult, RefusalResult, StatementResult, TextToSqlResult } from './pipeline/text-to-sql-result.js';
export type { CandidateStatement, DatabaseComplaint, DryRun, DryRunOutcome } from './pipeline/dry-run.js';
export { createExplainDryRun, type ExplainDryRunOptions } from './pipeline/explain-dry-run.js';
export type { ParameterValue } from './pipeline/parameter-value.js';
export type { ModelPrices, PipelineUsage } from './pipeline/pipeline-usage.js';
export type { TraceStep } from './pipeline/trace-step.js';
export type { VerifiedQueryMatch, VerifiedQueryMatcher } from './pipeline/verified-query-matcher.js';
export type { VotingOptions } from './pipeline/vote-on-candidates.js';

export { answerFromRows, type Answer, type AnswerInput } from './answer/answer-from-rows.js';
export { answerWithModel, type CheckedAnswer, type ModelAnswerOptions } from './answer/model-answer.js';
export type { ResultColumn } from './answer/result-column.js';
export { suggestChart } from './answer/suggest-chart.js';
export type { EncodingChannel, VegaLiteSpec } from './answer/vega-lite-spec.js';

export type { CacheStore } from './cache/cache-store.js';
export { createDynamoDbCacheStore, type DynamoDbCacheStoreOptions } from './cache/dynamodb-cache-store.js';
export { createExactCache, type ExactCacheOptions } from './cache/exact-cache.js';
export { createLayeredCache } from './cache/layered-cache.js';
export { createMemoryCacheStore, type MemoryCacheStoreOptions } from './cache/memory-cache-store.js';
export { createRedisCacheStore, type RedisCacheStoreOptions, type RedisCommands } from './cache/redis-cache-store.js';
export { createSemanticCache, type SemanticCacheOptions } from './cache/semantic-cache.js';
export type { CachedAnswer, CacheQuestion, QuestionCache } from './cache/question-cache.js';

export { loadBirdCases } from './evaluation/bird-dataset.js';
export type { CaseOutcome, CaseResult } from './evaluation/case-result.js';
export { compareReports, type CasePair, type ReportComparison } from './evaluation/compare-reports.js';
export { compareResults, type ResultMatch, type ResultRows } from './evaluation/compare-results.js';
export { loadDefogCases } from './evaluation/defog-dataset.js';
export { evaluate, type EvaluateOptions, type EvaluationProgress, type ExecuteStatement } from './evaluation/evaluate.js';
export { pipelineSystem, type EvaluatedSystem, type SystemAnswer } from './evaluation/evaluated-system.js';
export { formatCases, parseCases, type EvaluationCase } from './evaluation/evaluation-case.js';
export { parseReport, type EvaluationReport, type EvaluationSummary } from './evaluation/evaluation-report.js';
export { goldAlternatives } from './evaluation/gold-alternatives.js';
export { renderHtmlReport } from './evaluation/html-report.js';
export { fileRunLog, type RunLog, type RunLogEntry } from './evaluation/run-log.js';

export { Nl2SqlError, type Nl2SqlErrorCode, type Nl2SqlErrorOptions } from './nl2sql-error.js';
