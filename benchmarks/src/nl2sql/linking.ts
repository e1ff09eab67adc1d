import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import { createArtifact, createEmbeddingRanker, createSchemaLinker, createSentenceEncoderEmbeddings, loadBirdCases, loadDefogCases, type EvaluationCase, type SchemaArtifact, type SchemaArtifactInput } from '@ask-aurora/nl2sql';
import { birdArtifact } from './bird-artifact.js';
import { readCorpus } from './corpora.js';
import { startDefogServer } from './defog-server.js';
import { syntheticArtifact, syntheticQuestions } from './synthetic-schema.js';

/**
 * Linking without a language model: how often all tables of the gold SQL are among the first n, and what it costs at
 * 10,000 tables. Gold tables are read from the gold SQL by PostgreSQL's own grammar.
 * With --embeddings, the same again with the Universal Sentence Encoder as a further ranker.
 * Usage: tsx linking.ts [--misses] [--embeddings]
 */
const showMisses = process.argv.includes('--misses');
const embeddings = process.argv.includes('--embeddings') ? createSentenceEncoderEmbeddings() : null;
const embeddingWeight = Number(process.env['EMBEDDING_WEIGHT'] ?? 0.5);

interface Target {
  readonly entry: EvaluationCase;
  readonly question: string;
  /** Several sets when the gold has alternatives: any of them will do. */
  readonly gold: readonly (readonly string[])[];
}

async function targets(cases: readonly EvaluationCase[], artifactOf: (database: string) => SchemaArtifact, withHint: boolean): Promise<readonly Target[]> {
  const guards = new Map<string, Awaited<ReturnType<typeof createGuard>>>();
  const all: Target[] = [];
  for (const entry of cases) {
    const name = entry.database ?? '';
    const guard = guards.get(name) ?? (await createGuard({ policy: policyFromSchema(artifactOf(name)) }));
    guards.set(name, guard);
    const gold = (entry.expect.kind === 'rows' ? [entry.expect.sql].flat() : []).flatMap((sql) => {
      const verdict = guard.check(sql);
      return verdict.ok ? [verdict.statement.relations.map((relation) => `${relation.schema}.${relation.name}`)] : [];
    });
    if (gold.length === 0) console.log(`  left out, its gold SQL is not accepted: ${entry.id}`);
    else all.push({ entry, question: withHint && entry.hint !== undefined ? `${entry.question}\n${entry.hint}` : entry.question, gold });
  }
  return all;
}

async function measure(name: string, list: readonly Target[], artifactOf: (database: string) => SchemaArtifact, top: number): Promise<number> {
  const share = await measureWith(name, list, artifactOf, top, (artifact) => createSchemaLinker(artifact));
  if (embeddings !== null) await measureWith(`${name}, with embeddings`, list, artifactOf, top, (artifact) => createSchemaLinker(artifact, { rankers: [{ ranker: rankerOf(artifact, embeddings), weight: embeddingWeight }] }));
  return share;
}

const rankers = new Map<string, ReturnType<typeof createEmbeddingRanker>>();

function rankerOf(artifact: SchemaArtifact, model: NonNullable<typeof embeddings>): ReturnType<typeof createEmbeddingRanker> {
  const ranker = rankers.get(artifact.hash) ?? createEmbeddingRanker(artifact, model);
  rankers.set(artifact.hash, ranker);
  return ranker;
}

async function measureWith(name: string, list: readonly Target[], artifactOf: (database: string) => SchemaArtifact, top: number, make: (artifact: SchemaArtifact) => ReturnType<typeof createSchemaLinker>): Promise<number> {
  const linkers = new Map<string, ReturnType<typeof createSchemaLinker>>();
  let hit = 0;
  let found = 0;
  let wanted = 0;
  for (const { entry, question, gold } of list) {
    const key = entry.database ?? '';
    const artifact = artifactOf(key);
    const linker = linkers.get(artifact.hash) ?? make(artifact);
    linkers.set(artifact.hash, linker);
    const ranked = (await linker.rank(question, {})).slice(0, top).map(({ index }) => `${artifact.relations[index]?.schema ?? ''}.${artifact.relations[index]?.name ?? ''}`);
    const best = gold.map((tables) => ({ tables, kept: tables.filter((table) => ranked.includes(table)).length })).sort((a, b) => b.kept / b.tables.length - a.kept / a.tables.length)[0];
    if (best === undefined) continue;
    wanted += best.tables.length;
    found += best.kept;
    if (best.kept === best.tables.length) hit += 1;
    else if (showMisses) console.log(`  miss ${entry.id} ${key}: ${question.replace(/\n/g, ' | ')}\n    lacks ${best.tables.filter((table) => !ranked.includes(table)).join(', ')}; first ${ranked.slice(0, 6).join(', ')}`);
  }
  const share = (100 * hit) / list.length;
  console.log(`${name}: all gold tables in the top ${top} for ${share.toFixed(1)} % of ${list.length} questions; table recall ${((100 * found) / wanted).toFixed(1)} %`);
  return share;
}

