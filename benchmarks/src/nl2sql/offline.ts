import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import { createOfflineModel, createTextToSql, evaluate, loadDefogCases, pipelineSystem, type EvaluationCase, type TextToSql } from '@ask-aurora/nl2sql';
import { readCorpus } from './corpora.js';
import { startDefogServer } from './defog-server.js';

/**
 * What the answerer without a model does with databases nobody prepared for it: defog's, with column comments and
 * sample values and no overlay. Answers are run and compared with the gold SQL; of the unanswerable questions each
 * answer is a fault. Usage: tsx offline.ts [--wrong]
 */
const sets: readonly (readonly [string, readonly EvaluationCase[]])[] = [
  ['generated', loadDefogCases(readCorpus('defog', 'questions_gen_postgres.csv'), { idPrefix: 'gen' })],
  ['basic', loadDefogCases(readCorpus('defog', 'instruct_basic_postgres.csv'), { idPrefix: 'basic' })],
  ['unanswerable', loadDefogCases(readCorpus('defog', 'idk.csv'), { idPrefix: 'idk', unanswerable: true })],
];
const server = await startDefogServer();
const pipelines = new Map<string, TextToSql>();

async function pipelineOf(entry: EvaluationCase): Promise<TextToSql> {
  const name = entry.database ?? '';
  const known = pipelines.get(name);
  if (known !== undefined) return known;
  const artifact = server.databases.get(name)?.artifact;
  if (artifact === undefined) throw new Error(`No database ${name}.`);
  const made = createTextToSql({ artifact, guard: await createGuard({ policy: policyFromSchema(artifact) }), model: createOfflineModel(), repairs: 0 });
  pipelines.set(name, made);
  return made;
}

for (const [name, cases] of sets) {
  const report = await evaluate({
    cases,
    system: pipelineSystem('offline', pipelineOf),
    execute: async ({ sql, database, parameters }) => {
      const client = server.databases.get(database ?? '')?.client;
      if (client === undefined) throw new Error(`No database ${String(database)}.`);
      return (await client.query({ ...positional(sql, parameters ?? {}), rowMode: 'array' })).rows as unknown[][];
    },
  });
  const answerable = cases.filter(({ expect }) => expect.kind === 'rows').length;
  const answered = report.results.filter(({ outcome }) => outcome === 'strict' || outcome === 'subset' || outcome === 'wrong' || outcome === 'failed');
  const right = answered.filter(({ correct, outcome }) => correct || outcome === 'subset');
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
  console.log(
    answerable === 0
      ? `${name}: ${cases.length - answered.length} of ${cases.length} abstained from (${share(cases.length - answered.length, cases.length)})`
      : `${name}: ${answered.length} of ${cases.length} answered (coverage ${share(answered.length, cases.length)}), ${right.length} of them right (precision ${share(right.length, answered.length)}); p95 ${report.summary.latencyMs?.p95.toFixed(1)} ms`,
  );
  if (process.argv.includes('--wrong')) for (const result of answered) if (!right.includes(result)) console.log(`  ${result.id}: ${result.question}\n    ${result.sql ?? ''}\n    ${result.goldSql ?? ''}`);
}
await server.stop();

function positional(sql: string, parameters: Readonly<Record<string, unknown>>): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const text = sql.replace(/(?<![:\w]):([a-z_]\w*)/gi, (whole, name: string) => {
    if (!(name in parameters)) return whole;
    const value = parameters[name];
    return `$${values.push(value)}::${typeof value === 'number' ? (Number.isInteger(value) ? 'bigint' : 'float8') : typeof value === 'boolean' ? 'boolean' : 'text'}`;
  });
  return { text, values };
}
