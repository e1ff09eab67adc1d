import { sampleOverlay, sampleSchemas, seedSample } from '@ask-aurora/local-aurora';
import type { SampleName } from '@ask-aurora/local-aurora';
import { useLocalPostgres } from '@ask-aurora/local-aurora/testing';
import { createGuard, policyFromSchema } from '@ask-aurora/sql-guard';
import type { Guard } from '@ask-aurora/sql-guard';
import { afterAll, describe, expect, it } from 'vitest';
import { compareResults } from '../evaluation/compare-results.js';
import type { QuestionCase } from '../testing/offline/question-case.js';
import { runScript, sampleDatabase } from '../testing/offline/sample-database.js';
import type { SampleDatabase } from '../testing/offline/sample-database.js';
import { cinemaSchema } from '../testing/offline/figures/cinema-schema.js';
import { figureHeldOut } from '../testing/offline/figures/figure-held-out.js';
import { figureQuestions } from '../testing/offline/figures/figure-questions.js';
import { helpdeskSchema } from '../testing/offline/figures/helpdesk-schema.js';
import { airlineQuestions } from '../testing/offline/trades/airline-questions.js';
import { airlineSchema } from '../testing/offline/trades/airline-schema.js';
import { devicesQuestions } from '../testing/offline/trades/devices-questions.js';
import { devicesSchema } from '../testing/offline/trades/devices-schema.js';
import { gymQuestions } from '../testing/offline/trades/gym-questions.js';
import { gymSchema } from '../testing/offline/trades/gym-schema.js';
import { hospitalQuestions } from '../testing/offline/trades/hospital-questions.js';
import { hospitalSchema } from '../testing/offline/trades/hospital-schema.js';
import { permitsQuestions } from '../testing/offline/trades/permits-questions.js';
import { permitsSchema } from '../testing/offline/trades/permits-schema.js';
import { wineShopQuestions } from '../testing/offline/trades/wine-shop-questions.js';
import { wineShopSchema } from '../testing/offline/trades/wine-shop-schema.js';
import { billingHeldOut } from '../testing/offline/unseen/billing-held-out.js';
import { billingQuestions } from '../testing/offline/unseen/billing-questions.js';
import { billingSchema } from '../testing/offline/unseen/billing-schema.js';
import { clinicHeldOut } from '../testing/offline/unseen/clinic-held-out.js';
import { clinicQuestions } from '../testing/offline/unseen/clinic-questions.js';
import { clinicSchema } from '../testing/offline/unseen/clinic-schema.js';
import { libraryHeldOut } from '../testing/offline/unseen/library-held-out.js';
import { libraryQuestions } from '../testing/offline/unseen/library-questions.js';
import { librarySchema } from '../testing/offline/unseen/library-schema.js';
import { rentalHeldOut } from '../testing/offline/unseen/rental-held-out.js';
import { rentalQuestions } from '../testing/offline/unseen/rental-questions.js';
import { rentalSchema } from '../testing/offline/unseen/rental-schema.js';
import { salesHeldOut } from '../testing/offline/unseen/sales-held-out.js';
import { salesQuestions } from '../testing/offline/unseen/sales-questions.js';
import { staffHeldOut } from '../testing/offline/unseen/staff-held-out.js';
import { staffQuestions } from '../testing/offline/unseen/staff-questions.js';
import { staffSchema } from '../testing/offline/unseen/staff-schema.js';
import { universityHeldOut } from '../testing/offline/unseen/university-held-out.js';
import { universityQuestions } from '../testing/offline/unseen/university-questions.js';
import { wordedQuestions } from '../testing/offline/unseen/worded-questions.js';
import { createQuestionAnswerer } from './answer-question.js';
import type { QuestionAnswerer } from './answer-question.js';

const today = '2025-01-01';
const postgres = useLocalPostgres();

