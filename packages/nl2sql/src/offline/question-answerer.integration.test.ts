import { sampleAnchor, sampleOverlay, sampleQuestions, sampleSchemas, seedSample } from '@ask-aurora/local-aurora';
import { useLocalPostgres } from '@ask-aurora/local-aurora/testing';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import type { Guard } from '@ask-aurora/sql-guard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { compareResults } from '../evaluation/compare-results.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import { logisticsParaphrases } from '../testing/offline/logistics-paraphrases.js';
import { logisticsSchema } from '../testing/offline/logistics-sample.js';
import type { QuestionCase } from '../testing/offline/question-case.js';
import { runScript, sampleDatabase } from '../testing/offline/sample-database.js';
import type { SampleDatabase } from '../testing/offline/sample-database.js';
import { salesParaphrases } from '../testing/offline/sales-paraphrases.js';
import { universityParaphrases } from '../testing/offline/university-paraphrases.js';
import { createQuestionAnswerer } from './answer-question.js';
import type { QuestionAnswerer } from './answer-question.js';
import { createOfflineModel } from './create-offline-model.js';

const today = '2025-01-01';
const postgres = useLocalPostgres();
const databases = new Map<string, SampleDatabase>();

beforeAll(async () => {
  for (const sample of ['university', 'sales'] as const) databases.set(sample, await sampleDatabase(postgres(), sample, (connectionString) => seedSample({ connectionString, sample })));
  databases.set('logistics', await sampleDatabase(postgres(), 'logistics', (connectionString) => runScript(connectionString, logisticsSchema)));
});

afterAll(async () => {
  for (const database of databases.values()) await database.close();
});

interface Subject {
  readonly database: SampleDatabase;
  readonly answerer: QuestionAnswerer;
  readonly guard: Guard;
}

async function subject(name: string, artifact: (database: SampleDatabase) => Promise<SchemaArtifact>): Promise<Subject> {
  const database = databases.get(name)!;
  const loaded = await artifact(database);
  return { database, answerer: createQuestionAnswerer(loaded), guard: await createGuard({ policy: policyFromSchema(loaded) }) };
}

/** Runs a statement the way it would run in earnest, behind the guard. */
async function guardedRows({ database, guard }: Subject, sql: string, parameters: Readonly<Record<string, ParameterValue>>): Promise<readonly (readonly unknown[])[]> {
  const verdict = guard.check(sql);
  expect(verdict, sql).toMatchObject({ ok: true });
  return database.rows(sql, parameters);
}

/** The cases that a set of paraphrases fails, in words; an empty list is what tests want. */
async function failures(target: Subject, cases: readonly QuestionCase[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const [question, ...expected] of cases) {
    const answer = target.answerer.answer(question, today);
    const golds = expected.filter((sql) => sql !== null);
    if (answer.kind !== 'statement') {
      if (!expected.includes(null)) failed.push(`${question}: not answered: ${answer.kind === 'abstention' ? answer.reason : answer.question}`);
      continue;
    }
    const rows = await guardedRows(target, answer.sql, answer.parameters);
    let right = false;
    for (const gold of golds) right ||= compareResults(await target.database.rows(gold), rows) !== 'none';
    if (!right) failed.push(`${question}: ${golds.length === 0 ? 'must not be answered' : 'wrong rows'}: ${answer.sql}`);
  }
  return failed;
}

describe('questions in many wordings, compared with SQL by hand', () => {
  it('answers or abstains rightly on the university sample without any overlay', async () => {
    expect(await failures(await subject('university', (database) => database.artifact(sampleSchemas.university)), universityParaphrases)).toEqual([]);
  });

  it('does so with the overlay', async () => {
    expect(await failures(await subject('university', (database) => database.artifact(sampleSchemas.university, sampleOverlay('university'))), universityParaphrases)).toEqual([]);
  });

  it('does so on the sales sample with its metrics and filters', async () => {
    expect(await failures(await subject('sales', (database) => database.artifact(sampleSchemas.sales, sampleOverlay('sales'))), salesParaphrases)).toEqual([]);
  });

  it('does so on a schema with two keys to one relation, enums and mixed-case names', async () => {
    expect(await failures(await subject('logistics', (database) => database.artifact(['public'])), logisticsParaphrases)).toEqual([]);
  });
});

describe.each(['university', 'sales'] as const)('the questions of the %s sample through the offline model', (sample) => {
  it('are answered or abstained from rightly', async () => {
    const database = databases.get(sample)!;
    const artifact = await database.artifact(sampleSchemas[sample], sampleOverlay(sample));
    const target = await subject(sample, () => Promise.resolve(artifact));
    const model = createOfflineModel();
    const failed: string[] = [];
    for (const { id, question, expect: expected } of sampleQuestions(sample, sampleAnchor)) {
      const response = await model.generate({ system: [], messages: [], task: { kind: 'text-to-sql', question, artifact, today, timeZone: 'UTC', maxRows: 1000, attempt: 1 } });
      const [block] = response.content;
      const reply = JSON.parse(block?.type === 'text' ? block.text : '') as { sql?: string; parameters?: Record<string, ParameterValue>; abstain?: string };
      if (expected.kind !== 'rows') {
        if (reply.sql !== undefined) failed.push(`${id} was answered: ${reply.sql}`);
        continue;
      }
      if (reply.sql === undefined) {
        failed.push(`${id}: ${JSON.stringify(reply)}`);
        continue;
      }
      const rows = await guardedRows(target, reply.sql, reply.parameters ?? {});
      let right = false;
      for (const gold of [expected.sql, ...(expected.alternatives ?? [])]) right ||= compareResults(await database.rows(gold), rows, { ordered: expected.ordered ?? false }) !== 'none';
      if (!right) failed.push(`${id}: wrong rows: ${reply.sql}`);
    }
    expect(failed).toEqual([]);
  });
});
