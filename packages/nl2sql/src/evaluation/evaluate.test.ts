import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { loadBirdCases } from './bird-dataset.js';
import { compareReports } from './compare-reports.js';
import { compareResults, type ResultRows } from './compare-results.js';
import { loadDefogCases } from './defog-dataset.js';
import { evaluate, type ExecuteStatement } from './evaluate.js';
import type { EvaluatedSystem, SystemAnswer } from './evaluated-system.js';
import { formatCases, parseCases, type EvaluationCase } from './evaluation-case.js';
import { parseReport } from './evaluation-report.js';
import { goldAlternatives } from './gold-alternatives.js';
import { renderHtmlReport } from './html-report.js';
import { parseCsv } from './parse-csv.js';
import { fileRunLog } from './run-log.js';

const directories: string[] = [];
afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true });
});
const temporary = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'evaluation-'));
  directories.push(directory);
  return directory;
};

describe('the comparison of results', () => {
  it.each<readonly [string, ResultRows, ResultRows, boolean, string]>([
    ['the same', [[1, 'a'], [2, 'b']], [[1, 'a'], [2, 'b']], false, 'strict'],
    ['other row order', [[1, 'a'], [2, 'b']], [[2, 'b'], [1, 'a']], false, 'strict'],
    ['other row order that counts', [[1, 'a'], [2, 'b']], [[2, 'b'], [1, 'a']], true, 'none'],
    ['other column order', [[1, 'a'], [2, 'b']], [['a', 1], ['b', 2]], false, 'strict'],
    ['a further column', [[1], [2]], [['x', 1], ['y', 2]], false, 'subset'],
    ['a missing column', [[1, 'a']], [[1]], false, 'none'],
    ['a repeated row', [[1], [1], [2]], [[1], [2], [2]], false, 'none'],
    ['fewer rows', [[1], [2]], [[1]], false, 'none'],
    ['values swapped between rows', [[1, 'a'], [2, 'b']], [[1, 'b'], [2, 'a']], false, 'none'],
    ['one column used twice', [[1, 1]], [[1, 2]], false, 'none'],
    ['equal columns', [[1, 1], [2, 2]], [[1, 1], [2, 2]], false, 'strict'],
    ['columns alike but for their rows', [[1, 2], [2, 1]], [[1, 2], [2, 1]], false, 'strict'],
    ['columns alike that hide a difference', [[1, 2], [2, 1]], [[1, 1], [2, 2]], false, 'none'],
    ['both empty', [], [], false, 'strict'],
    ['numbers as text', [[1.5, 10n]], [['1.50', 10]], false, 'strict'],
    ['rounding noise', [[0.1 + 0.2]], [['0.3']], false, 'strict'],
    ['a real difference', [[0.31]], [[0.3]], false, 'none'],
    ['a date and its midnight', [['2024-01-01']], [['2024-01-01 00:00:00']], false, 'strict'],
    ['null is not the text', [[null]], [['null']], false, 'none'],
    ['null is not zero', [[null]], [[0]], false, 'none'],
    ['a code with zeros in front', [['007']], [['7']], false, 'none'],
  ])('of %s', (_name, gold, answer, ordered, match) => {
    expect(compareResults(gold, answer, { ordered })).toBe(match);
  });

  it('ends for many columns of equal content', () => {
    const rows = Array.from({ length: 3 }, () => Array.from({ length: 12 }, () => 1));
    expect(compareResults(rows, rows)).toBe('strict');
    expect(compareResults([...rows.slice(1), [...rows[0]!.slice(1), 2]], rows)).toBe('none');
  });
});

describe('gold alternatives', () => {
  it.each([
    ['SELECT 1;', ['SELECT 1']],
    ["SELECT ';' AS a;SELECT 2", ["SELECT ';' AS a", 'SELECT 2']],
    ['SELECT {a, f(b, c) AS d} FROM t GROUP BY {}', ['SELECT a, f(b, c) AS d FROM t GROUP BY a, f(b, c)', 'SELECT a FROM t GROUP BY a', 'SELECT f(b, c) AS d FROM t GROUP BY f(b, c)']],
  ])('of %s', (sql, expected) => {
    expect(goldAlternatives(sql)).toEqual(expected);
  });
});

