/* eslint-disable @nx/enforce-module-boundaries -- examples import the package as its users do */
// #region quickStart
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { createBedrockConverseModel, createTextToSql, introspect, type RunQuery } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';

/** `run` runs one statement as the read-only role and gives its rows: `async (sql) => (await pool.query(sql)).rows`. */
export async function ask(run: RunQuery, bedrock: BedrockRuntimeClient, question: string): Promise<string> {
  const artifact = await introspect(run, { schemas: ['sales'] });
  const guard = await createGuard({ policy: policyFromSchema(artifact) });
  const model = createBedrockConverseModel({ client: bedrock, modelId: 'eu.anthropic.claude-sonnet-4-20250514-v1:0' });
  const textToSql = createTextToSql({ artifact, guard, model });

  const result = await textToSql.generate({ question });
  switch (result.kind) {
    case 'statement':
      return result.sql; // with .parameters, .explanation, .relations, .confidence and .usage
    case 'clarification':
      return result.question; // to ask back
    case 'abstention': // .code: unanswerable | no-valid-statement | deadline | token-budget
    case 'refusal': // .stage: screen | guard | model, with .rule
      return result.reason;
  }
}
// #endregion

// #region parts
import {
  createEmbeddingRanker,
  createExactCache,
  createExplainDryRun,
  createFileArtifactSource,
  createLayeredCache,
  createMemoryCacheStore,
  createSchemaLinker,
  createSemanticCache,
  createSentenceEncoderEmbeddings,
  type ExplainDryRunOptions,
  type Model,
  type TextToSql,
} from '@ask-aurora/nl2sql';
import type { Guard } from '@ask-aurora/sql-guard';

/** Words and meaning to find tables by, a dry run, remembered answers, and a schema file that may change under it. */
export function withEverything(schemaFile: string, guard: Guard, model: Model, plan: ExplainDryRunOptions['run']): TextToSql {
  const embeddings = createSentenceEncoderEmbeddings();
  const store = createMemoryCacheStore();
  return createTextToSql({
    artifact: createFileArtifactSource(schemaFile, { overlay: 'relations: { sales.orders: { synonyms: [purchases] } }' }),
    guard,
    model,
    linker: (artifact) => createSchemaLinker(artifact, { rankers: [{ ranker: createEmbeddingRanker(artifact, embeddings), weight: 0.5 }] }),
    dryRun: createExplainDryRun({ run: plan, maxCost: 1_000_000 }),
    cache: createLayeredCache([createExactCache({ store }), createSemanticCache({ store, embeddings, threshold: 0.9 })]),
    tokenBudget: 50_000,
    deadlineMs: 20_000,
  });
}
// #endregion

// #region answer
import { answerWithModel, suggestChart, type ResultColumn } from '@ask-aurora/nl2sql';

/** One or two sentences about rows, whose numbers are checked against the rows, and a Vega-Lite specification or null. */
export async function present(question: string, columns: readonly ResultColumn[], rows: readonly Record<string, unknown>[], model: Model) {
  const { sentence, source } = await answerWithModel({ question, columns, rows, truncated: false }, { model });
  return { sentence, source, chart: suggestChart(columns, rows) };
}
// #endregion

// #region evaluation
import { evaluate, fileRunLog, parseCases, pipelineSystem, renderHtmlReport, type ExecuteStatement } from '@ask-aurora/nl2sql';

/** Asks every question of a dataset and goes on where it stopped when it is run again with the same log. */
export async function measure(dataset: string, textToSql: TextToSql, execute: ExecuteStatement, log: string): Promise<string> {
  const report = await evaluate({ cases: parseCases(dataset), system: pipelineSystem('my model', () => textToSql), execute, log: fileRunLog(log) });
  return renderHtmlReport(report);
}
// #endregion