interface Subject {
  readonly name: string;
  /** A script, or a sample that is asked with its overlay. */
  readonly content: { readonly script: string } | { readonly sample: SampleName };
  readonly questions: readonly QuestionCase[];
  readonly heldOut: readonly QuestionCase[];
  /** How many of the questions with SQL are answered at least, in hundredths. */
  readonly coverage: { readonly questions: number; readonly heldOut: number };
}

const subjects: readonly Subject[] = [
  { name: 'library', content: { script: librarySchema }, questions: libraryQuestions, heldOut: libraryHeldOut, coverage: { questions: 90, heldOut: 80 } },
  { name: 'clinic', content: { script: clinicSchema }, questions: clinicQuestions, heldOut: clinicHeldOut, coverage: { questions: 85, heldOut: 75 } },
  { name: 'billing', content: { script: billingSchema }, questions: billingQuestions, heldOut: billingHeldOut, coverage: { questions: 90, heldOut: 65 } },
  { name: 'staff', content: { script: staffSchema }, questions: staffQuestions, heldOut: staffHeldOut, coverage: { questions: 85, heldOut: 65 } },
  { name: 'rental', content: { script: rentalSchema }, questions: rentalQuestions, heldOut: rentalHeldOut, coverage: { questions: 90, heldOut: 70 } },
  { name: 'university', content: { sample: 'university' }, questions: universityQuestions, heldOut: universityHeldOut, coverage: { questions: 95, heldOut: 75 } },
  { name: 'sales', content: { sample: 'sales' }, questions: salesQuestions, heldOut: salesHeldOut, coverage: { questions: 85, heldOut: 60 } },
];

interface Asked {
  readonly database: SampleDatabase;
  readonly answerer: QuestionAnswerer;
  readonly guard: Guard;
}

const asked = new Map<string, Promise<Asked>>();
afterAll(async () => {
  for (const made of asked.values()) await (await made).database.close();
});

function prepared(subject: Subject): Promise<Asked> {
  const made = asked.get(subject.name) ?? prepare(subject);
  asked.set(subject.name, made);
  return made;
}

async function prepare({ name, content }: Subject): Promise<Asked> {
  const database = await sampleDatabase(postgres(), name, (connectionString) => ('script' in content ? runScript(connectionString, content.script) : seedSample({ connectionString, sample: content.sample })));
  const artifact = 'script' in content ? await database.artifact(['public']) : await database.artifact(sampleSchemas[content.sample], sampleOverlay(content.sample));
  return { database, answerer: createQuestionAnswerer(artifact), guard: await createGuard({ policy: policyFromSchema(artifact) }) };
}

/** Asks every question; wrong answers come back in words, right ones in hundredths of those that have an answer. */
async function measure(subject: Subject, cases: readonly QuestionCase[]): Promise<{ wrong: readonly string[]; coverage: number }> {
  const { database, answerer, guard } = await prepared(subject);
  const wrong: string[] = [];
  let [right, answerable] = [0, 0];
  for (const [question, ...expected] of cases) {
    const golds = expected.filter((sql) => sql !== null);
    if (golds.length > 0) answerable += 1;
    const answer = answerer.answer(question, today);
    if (answer.kind !== 'statement') continue;
    expect(guard.check(answer.sql), answer.sql).toMatchObject({ ok: true });
    const rows = await database.rows(answer.sql, answer.parameters);
    let fits = false;
    for (const gold of golds) fits ||= compareResults(await database.rows(gold), rows) !== 'none';
    if (fits) right += 1;
    else wrong.push(`${question}: ${answer.sql}`);
  }
  return { wrong, coverage: Math.floor((100 * right) / answerable) };
}

const worded = subjects.flatMap((subject) => {
  const questions = wordedQuestions[subject.name];
  return questions === undefined ? [] : [{ ...subject, questions }];
});

