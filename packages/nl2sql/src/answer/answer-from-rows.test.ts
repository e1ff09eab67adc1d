import { describe, expect, it } from 'vitest';
import { answerFromRows, type AnswerInput } from './answer-from-rows.js';
import { checkNumbers } from './check-numbers.js';

const columns = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([name, type]) => ({ name, type }));
const say = (input: Partial<AnswerInput>) => answerFromRows({ question: 'q', columns: [], rows: [], truncated: false, ...input }).sentence;

describe('the sentence of a template', () => {
  it.each<readonly [string, Partial<AnswerInput>, string]>([
    ['nothing', {}, 'No rows match the question.'],
    ['one figure', { columns: columns(['count', 'int8']), rows: [{ count: 1520 }] }, 'The count is 1,520.'],
    ['a figure given as text', { columns: columns(['avg_funding', 'numeric']), rows: [{ avg_funding: '1234.5678' }] }, 'The average funding is 1,234.57.'],
    ['a figure that is missing', { columns: columns(['max', 'int8']), rows: [{ max: null }] }, 'There is no highest for this question.'],
    ['an unnamed column', { columns: columns(['?column?', 'int4']), rows: [{ '?column?': 7 }] }, 'The answer is 7.'],
    ['one row', { columns: columns(['name', 'text'], ['founded', 'int4'], ['open', 'bool']), rows: [{ name: 'Physics', founded: 1902, open: true }] }, 'One row matches: name Physics, founded 1,902, open yes.'],
    ['a short list', { columns: columns(['major', 'text']), rows: [{ major: 'Physics' }, { major: 'Biology' }] }, 'There are 2 majors: Physics and Biology.'],
    ['a long list', { columns: columns(['city', 'text']), rows: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((city) => ({ city })) }, 'There are 7 cities, among them a, b, c, d and e.'],
    ['a list cut short', { columns: columns(['city', 'text']), rows: [{ city: 'a' }, { city: 'b' }], truncated: true }, 'There are more than 2 rows; the first cities are a and b.'],
    ['a list cut short, with its length', { columns: columns(['city', 'text']), rows: [{ city: 'a' }, { city: 'b' }], truncated: true, totalRows: 1_200 }, 'There are 1,200 rows; the first cities are a and b.'],
    ['a measure by name', { columns: columns(['department_id', 'int4'], ['name', 'text'], ['students', 'int8']), rows: [{ department_id: 1, name: 'CS', students: 90 }, { department_id: 2, name: 'Math', students: 1200 }] }, 'There are 2 rows. Math has the most students, 1,200, and CS the fewest, 90.'],
    ['a measure over time', { columns: columns(['month', 'date'], ['sales', 'numeric']), rows: [{ month: '2024-01-01', sales: '10' }, { month: '2024-02-01', sales: '30.5' }] }, 'There are 2 rows. The highest sales is 30.5 in 2024-02-01, the lowest 10 in 2024-01-01.'],
    ['equal measures', { columns: columns(['n', 'text'], ['score', 'int4']), rows: [{ n: 'a', score: 5 }, { n: 'b', score: 5 }] }, 'There are 2 rows. Every score is 5.'],
    ['measures that are all missing', { columns: columns(['n', 'text'], ['score', 'int4']), rows: [{ n: 'a', score: null }, { n: 'b', score: null }] }, 'There are 2 rows. No row has a score.'],
    ['many columns', { columns: columns(['name', 'text'], ['a', 'text'], ['b', 'text'], ['c', 'text'], ['d', 'int4']), rows: [{ name: 'x', d: 1 }, { name: 'y', d: 2 }] }, 'There are 2 rows. They are by name: x and y.'],
  ])('for %s', (_name, input, sentence) => {
    expect(say(input)).toBe(sentence);
  });

  it('says no number that the rows do not hold', () => {
    const input: AnswerInput = { question: 'q', columns: columns(['name', 'text'], ['n', 'int8']), rows: Array.from({ length: 30 }, (_unused, index) => ({ name: `row ${index}`, n: index * 17.5 })), truncated: false };
    expect(checkNumbers(answerFromRows(input).sentence, input)).toEqual([]);
  });
});
