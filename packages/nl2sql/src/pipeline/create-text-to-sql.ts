import type { Guard } from '@ask-aurora/sql-guard';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { cacheScope } from '../cache/cache-scope.js';
import type { CacheQuestion, QuestionCache } from '../cache/question-cache.js';
import { createSchemaLinker } from '../linking/schema-linker.js';
import type { LinkedSchema, Linker } from '../linking/linker.js';
import type { Model } from '../model/model-port.js';
import { Nl2SqlError } from '../nl2sql-error.js';
import { buildPrompt, type PromptExample } from '../prompt/build-prompt.js';
import { selectExamples } from '../prompt/select-examples.js';
import type { SchemaRendering } from '../prompt/m-schema.js';
import { screenQuestion, type ScreenOptions } from '../screen/screen-question.js';
import { createVerifiedQueryMatcher } from '../verified-query/verified-query-matcher.js';
import { abandonable, throwIfAborted } from '../waiting/abort-error.js';
import { combineSignals } from '../waiting/combine-signals.js';
import { checkCandidate } from './check-candidate.js';
import type { DryRun } from './dry-run.js';
import { generateCandidate, type CandidateOutcome } from './generate-candidate.js';
import { localDate } from './local-date.js';
import { portFailure } from './port-failure.js';
import type { ModelPrices } from './pipeline-usage.js';
import type { TextToSql, TextToSqlInput } from './text-to-sql.js';
import type { Attempt, StatementResult, TextToSqlResult } from './text-to-sql-result.js';
import { createTracer, type Tracer } from './tracer.js';
import { createUsageMeter, type UsageMeter } from './usage-meter.js';
import type { VerifiedQueryMatcher } from './verified-query-matcher.js';
import { voteOnCandidates, type VotingOptions } from './vote-on-candidates.js';

export interface TextToSqlOptions {
  /** The schema, or what loads it; loaded for each question, so the loader should cache. */
  readonly artifact: SchemaArtifact | (() => Promise<SchemaArtifact>);
  readonly guard: Guard;
  readonly model: Model;
  /** ISO date in `timeZone`. @default the clock's */
  readonly today?: () => string;
  /** IANA name. @default 'UTC' */
  readonly timeZone?: string;
  /** Said to the model and to `offline`; enforced elsewhere. @default 1000 */
  readonly maxRows?: number;
  /** Plans each candidate on the database before it is accepted, see `createExplainDryRun`. @default none */
  readonly dryRun?: DryRun;
  /** Attempts after the first. @default 2 */
  readonly repairs?: number;
  /** Several samples, of which the one wins whose result most samples share. @default none */
  readonly voting?: VotingOptions;
  /** @default none */
  readonly cache?: QuestionCache;
  /** Answers a question by a verified query before any model is asked; false leaves them to the prompt. @default word for word, with slots */
  readonly verifiedQueries?: VerifiedQueryMatcher | false;
  /** Makes the linker of an artifact; made once for each artifact hash. @default BM25 with foreign keys */
  readonly linker?: (artifact: SchemaArtifact) => Linker | Promise<Linker>;
  /** Tokens that the schema may take in the prompt; below it, everything passes. @default 12000 */
  readonly schemaTokenBudget?: number;
  /** Few-shot examples beside the artifact's verified queries. */
  readonly examples?: readonly PromptExample[];
  /** Examples shown a question. @default 3 */
  readonly exampleCount?: number;
  /** @default 'm-schema' */
  readonly schemaFormat?: 'm-schema' | 'ddl';
  readonly rendering?: SchemaRendering;
  /** House rules of the operator, added to the system prompt as they are. */
  readonly instructions?: string;
  readonly screen?: ScreenOptions | false;
  /** Tokens of one reply. @default 1500 */
  readonly maxTokens?: number;
  /** Tokens of all calls for one question, cached ones included. @default no limit */
  readonly tokenBudget?: number;
  /** Milliseconds for one question. @default 60000 */
  readonly deadlineMs?: number;
  /** For `usage.cost`. @default none */
  readonly prices?: ModelPrices;
  /** Reads replies as a stream where the model has one: a slow reply is limited by its silences, not by its length. @default false */
  readonly streaming?: boolean;
  /** Lets trace steps hold SQL. Question text never enters a trace. @default false */
  readonly traceContent?: boolean;
}

/**
 * Makes the way from a question to one guarded statement.
 *
 * @example
 * const textToSql = createTextToSql({ artifact, guard, model: createOfflineModel() });
 * const result = await textToSql.generate({ question: 'How many students are enrolled in each department?' });
 * if (result.kind === 'statement') console.log(result.sql, result.parameters);
 *
 * @throws Nl2SqlError `invalid-options`
 */