const failures: string[] = [];
const require = (holds: boolean, what: string) => {
  if (!holds) failures.push(what);
};

const birdCases = loadBirdCases(readCorpus('bird', 'questions.json'));
const bird = birdArtifact();
const pooled = createArtifact({ dialect: 'postgresql', serverVersion: null, database: null, relations: bird.relations, foreignKeys: bird.foreignKeys } as SchemaArtifactInput);
const ownBird = new Map([...new Set(bird.relations.map(({ schema }) => schema))].map((schema) => [schema, createArtifact({ ...bird, relations: bird.relations.filter((relation) => relation.schema === schema), foreignKeys: bird.foreignKeys.filter(({ from }) => from.schema === schema) } as SchemaArtifactInput)]));
const ownOf = (database: string) => ownBird.get(database) ?? pooled;
const birdPlain = await targets(birdCases, ownOf, false);
const birdHinted = await targets(birdCases, ownOf, true);
await measure('BIRD, own database, question only', birdPlain, ownOf, 5);
await measure('BIRD, own database, with evidence', birdHinted, ownOf, 5);
await measure('BIRD, 75 tables pooled, question only', birdPlain, () => pooled, 10);
const birdTop20 = await measure('BIRD, 75 tables pooled, question only', birdPlain, () => pooled, 20);
await measure('BIRD, 75 tables pooled, with evidence', birdHinted, () => pooled, 10);
await measure('BIRD, 75 tables pooled, with evidence', birdHinted, () => pooled, 20);
require(birdTop20 >= 95, 'BIRD pooled top 20 below 95 %');

// The same tables thrown into one schema: no schema name tells which of them belong together, only the foreign keys do.
const inOneSchema = createArtifact({ dialect: 'postgresql', serverVersion: null, database: null, relations: bird.relations.map((relation) => ({ ...relation, schema: 'public' })), foreignKeys: bird.foreignKeys.map((key) => ({ ...key, from: { ...key.from, schema: 'public' }, to: { ...key.to, schema: 'public' } })) } as SchemaArtifactInput);
const toPublic = (list: readonly Target[]) => list.map((target) => ({ ...target, gold: target.gold.map((tables) => tables.map((table) => `public.${table.slice(table.indexOf('.') + 1)}`)) }));
await measure('BIRD, 75 tables pooled in one schema, question only', toPublic(birdPlain), () => inOneSchema, 20);
await measure('BIRD, 75 tables pooled in one schema, with evidence', toPublic(birdHinted), () => inOneSchema, 20);

const server = await startDefogServer();
const defogOf = (database: string) => server.databases.get(database)?.artifact ?? pooled;
const defogCases = [...loadDefogCases(readCorpus('defog', 'questions_gen_postgres.csv'), { idPrefix: 'gen' }), ...loadDefogCases(readCorpus('defog', 'instruct_basic_postgres.csv'), { idPrefix: 'basic' })];
const defog = await targets(defogCases, defogOf, false);
await server.stop();
await measure('defog, own database', defog, defogOf, 3);
const defogTop5 = await measure('defog, own database', defog, defogOf, 5);
require(defogTop5 >= 96, 'defog own database top 5 below 96 %');

const large = syntheticArtifact(10_000);
const startedAt = performance.now();
const cpuAtStart = process.cpuUsage();
const linker = createSchemaLinker(large);
const buildMs = performance.now() - startedAt;
const buildCpuMs = processorMs(cpuAtStart);
const questions = syntheticQuestions(large, 400);
for (const question of questions.slice(0, 50)) await linker.link(question, {});
const times: number[] = [];
const processorTimes: number[] = [];
for (const question of questions) {
  const before = performance.now();
  const cpuBefore = process.cpuUsage();
  await linker.link(question, {});
  times.push(performance.now() - before);
  processorTimes.push(processorMs(cpuBefore));
}
const quantile = (q: number, values = times) => [...values].sort((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0;
console.log(`10,000 tables: index built in ${(buildMs / 1000).toFixed(2)} s (processor time ${(buildCpuMs / 1000).toFixed(2)} s); link p50 ${quantile(0.5).toFixed(1)} ms, p95 ${quantile(0.95).toFixed(1)} ms, max ${quantile(1).toFixed(1)} ms (processor time p95 ${quantile(0.95, processorTimes).toFixed(1)} ms) over ${times.length} questions; heap ${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(0)} MiB`);
// Judged by processor time, which collecting garbage on other threads adds to: how busy the machine is says nothing of the linker.
require(buildCpuMs < 3_000, 'index build over 3 s');
require(quantile(0.95, processorTimes) < 20, 'p95 over 20 ms');

function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

for (const failure of failures) console.error(`MISSED: ${failure}`);
if (failures.length > 0) process.exitCode = 1;
