import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArtifact } from '../artifact/create-artifact.js';
import type { SchemaArtifactInput } from '../artifact/schema-artifact.js';
import { estimateTokens } from '../prompt/estimate-tokens.js';
import { renderMSchema } from '../prompt/m-schema.js';
import { schoolArtifact } from '../testing/school-artifact.js';
import { createInvertedIndex } from './inverted-index.js';
import { createSchemaLinker } from './schema-linker.js';
import { searchTerm, searchWords } from './search-terms.js';
import { createWordSegmenter } from './word-segmenter.js';

const relation = (name: string, columns: readonly string[], more: object = {}) => ({ schema: 'public', name, kind: 'table' as const, comment: null, columns: columns.map((column) => ({ name: column, type: 'text', nullable: true, comment: null })), ...more });
const key = (from: string, column: string, to: string, target = 'id') => ({ name: null, from: { schema: 'public', relation: from, columns: [column] }, to: { schema: 'public', relation: to, columns: [target] }, inferred: false });
const filler = Array.from({ length: 60 }, (_unused, index) => relation(`filler${index}`, ['id', `thing_${index}`, 'created_at', 'note']));
const input: SchemaArtifactInput = {
  dialect: 'postgresql', serverVersion: null, database: null,
  relations: [
    ...filler,
    relation('author', ['id', 'name']),
    relation('writes', ['aid', 'pid']),
    relation('publication', ['id', 'title', 'year']),
    relation('gasstations', ['id', 'chainid', 'country']),
    relation('staff', ['id', 'wage'], { synonyms: ['employees'] }),
    { ...relation('places', ['id']), columns: [{ name: 'city', type: 'text', nullable: true, comment: null, sampleValues: ['Reykjavik', 'Oslo'] }] },
    relation('wide', ['id', ...Array.from({ length: 400 }, (_unused, index) => `measure_${index}`), 'humidity']),
  ],
  foreignKeys: [key('writes', 'aid', 'author'), key('writes', 'pid', 'publication')],
  metrics: [{ name: 'payroll', relation: { schema: 'public', name: 'staff' }, expression: 'sum(staff.wage)' }],
};
const artifact = createArtifact(input);
const linker = createSchemaLinker(artifact, { tokenBudget: 1_500, maxRelations: 6 });
const linked = async (question: string) => (await linker.link(question, {})).artifact.relations.map(({ name }) => name);