export function createTextToSql(options: TextToSqlOptions): TextToSql {
  const { repairs = 2, deadlineMs = 60_000 } = options;
  if (!Number.isInteger(repairs) || repairs < 0) throw new Nl2SqlError({ code: 'invalid-options', message: 'repairs must be a whole number from 0.' });
  const linkers = createLinkerMemo(options);
  const matcher = options.verifiedQueries ?? createVerifiedQueryMatcher();

  return {
    async generate(input) {
      const limitMs = input.deadlineMs ?? deadlineMs;
      const deadline = combineSignals([input.signal], limitMs, () => new Nl2SqlError({ code: 'deadline-exceeded', message: `The question took longer than ${limitMs} ms.` }));
      const tracer = createTracer(input.onStep);
      const meter = createUsageMeter(options.tokenBudget, options.prices);
      const attempts: Attempt[] = [];
      try {
        throwIfAborted(input.signal);
        // Whatever was injected may ignore its signal: the deadline holds all the same.
        return await abandonable(answer(input, { options, tracer, meter, attempts, signal: deadline.signal, linkers, matcher }), deadline.signal);
      } catch (error) {
        const failure = portFailure(error, askedTexts(input), deadline.signal);
        if (failure.code === 'deadline-exceeded') return { kind: 'abstention', code: 'deadline', reason: failure.message, attempts: [...attempts], usage: meter.total() };
        throw failure;
      } finally {
        deadline.release();
      }
    },
  };
}

/** What the asker said, in this turn and before. */
function askedTexts({ question, sessionContext }: TextToSqlInput): readonly string[] {
  return [question, ...(sessionContext?.turns ?? []).flatMap((turn) => [turn.question, turn.sql ?? ''])];
}

interface Run {
  readonly options: TextToSqlOptions;
  readonly tracer: Tracer;
  readonly meter: UsageMeter;
  /** Those that are over, for an answer that the deadline cuts off. */
  readonly attempts: Attempt[];
  readonly signal: AbortSignal;
  readonly linkers: (artifact: SchemaArtifact) => Promise<Linker>;
  readonly matcher: VerifiedQueryMatcher | false;
}

async function answer(input: TextToSqlInput, run: Run): Promise<TextToSqlResult> {
  const { options, tracer, meter, signal } = run;
  const question = input.question.trim();
  const { screen } = options;
  if (screen !== false) {
    const screened = await tracer.step('screen', () => screenQuestion(question, screen), (result) => (result.ok ? { detail: { characters: question.length } } : { outcome: 'refused', detail: { rule: result.rule } }));
    if (!screened.ok) return { kind: 'refusal', stage: 'screen', rule: screened.rule, reason: screened.reason, violations: [], attempts: [], usage: meter.total() };
  }
  const artifact = await tracer.step('schema', () => loadArtifact(options.artifact, signal), (loaded) => ({ detail: { relations: loaded.relations.length, hash: loaded.hash } }));
  const timeZone = options.timeZone ?? 'UTC';
  const today = options.today?.() ?? localDate(new Date(), timeZone);

  const verified = await answerByVerifiedQuery(question, artifact, today, run);
  if (verified !== null) return verified;

  const cacheQuestion = { question, scope: scopeOf(input, artifact, today, timeZone, options) };
  const cached = await answerFromCache(cacheQuestion, run);
  if (cached !== null) return cached;

  const outcome = await askModel(input, question, artifact, today, timeZone, run);
  if (outcome.kind !== 'accepted') return { ...outcome, usage: meter.total() };
  const { verdict, parameters } = outcome.checked;
  const repairsUsed = outcome.attempts.length - 1;
  const confidence = outcome.agreement ?? (outcome.confidence ?? 0.6) * 0.85 ** repairsUsed;
  const result: StatementResult = { kind: 'statement', sql: verdict.statement.sql, parameters, explanation: outcome.explanation, relations: verdict.statement.relations, confidence, attempts: outcome.attempts, usage: meter.total(), verdict, source: 'model' };
  await storeInCache(cacheQuestion, result, run);
  return result;
}

async function loadArtifact(source: TextToSqlOptions['artifact'], signal: AbortSignal): Promise<SchemaArtifact> {
  return typeof source === 'function' ? abandonable(source(), signal) : source;
}

async function answerByVerifiedQuery(question: string, artifact: SchemaArtifact, today: string, run: Run): Promise<StatementResult | null> {
  const { options, tracer, meter, matcher } = run;
  if (matcher === false || artifact.verifiedQueries.length === 0) return null;
  const match = await tracer.step('verified-query', () => matcher({ question, artifact, today }), (found) => (found === null ? { outcome: 'skipped', detail: { candidates: artifact.verifiedQueries.length } } : { detail: { id: found.id } }));
  if (match === null) return null;
  const checked = await checkCandidate(match, { ...run, guard: options.guard, dryRun: options.dryRun, traceContent: options.traceContent ?? false });
  // A verified query that the policy or the schema has outgrown is no answer; the model may still have one.
  if (checked.outcome !== 'accepted') return null;
  const { verdict, parameters } = checked;
  return { kind: 'statement', sql: verdict.statement.sql, parameters, explanation: match.explanation, relations: verdict.statement.relations, confidence: match.confidence, attempts: [], usage: meter.total(), verdict, source: 'verified-query', verifiedQueryId: match.id };
}

