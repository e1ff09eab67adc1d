import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import { createTextToSql, evaluate, loadDefogCases, pipelineSystem, renderHtmlReport, type EvaluationCase, type Model, type TextToSql } from '@ask-aurora/nl2sql';
import { writeFileSync } from 'node:fs';
import { readCorpus } from './corpora.js';
import { startDefogServer } from './defog-server.js';

/**
 * Oracle replay: the gold SQL as the model's answer must come through screen, prompt, extraction, guard and comparison
 * whole, on every question of defog. Whatever is lost here is lost by this project and not by a model.
 * Usage: tsx oracle-replay.ts [report.html]
 */
const cases = [
  ...loadDefogCases(readCorpus('defog', 'questions_gen_postgres.csv'), { idPrefix: 'gen' }),
  ...loadDefogCases(readCorpus('defog', 'instruct_basic_postgres.csv'), { idPrefix: 'basic' }),
];
const server = await startDefogServer();
const pipelines = new Map<string, TextToSql>();
let current: EvaluationCase | undefined;

const oracle: Model = {
  id: 'oracle',
  generate: () => {
    const gold = current?.expect.kind === 'rows' ? [current.expect.sql].flat()[0] : undefined;
    return Promise.resolve({ content: [{ type: 'text', text: `Here is the query:\n\`\`\`sql\n${gold ?? ''};\n\`\`\`` }], stopReason: 'end', usage: { inputTokens: 0, outputTokens: 0 }, latencyMs: 0 });
  },
};

async function pipelineOf(entry: EvaluationCase): Promise<TextToSql> {
  current = entry;
  const name = entry.database ?? '';
  const known = pipelines.get(name);
  if (known !== undefined) return known;
  const artifact = server.databases.get(name)?.artifact;
  if (artifact === undefined) throw new Error(`No database ${name}.`);
  const made = createTextToSql({ artifact, guard: await createGuard({ policy: policyFromSchema(artifact) }), model: oracle, repairs: 0 });
  pipelines.set(name, made);
  return made;
}

const report = await evaluate({
  cases,
  system: pipelineSystem('oracle replay', pipelineOf),
  execute: async ({ sql, database }) => {
    const client = server.databases.get(database ?? '')?.client;
    if (client === undefined) throw new Error(`No database ${String(database)}.`);
    return (await client.query({ text: sql, rowMode: 'array' })).rows as unknown[][];
  },
});
await server.stop();

const { summary } = report;
console.log(`oracle replay on defog: ${summary.outcomes.strict} of ${cases.length} strictly right (${((summary.executionAccuracy ?? 0) * 100).toFixed(1)} %), p50 ${summary.latencyMs?.p50.toFixed(1)} ms, p95 ${summary.latencyMs?.p95.toFixed(1)} ms`);
for (const result of report.results) if (!result.correct) console.log(`  ${result.id} ${result.outcome}: ${result.reason ?? ''}\n    ${result.question}\n    ${result.goldSql ?? ''}`);
if (process.argv[2] !== undefined) writeFileSync(process.argv[2], renderHtmlReport(report));
if (summary.outcomes.strict !== cases.length) process.exitCode = 1;