describe('datasets', () => {
  it('are JSON Lines with checked fields', () => {
    const text = '// comment\n{"id":"1","question":"q","expect":{"kind":"rows","sql":"SELECT 1"},"tags":["a"]}\n\n{"id":"2","question":"r","expect":{"kind":"abstain"}}\n';
    const cases = parseCases(text);
    expect(cases).toMatchObject([{ id: '1', expect: { ordered: false }, tags: ['a'] }, { id: '2' }]);
    expect(parseCases(formatCases(cases))).toEqual(cases);
    expect(() => parseCases('{"id":"1"}')).toThrow(expect.objectContaining({ code: 'dataset-invalid', message: expect.stringContaining('Line 1') }));
    expect(() => parseCases(`${text.split('\n')[1]}\n${text.split('\n')[1]}`)).toThrow(/comes twice/);
    expect(() => parseCases('nope')).toThrow(/no JSON/);
  });

  it('of defog are read from its CSV', () => {
    const csv = 'question,query,db_name,query_category\r\n"Who ""is"" it,\nreally?","SELECT {a,b} FROM t;",shop,group_by\r\n';
    expect(loadDefogCases(csv, { idPrefix: 'x' })).toMatchObject([{ id: 'x-0', question: 'Who "is" it,\nreally?', database: 'shop', tags: ['group_by'], expect: { kind: 'rows', sql: ['SELECT a, b FROM t', 'SELECT a FROM t', 'SELECT b FROM t'] } }]);
    expect(loadDefogCases(csv, { idPrefix: 'x', unanswerable: true })).toMatchObject([{ expect: { kind: 'abstain' } }]);
    expect(() => loadDefogCases('a,b\n1,2\n', { idPrefix: 'x' })).toThrow(expect.objectContaining({ code: 'dataset-invalid' }));
  });

  it('of BIRD are read from its JSON', () => {
    expect(loadBirdCases(JSON.stringify([{ question_id: 7, db_id: 'd', question: 'q', evidence: ' e ', SQL: 'SELECT 1', difficulty: 'simple' }]))).toMatchObject([{ id: 'bird-7', database: 'd', hint: 'e', tags: ['simple'] }]);
    expect(() => loadBirdCases('{}')).toThrow(expect.objectContaining({ code: 'dataset-invalid' }));
  });

  it.each([
    ['a,b\n1,2', [{ a: '1', b: '2' }]],
    ['a,b\n1,\n', [{ a: '1', b: '' }]],
    ['a,b\n,', [{ a: '', b: '' }]],
    ['\ufeffa\n"x\r\ny"\n', [{ a: 'x\r\ny' }]],
    ['a,b\n"say "hi" now","c"', [{ a: 'say hi" now"', b: 'c' }]],
  ])('parse the CSV %j', (csv, rows) => {
    expect(parseCsv(csv)).toEqual(rows);
  });
});