const figures: readonly Subject[] = ([
  { name: 'university', content: { sample: 'university' } },
  { name: 'sales', content: { sample: 'sales' } },
  { name: 'helpdesk', content: { script: helpdeskSchema } },
  { name: 'cinema', content: { script: cinemaSchema } },
] as const).map((subject) => ({ ...subject, questions: figureQuestions[subject.name] ?? [], heldOut: figureHeldOut[subject.name] ?? [], coverage: { questions: 80, heldOut: 70 } }));

const trades: readonly Subject[] = ([
  { name: 'airline', content: { script: airlineSchema }, questions: airlineQuestions },
  { name: 'devices', content: { script: devicesSchema }, questions: devicesQuestions },
  { name: 'gym', content: { script: gymSchema }, questions: gymQuestions },
  { name: 'hospital', content: { script: hospitalSchema }, questions: hospitalQuestions },
  { name: 'permits', content: { script: permitsSchema }, questions: permitsQuestions },
  { name: 'wine_shop', content: { script: wineShopSchema }, questions: wineShopQuestions },
] as const).map((subject) => ({ ...subject, heldOut: [], coverage: { questions: 95, heldOut: 0 } }));

// The samples are large, and a busy machine fills and reads them slowly.
const patience = { timeout: 180_000 };

describe.each(worded)('questions in many words about the $name database', patience, (subject) => {
  it('are answered as SQL by hand answers them, or not at all', async () => {
    const { wrong, coverage } = await measure(subject, subject.questions);
    expect(wrong).toEqual([]);
    expect(coverage).toBeGreaterThanOrEqual(80);
  });
});

describe.each(trades)('questions as they are typed, about the $name database', patience, (subject) => {
  it('are answered as SQL by hand answers them, or not at all', async () => {
    const { wrong, coverage } = await measure(subject, subject.questions);
    expect(wrong).toEqual([]);
    expect(coverage).toBeGreaterThanOrEqual(subject.coverage.questions);
  });
});

describe('questions that may mean more than one thing', patience, () => {
  it.each([
    ['devices', 'gateways', '"gateways" is the name of one of the device types. Do you mean that one, or the devices of it? Say "devices of type Gateway" for those.'],
    ['gym', 'total payments in 2024', 'Do you mean the number of payments or the sum of their amount?'],
    ['gym', 'most popular club', 'What does "most popular" count: members or trainers or classes or visits? Say "the club with the most members".'],
    ['airline', 'which airport has the most flights', 'There is more than one way to relate airports to flights: by the destination or by the origin. Which one do you mean?'],
    ['airline', 'bookings with a price over 800', 'The price cents of bookings is kept in cents. Do you mean 800 cents, or 800 whole units such as euros or dollars? Name the unit.'],
    ['wine_shop', 'average bottles per order', 'Do you mean the average bottles of the order lines of each order, or the average of what each order adds up to? Say "average bottles of order lines per order" for the first, "average total bottles per order" for the second.'],
  ])('are asked back about the %s database: %s', async (name, question, back) => {
    const subject = trades.find((trade) => trade.name === name);
    if (subject === undefined) throw new Error(`no trade called ${name}`);
    const { answerer } = await prepared(subject);
    expect(answerer.answer(question, today)).toEqual({ kind: 'clarification', question: back });
  });
});

describe.each([...subjects, ...figures.map((subject) => ({ ...subject, title: `${subject.name} (figures over figures, places, changes)` }))].map((subject) => ({ title: subject.name, ...subject })))('questions about the $title database', patience, (subject) => {
  it('are answered as SQL by hand answers them, or not at all', async () => {
    const { wrong, coverage } = await measure(subject, subject.questions);
    expect(wrong).toEqual([]);
    expect(coverage).toBeGreaterThanOrEqual(subject.coverage.questions);
  });

  it('are so where the rules were not written for them', async () => {
    const { wrong, coverage } = await measure(subject, subject.heldOut);
    expect(wrong).toEqual([]);
    expect(coverage).toBeGreaterThanOrEqual(subject.coverage.heldOut);
  });
});