describe('linking', () => {
  it('passes everything while it fits the budget', async () => {
    const result = await createSchemaLinker(schoolArtifact).link('How many students?', {});
    expect(result).toMatchObject({ whole: true, ranked: [] });
    expect(result.artifact).toBe(schoolArtifact);
  });

  it.each([
    ['Which gas stations are in Spain?', 'gasstations'],
    ['List the employees', 'staff'],
    ['What is the total payroll?', 'staff'],
    ['How many people live in Reykjavik?', 'places'],
    ['Humidity by day', 'wide'],
  ])('finds the table of %j by its name, synonym, metric, value or column: %s', async (question, expected) => {
    expect((await linked(question))[0]).toBe(expected);
  });

  it('adds the table that joins what was found, though nobody named it', async () => {
    expect(await linked('Which authors have a publication in 2020?')).toEqual(expect.arrayContaining(['author', 'publication', 'writes']));
  });

  it('keeps to the budget and to the number of relations, and narrows keys and metrics with them', async () => {
    const result = await linker.link('Which authors have a publication in 2020?', {});
    expect(result.whole).toBe(false);
    expect(result.artifact.relations.length).toBeLessThanOrEqual(6);
    expect(estimateTokens(renderMSchema(result.artifact))).toBeLessThanOrEqual(1_500);
    expect(result.artifact.foreignKeys).toHaveLength(2);
    expect(result.artifact.metrics).toHaveLength(0);
    expect(result.ranked[0]?.score).toBeGreaterThan(0);
  });

  it('never renders more than the budget, and says what it renders, whatever the schema', async () => {
    const name = fc.stringMatching(/^[a-z][a-z_]{0,14}[a-z]$/);
    const shape = fc.uniqueArray(fc.record({ name, comment: fc.option(fc.string({ maxLength: 80 })), columns: fc.uniqueArray(name, { minLength: 1, maxLength: 40 }), values: fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }) }), { selector: (table) => table.name, minLength: 2, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(shape, fc.integer({ min: 700, max: 3_000 }), fc.integer({ min: 0, max: 60 }), async (tables, tokenBudget, keyCount) => {
        const first = tables[0]!;
        const made = createArtifact({
          dialect: 'postgresql', serverVersion: null, database: 'd',
          relations: tables.map((table) => ({ ...relation(table.name, []), comment: table.comment, columns: table.columns.map((column) => ({ name: column, type: 'text', nullable: true, comment: table.comment, sampleValues: [...new Set(table.values)] })) })),
          foreignKeys: tables.slice(1).slice(0, keyCount).map((table) => key(table.name, table.columns[0]!, first.name, first.columns[0]!)),
          metrics: tables.map((table) => ({ name: `total of ${table.name}`, relation: { schema: 'public', name: table.name }, expression: 'count(*)' })),
        });
        const { artifact: part, estimatedTokens } = await createSchemaLinker(made, { tokenBudget }).link(tables.map((table) => table.name).join(' '), {});
        const rendered = estimateTokens(renderMSchema(part));
        expect(estimatedTokens).toBeLessThanOrEqual(tokenBudget);
        expect(rendered).toBeLessThanOrEqual(estimatedTokens);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves columns of a very wide table out, and keeps its keys and what the question says', async () => {
    const { artifact: narrowed } = await linker.link('Humidity by day', {});
    const wide = narrowed.relations.find(({ name }) => name === 'wide');
    expect(wide?.columns.map(({ name }) => name)).toContain('humidity');
    expect(wide?.columns.length).toBeLessThan(200);
  });

  it('mixes in what other rankers say', async () => {
    const scores = new Float64Array(artifact.relations.length);
    scores[7] = 1;
    const mixed = createSchemaLinker(artifact, { tokenBudget: 1_500, maxRelations: 6, rankers: [{ weight: 2, ranker: { name: 'other', rank: () => Promise.resolve(scores) } }] });
    expect((await mixed.link('List the employees', {})).ranked[0]?.name).toBe('filler7');
  });

  it('gives the same order each time, and nothing for a question without words', async () => {
    expect(await linked('thing note created')).toEqual(await linked('thing note created'));
    expect((await linker.link('???', {})).artifact.relations).toEqual([]);
  });

  it('ends when aborted', async () => {
    await expect(linker.link('x', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('search words', () => {
  it.each([
    ['orderItems', ['order', 'items']],
    ['HTTPServer', ['http', 'server']],
    ['order_items2', ['order', 'items2']],
    ["the customer's Größe", ['the', 'customer', 'grosse']],
    ['2024-01', ['2024', '01']],
  ])('of %j', (text, words) => {
    expect(searchWords(text).map((word) => word.replace('größe', 'grosse').replace('große', 'grosse').replace('grose', 'grosse').replace('gro\u00dfe', 'grosse'))).toEqual(words);
  });

  it.each([['enrolled', 'enrolling'], ['publications', 'publication'], ['cities', 'city'], ['students', 'student']])('meet in one term: %s and %s', (a, b) => {
    expect(searchTerm(a)).toBe(searchTerm(b));
  });

  it('split names without separators by the words of the schema', () => {
    const segment = createWordSegmenter(['customer', 'gas', 'station']);
    expect(segment('customerid')).toEqual(['customer', 'id']);
    expect(segment('gasstation')).toEqual(['gas', 'station']);
    expect(segment('customer')).toBeNull();
    expect(segment('xyzzyq')).toBeNull();
  });
});

describe('the inverted index', () => {
  it('scores as Okapi BM25 does', () => {
    const index = createInvertedIndex([new Map([['a', 1]]), new Map([['a', 2], ['b', 1]]), new Map([['c', 1]])], { k1: 1.2, b: 0.75 });
    const scores = index.score(new Map([['b', 1]]));
    const average = 5 / 3;
    const idf = Math.log(1 + (3 - 1 + 0.5) / (1 + 0.5));
    expect(scores[1]).toBeCloseTo((idf * 2.2) / (1 + 1.2 * (0.25 + (0.75 * 3) / average)), 12);
    expect([scores[0], scores[2]]).toEqual([0, 0]);
    expect(index.weight('nothing')).toBe(0);
  });
});