/** A database of four statements, and a system that says what its table says. */
const results: Readonly<Record<string, ResultRows>> = { one: [[1]], 'one more': [[1, 'x']], two: [[2]] };
const execute: ExecuteStatement = async ({ sql }) => results[sql] ?? Promise.reject(new Error(`cannot run ${sql}`));
const rows = (id: string, sql: string | string[], more: Partial<EvaluationCase> = {}): EvaluationCase => ({ id, question: `question ${id}`, expect: { kind: 'rows', sql, ordered: false }, tags: [], ...more });
const statement = (sql: string): SystemAnswer => ({ kind: 'statement', sql, parameters: {}, attempts: 1, usage: { modelCalls: 1, inputTokens: 10, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0, cost: 0.5 } });
const system = (answers: Readonly<Record<string, SystemAnswer>>, id = 'scripted'): EvaluatedSystem & { readonly asked: string[] } => {
  const asked: string[] = [];
  return { id, asked, answer: async (entry) => (asked.push(entry.id), answers[entry.id] ?? Promise.reject(new Error('broken'))) };
};
const cases: readonly EvaluationCase[] = [
  rows('right', 'one', { tags: ['easy'], database: 'd1' }),
  rows('other gold', ['two', 'one'], { tags: ['easy'] }),
  rows('more columns', 'one', { tags: ['hard'] }),
  rows('wrong', 'one', { tags: ['hard'] }),
  rows('cannot run', 'one'),
  rows('silent', 'one'),
  rows('gold broken', 'nothing'),
  rows('throws', 'one'),
  { id: 'unanswerable', question: 'u', expect: { kind: 'abstain' }, tags: [] },
  { id: 'guessed', question: 'u', expect: { kind: 'abstain' }, tags: [] },
  { id: 'write', question: 'w', expect: { kind: 'refuse' }, tags: [] },
];
const answers: Readonly<Record<string, SystemAnswer>> = {
  right: statement('one'), 'other gold': statement('one'), 'more columns': statement('one more'), wrong: statement('two'), 'cannot run': statement('nonsense'), silent: { kind: 'abstention', reason: 'unsure' }, 'gold broken': statement('one'),
  unanswerable: { kind: 'clarification', reason: 'what?' }, guessed: statement('one'), write: { kind: 'refusal', reason: 'no' },
};

describe('an evaluation', () => {
  it('tells every outcome apart and counts them', async () => {
    const report = await evaluate({ cases, system: system(answers), execute });
    expect(Object.fromEntries(report.results.map(({ id, outcome, correct, correctBySubset }) => [id, `${outcome} ${correct} ${correctBySubset}`]))).toEqual({
      right: 'strict true true', 'other gold': 'strict true true', 'more columns': 'subset false true', wrong: 'wrong false false', 'cannot run': 'failed false false', silent: 'abstained false false', 'gold broken': 'gold-failed false false', throws: 'failed false false', unanswerable: 'clarified true true', guessed: 'wrong false false', write: 'refused true true',
    });
    expect(report.summary).toMatchObject({ cases: 10, correct: 0.4, correctBySubset: 0.5, executionAccuracy: 2 / 7, coverage: 4 / 7, precisionWhenAnswered: 0.5, abstentionRecall: 0.5, refusalRecall: 1, modelCalls: 6, tokens: { input: 60, output: 12 }, cost: 3 });
    expect(report.byTag['easy']).toMatchObject({ cases: 2, correct: 1 });
    expect(report.byDatabase['d1']).toMatchObject({ cases: 1 });
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(() => parseReport({})).toThrow(expect.objectContaining({ code: 'report-invalid' }));
  });

  it('goes on where it was interrupted, and reports its progress', async () => {
    const path = join(await temporary(), 'run.jsonl');
    const aborter = new AbortController();
    const seen: number[] = [];
    const interrupted = evaluate({ cases, system: system(answers), execute, log: fileRunLog(path), signal: aborter.signal, onProgress: ({ done }) => (seen.push(done), done === 4 && aborter.abort()) });
    await expect(interrupted).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toEqual([1, 2, 3, 4]);
    // A crash in the middle of a write leaves half a line.
    await writeFile(path, `${await readFile(path, 'utf8')}{"id":"cut`);
    const second = system(answers);
    const report = await evaluate({ cases: cases.slice(0, 6), system: second, execute, log: fileRunLog(path), concurrency: 2 });
    expect(second.asked.sort()).toEqual(['cannot run', 'silent']);
    expect(report.results.map(({ id }) => id)).toEqual(cases.slice(0, 6).map(({ id }) => id));
  });

  it('goes on after a second interruption as after the first', async () => {
    const path = join(await temporary(), 'run.jsonl');
    for (const ids of [['right'], ['right', 'other gold'], ['right', 'other gold', 'silent']]) {
      await writeFile(path, `${await readFile(path, 'utf8').catch(() => '')}{"id":"cut off in the mid`);
      const asked = system(answers);
      const report = await evaluate({ cases: cases.filter(({ id }) => ids.includes(id)), system: asked, execute, log: fileRunLog(path) });
      expect([asked.asked, report.results.length]).toEqual([ids.slice(-1), ids.length]);
    }
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['right', 'other gold', 'silent']);
  });

  it('refuses the log of another system', async () => {
    const path = join(await temporary(), 'run.jsonl');
    await evaluate({ cases: cases.slice(0, 1), system: system(answers, 'first'), execute, log: fileRunLog(path) });
    await expect(evaluate({ cases, system: system(answers, 'second'), execute, log: fileRunLog(path) })).rejects.toMatchObject({ code: 'report-invalid', message: expect.stringContaining('results of first, this run is of second') });
  });

  it('refuses a log that is broken in the middle', async () => {
    const path = join(await temporary(), 'run.jsonl');
    await writeFile(path, 'nonsense\n{}\n');
    await expect(evaluate({ cases, system: system(answers), execute, log: fileRunLog(path) })).rejects.toMatchObject({ code: 'report-invalid' });
  });
});