function scopeOf(input: TextToSqlInput, artifact: SchemaArtifact, today: string, timeZone: string, options: TextToSqlOptions): string {
  const settings = { maxRows: options.maxRows, schemaFormat: options.schemaFormat, instructions: options.instructions, examples: options.examples, samples: options.voting?.samples };
  return cacheScope({ schemaHash: artifact.hash, policy: options.guard.policy, modelId: options.model.id, today, timeZone, settings, ...(input.sessionContext === undefined ? {} : { sessionContext: input.sessionContext }) });
}

async function answerFromCache(question: CacheQuestion, run: Run): Promise<StatementResult | null> {
  const { options, tracer, meter, signal } = run;
  const { cache } = options;
  if (cache === undefined) return null;
  const hit = await tracer.step('cache', () => cache.lookup(question, { signal }), (found) => ({ detail: { hit: found !== null } })).catch((error: unknown) => tolerate(error, signal));
  if (hit === null) return null;
  const checked = await checkCandidate(hit, { ...run, guard: options.guard, dryRun: options.dryRun, traceContent: options.traceContent ?? false });
  if (checked.outcome !== 'accepted') return null;
  const { verdict, parameters } = checked;
  return { kind: 'statement', sql: verdict.statement.sql, parameters, explanation: hit.explanation, relations: verdict.statement.relations, confidence: hit.confidence, attempts: [], usage: meter.total(), verdict, source: 'cache' };
}

async function storeInCache(question: CacheQuestion, result: StatementResult, run: Run): Promise<void> {
  const { cache } = run.options;
  if (cache === undefined) return;
  const { sql, parameters, explanation, confidence } = result;
  await run.tracer.step('cache-store', () => cache.store(question, { sql, parameters, explanation, confidence }, { signal: run.signal })).catch((error: unknown) => tolerate(error, run.signal));
}

/** A cache out of order costs a call of the model, not the answer; the trace holds the failure. */
function tolerate(error: unknown, signal: AbortSignal): null {
  if (signal.aborted) throw error;
  return null;
}

async function askModel(input: TextToSqlInput, question: string, artifact: SchemaArtifact, today: string, timeZone: string, run: Run): Promise<CandidateOutcome & { readonly agreement?: number }> {
  const { options, tracer, meter, attempts, signal } = run;
  const linked = await tracer.step('link', async () => (await run.linkers(artifact)).link(question, { signal }), describeLink);
  const maxRows = options.maxRows ?? 1_000;
  const prompt = await tracer.step(
    'prompt',
    () =>
      buildPrompt({
        artifact: linked.artifact,
        wholeSchema: linked.whole,
        question,
        examples: selectExamples(question, artifact, { examples: options.examples ?? [], count: options.exampleCount ?? 3 }),
        today,
        timeZone,
        maxRows,
        structuredOutput: options.model.structuredOutput ?? 'text',
        ...(options.schemaFormat === undefined ? {} : { format: options.schemaFormat }),
        ...(options.rendering === undefined ? {} : { rendering: options.rendering }),
        ...(options.instructions === undefined ? {} : { instructions: options.instructions }),
        ...(input.sessionContext === undefined ? {} : { sessionContext: input.sessionContext }),
      }),
    (built) => ({ detail: { estimatedTokens: built.estimatedTokens } }),
  );
  const candidate = { question, artifact: linked.artifact, prompt, today, timeZone, maxRows, maxTokens: options.maxTokens ?? 1_500, repairs: options.repairs ?? 2, streaming: options.streaming ?? false, traceContent: options.traceContent ?? false };
  const ports = { model: options.model, guard: options.guard, dryRun: options.dryRun, tracer, meter, signal, onAttempt: (attempt: Attempt) => attempts.push(attempt) };
  return options.voting === undefined ? generateCandidate(candidate, ports) : voteOnCandidates(candidate, ports, options.voting);
}

function describeLink(linked: LinkedSchema) {
  return { detail: { whole: linked.whole, relations: linked.artifact.relations.length, estimatedTokens: linked.estimatedTokens } };
}

function createLinkerMemo(options: TextToSqlOptions): Run['linkers'] {
  let memo: { readonly hash: string; readonly linker: Promise<Linker> } | null = null;
  return (artifact) => {
    if (memo?.hash === artifact.hash) return memo.linker;
    const make = options.linker ?? ((of: SchemaArtifact) => createSchemaLinker(of, { ...(options.schemaTokenBudget === undefined ? {} : { tokenBudget: options.schemaTokenBudget }), ...(options.rendering === undefined ? {} : { rendering: options.rendering }) }));
    const linker = Promise.resolve(make(artifact));
    memo = { hash: artifact.hash, linker };
    // A linker that could not be made must not stay remembered.
    linker.catch(() => {
      if (memo?.linker === linker) memo = null;
    });
    return linker;
  };
}
