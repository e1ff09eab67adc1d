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
    ['one row', { columns: columns(['name', 'text'], ['founded', 'int4'], ['open', 'bool']), rows: [{ name: 'Physics', founded: 1902, open: true }] }, 'One row matches: name Physics, founded 1902, open yes.'],
    ['a short list', { columns: columns(['major', 'text']), rows: [{ major: 'Physics' }, { major: 'Biology' }] }, 'There are 2 majors: Physics and Biology.'],
    ['a long list', { columns: columns(['city', 'text']), rows: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((city) => ({ city })) }, 'There are 7 cities, among them a, b, c, d and e.'],
    ['a list cut short', { columns: columns(['city', 'text']), rows: [{ city: 'a' }, { city: 'b' }], truncated: true }, 'There are more than 2 rows; the first cities are a and b.'],
    ['a list cut short, with its length', { columns: columns(['city', 'text']), rows: [{ city: 'a' }, { city: 'b' }], truncated: true, totalRows: 1_200 }, 'There are 1,200 rows; the first cities are a and b.'],
    ['a measure by name', { columns: columns(['department_id', 'int4'], ['name', 'text'], ['students', 'int8']), rows: [{ department_id: 1, name: 'CS', students: 90 }, { department_id: 2, name: 'Math', students: 1200 }] }, 'There are 2 rows. Math has the most students, 1,200, and CS the fewest, 90.'],
    ['a measure over time', { columns: columns(['month', 'date'], ['sales', 'numeric']), rows: [{ month: '2024-01-01', sales: '10' }, { month: '2024-02-01', sales: '30.5' }] }, 'There are 2 rows. The highest sales is 30.5 in February 2024, the lowest 10 in January 2024.'],
    ['money', { columns: columns(['region', 'text'], ['revenue', 'numeric']), rows: [{ region: 'Europe', revenue: '1753967.90' }, { region: 'Africa', revenue: '640000.00' }] }, 'There are 2 rows. The highest revenue is 1,753,967.90 for Europe, the lowest 640,000 for Africa.'],
    ['equal measures', { columns: columns(['n', 'text'], ['score', 'int4']), rows: [{ n: 'a', score: 5 }, { n: 'b', score: 5 }] }, 'There are 2 rows. Every score is 5.'],
    ['measures that are all missing', { columns: columns(['n', 'text'], ['score', 'int4']), rows: [{ n: 'a', score: null }, { n: 'b', score: null }] }, 'There are 2 rows. No row has a score.'],
    ['many columns', { columns: columns(['name', 'text'], ['a', 'text'], ['b', 'text'], ['c', 'text'], ['d', 'int4']), rows: [{ name: 'x', d: 1 }, { name: 'y', d: 2 }] }, 'There are 2 rows. They are x and y.'],
    ['a measure over quarters', { columns: columns(['quarter', 'date'], ['orders', 'int8']), rows: [{ quarter: '2024-01-01', orders: 10 }, { quarter: '2024-10-01', orders: 30 }] }, 'There are 2 rows. The most orders are in Q4 2024, 30, the fewest in Q1 2024, 10.'],
    ['a measure over years', { columns: columns(['year', 'int4'], ['orders', 'int8']), rows: [{ year: 2023, orders: 10 }, { year: 2024, orders: 1300 }] }, 'There are 2 rows. The most orders are in 2024, 1,300, the fewest in 2023, 10.'],
    ['days, which stay dates', { columns: columns(['day', 'date'], ['orders', 'int8']), rows: [{ day: '2024-01-01', orders: 1 }, { day: '2024-02-01', orders: 3 }] }, 'There are 2 rows. The most orders are in 2024-02-01, 3, the fewest in 2024-01-01, 1.'],
    ['people', { columns: columns(['student_id', 'int4'], ['first_name', 'text'], ['last_name', 'text'], ['email', 'text']), rows: ['Ann', 'Bo', 'Cy', 'Di'].map((first, index) => ({ student_id: index, first_name: first, last_name: 'Ray', email: 'x' })) }, 'There are 4 rows. The first are Ann Ray, Bo Ray and Cy Ray.'],
    ['things with a code beside the name', { columns: columns(['sku', 'text'], ['name', 'text'], ['colour', 'text']), rows: [{ sku: 'A1', name: 'Lamp', colour: 'red' }, { sku: 'A2', name: 'Desk', colour: 'blue' }] }, 'There are 2 rows. They are Lamp and Desk.'],
    ['a number of things', { columns: columns(['weekday', 'text'], ['number_of_orders', 'int8']), rows: [{ weekday: 'Tuesday', number_of_orders: 9 }, { weekday: 'Sunday', number_of_orders: 2 }] }, 'There are 2 rows. Tuesday has the most orders, 9, and Sunday the fewest, 2.'],
    ['several figures in one row', { columns: columns(['students', 'int8'], ['courses', 'int8'], ['ratio', 'numeric']), rows: [{ students: 640, courses: 63, ratio: '10.1587' }] }, 'The figures are students 640, courses 63 and ratio 10.16.'],
    ['percentages', { columns: columns(['region', 'text'], ['percentage', 'numeric']), rows: [{ region: 'Europe', percentage: '38.7712' }, { region: 'Asia', percentage: '0.4' }] }, 'There are 2 rows. The highest percentage is 38.77% for Europe, the lowest 0.4% for Asia.'],
    ['a percentage that may be a share of one', { columns: columns(['percentage', 'numeric']), rows: [{ percentage: '0.4' }] }, 'The percentage is 0.4.'],
    ['one day', { columns: columns(['hired_on', 'date']), rows: [{ hired_on: '2020-05-03' }] }, 'Hired on 2020-05-03.'],
    ['yes or no', { columns: columns(['exists', 'bool']), rows: [{ exists: false }] }, 'The answer is no.'],
    ['two categories', { columns: columns(['region', 'text'], ['channel', 'text'], ['orders', 'int8']), rows: [{ region: 'EU', channel: 'web', orders: 5 }, { region: 'US', channel: 'web', orders: 9 }, { region: 'US', channel: 'phone', orders: 1 }] }, 'There are 3 rows. US, web has the most orders, 9, and US, phone the fewest, 1.'],
    ['rows that share the first place', { columns: columns(['name', 'text'], ['score', 'int8']), rows: [{ name: 'a', score: 9 }, { name: 'b', score: 9 }, { name: 'c', score: 1 }, { name: 'd', score: 1 }, { name: 'e', score: 1 }, { name: 'f', score: 1 }] }, 'There are 6 rows. The highest score is 9 for a and b, the lowest 1 for c, d and 2 others.'],
    ['measures of which one is known', { columns: columns(['name', 'text'], ['score', 'int8']), rows: [{ name: 'a', score: 9 }, { name: 'b', score: null }] }, 'There are 2 rows. The only score is 9 for a. One row has no score.'],
    ['rows without a name in their group', { columns: columns(['major', 'text'], ['score', 'int8']), rows: [{ major: 'Physics', score: 9 }, { major: null, score: 4 }] }, 'There are 2 rows. The highest score is 9 for Physics, the lowest 4 for no major.'],
    ['some of the rows', { columns: columns(['city', 'text'], ['score', 'int8']), rows: [{ city: 'a', score: 9 }, { city: 'b', score: 7 }], truncated: true }, 'There are more than 2 rows; these are the first 2. Among these, the highest score is 9 for a, the lowest 7 for b.'],
    ['orders that nothing but their number tells apart', { columns: columns(['order_id', 'int4'], ['ordered_on', 'date'], ['channel', 'text']), rows: [{ order_id: 12001, ordered_on: '2024-01-02', channel: 'web' }, { order_id: 12002, ordered_on: '2024-01-03', channel: 'web' }] }, 'There are 2 rows. They are order 12001 and order 12002.'],
    ['a long text', { columns: columns(['comment', 'text']), rows: [{ comment: 'word '.repeat(60) }] }, `The comment is ${'word '.repeat(23)}word….`],
    ['a number that only looks like a year', { columns: columns(['name', 'text'], ['houses_built', 'int4']), rows: [{ name: 'a', houses_built: 40 }, { name: 'b', houses_built: 1500 }] }, 'There are 2 rows. The highest houses built is 1,500 for b, the lowest 40 for a.'],
  ])('for %s', (_name, input, sentence) => {
    expect(say(input)).toBe(sentence);
  });

  it('says no number that the rows do not hold', () => {
    const input: AnswerInput = { question: 'q', columns: columns(['name', 'text'], ['n', 'int8']), rows: Array.from({ length: 30 }, (_unused, index) => ({ name: `row ${index}`, n: index * 17.5 })), truncated: false };
    expect(checkNumbers(answerFromRows(input).sentence, input)).toEqual([]);
  });
});