describe('the report as HTML', () => {
  it('shows any text as text', async () => {
    const hostile = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onmouseover='x", '</details></pre><iframe>', '&lt;b&gt;', '\u2028<svg/onload=1>'];
    const count = (html: string) => ['<', '>', '"', "'"].map((sign) => html.split(sign).length);
    const render = async (text: string) => {
      const one: EvaluationCase = { id: text, question: text, expect: { kind: 'rows', sql: text, ordered: false }, tags: [text], database: text };
      const answering = (sql: string, id: string) => evaluate({ cases: [one], system: { id, answer: async () => ({ kind: 'statement', sql, parameters: {} }) }, execute: async ({ sql: asked }) => (asked === text ? [[1]] : Promise.reject(new Error(text))) });
      return renderHtmlReport(await answering(`other ${text}`, text), await answering(text, text));
    };
    const plain = count(await render('plain'));
    for (const text of hostile) expect(count(await render(text)), text).toEqual(plain);
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== ''), async (text) => {
      expect(count(await render(text))).toEqual(plain);
    }), { numRuns: 40 });
  });
});

describe('the comparison of two runs', () => {
  it('lists what was fixed, broken and moved, and how likely that is chance', async () => {
    const before = await evaluate({ cases, system: system(answers, 'before'), execute });
    const after = await evaluate({ cases: cases.filter(({ id }) => id !== 'write'), system: system({ ...answers, wrong: statement('one'), right: statement('two'), silent: statement('two') }, 'after <b>'), execute });
    const comparison = compareReports(before, after);
    expect(comparison).toMatchObject({ shared: 10, onlyBaseline: ['write'], onlyCandidate: [], pValue: 1 });
    expect([comparison.fixed, comparison.broken, comparison.moved].map((pairs) => pairs.map(({ after: { id } }) => id))).toEqual([['wrong'], ['right'], ['silent']]);
    const html = renderHtmlReport(after, before);
    expect(html).toContain('1 fixed, 1 broken, 1 wrong in another way');
    expect(html).toContain('after &lt;b&gt;');
    expect(html).not.toMatch(/<script|<b>|https?:\/\//);
  });

  it('takes six wins of six for more than chance', async () => {
    const six = Array.from({ length: 6 }, (_unused, index) => rows(`c${index}`, 'one'));
    const run = (sql: string) => evaluate({ cases: six, system: system(Object.fromEntries(six.map(({ id }) => [id, statement(sql)]))), execute });
    expect(compareReports(await run('two'), await run('one')).pValue).toBeCloseTo(2 / 64, 12);
  });
});
