import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerFromRows, type AnswerInput } from './answer-from-rows.js';
import { checkNumbers } from './check-numbers.js';

const departments: AnswerInput = {
  question: 'How many students does each department have?',
  columns: [{ name: 'department', type: 'text' }, { name: 'students', type: 'int8' }],
  rows: [
    { department: 'Chemistry', students: 40 },
    { department: 'Physics', students: 32 },
    { department: 'Computer Science', students: 120 },
    { department: 'Art', students: 8 },
  ],
  truncated: false,
};
const films: AnswerInput = {
  question: 'Budget, gross and year of the 3 films that earned most',
  columns: [{ name: 'title', type: 'text' }, { name: 'budget', type: 'numeric' }, { name: 'gross', type: 'numeric' }, { name: 'released', type: 'date' }],
  rows: [
    { title: 'St. Elsewhere 2', budget: '12500000', gross: '98250000.75', released: '2019-07-04' },
    { title: 'Alien Harvest', budget: '30000000', gross: '75000000', released: '2021-03-15' },
    { title: 'Quiet', budget: '1200000', gross: '30000000', released: '2020-11-20' },
  ],
  truncated: false,
};
const sales: AnswerInput = {
  question: 'Sales by region and year',
  columns: [{ name: 'region', type: 'text' }, { name: 'year', type: 'int4' }, { name: 'sales', type: 'numeric' }],
  rows: [
    { region: 'North', year: 2022, sales: '100' },
    { region: 'North', year: 2023, sales: '150' },
    { region: 'South', year: 2022, sales: '80' },
    { region: 'South', year: 2023, sales: '60' },
  ],
  truncated: false,
};
const monthly: AnswerInput = {
  question: 'Orders by month in 2024',
  columns: [{ name: 'month', type: 'date' }, { name: 'orders', type: 'int8' }],
  rows: [{ month: '2024-01-01', orders: 310 }, { month: '2024-02-01', orders: 290 }, { month: '2024-03-01', orders: 405 }],
  truncated: false,
};

describe('numbers beside the right names raise no alarm', () => {
  it.each<readonly [string, AnswerInput]>([
    // One name, one number.
    ['Physics has 32 students.', departments],
    ['Physics: 32.', departments],
    ['There are 32 students in Physics.', departments],
    ['With 120 students, Computer Science is the largest department.', departments],
    ['At 120, Computer Science leads.', departments],
    ['Computer Science has the most students (120).', departments],
    ['The department of Art counts only 8 students.', departments],
    ['32 Physics students were found.', departments],
    // Short forms, and names that no row has.
    ['CS has 120 students, Chemistry 40.', departments],
    ['Computer Science has 120 students, Chem 40.', departments],
    ['Harvest cost 30 million.', films],
    // Several.
    ['Chemistry has 40, Physics 32, Computer Science 120 and Art 8.', departments],
    ['Chemistry (40), Physics (32), Computer Science (120), Art (8).', departments],
    ['Chemistry has 40 students, while Physics has 32.', departments],
    ['Chemistry has 40 students and Physics has 32 students.', departments],
    ['There are 40 students in Chemistry, 32 in Physics and 8 in Art.', departments],
    ['40 for Chemistry, 32 for Physics.', departments],
    ['Chemistry and Physics have 40 and 32 students, respectively.', departments],
    ['Chemistry, Physics and Art have 40, 32 and 8 students.', departments],
    ['Computer Science leads with 120, followed by Chemistry with 40 and Physics with 32.', departments],
    ['Chemistry beats Physics 40 to 32.', departments],
    ['Physics trails Chemistry (40) with 32.', departments],
    ['Computer Science is the largest. It has 120 students.', departments],
    ['Computer Science is the largest, ahead of Chemistry (40) and Physics (32).', departments],
    // Totals, counts, averages.
    ['In all, the 4 departments have 200 students, 120 of them in Computer Science.', departments],
    ['Of the 200 students, 120 are in Computer Science.', departments],
    ['Computer Science has 120 of the 200 students.', departments],
    ['Chemistry and Physics together have 72 students.', departments],
    ['Computer Science is one of 4 departments.', departments],
    ['The average is 50 students; Art is far below it with 8.', departments],
    ['Art is below the average of 50.', departments],
    // Differences, shares, multiples.
    ['Chemistry has 8 more students than Physics.', departments],
    ['Computer Science has 80 more students than Chemistry.', departments],
    ['Chemistry leads Physics by 8.', departments],
    ['The gap between Computer Science and Art is 112 students.', departments],
    ['Computer Science holds 60% of all students, Art 4 percent.', departments],
    ['Chemistry has 25% more students than Physics.', departments],
    ['Computer Science has 3 times as many students as Chemistry.', departments],
    ['Computer Science has three times as many students as Chemistry.', departments],
    ['Chemistry and Physics make up 36% of the students.', departments],
    // Bounds, ranks, parts of the list.
    ['Only Computer Science has more than 100 students.', departments],
    ['Physics has at least 30 students.', departments],
    ['2 departments, Chemistry and Physics, have more than 30 and less than 50.', departments],
    ['3 departments have fewer than 100 students.', departments],
    ['The top 3 are Computer Science, Chemistry and Physics.', departments],
    ['Physics ranks 3rd with 32 students.', departments],
    ['Physics is number 3 with 32 students.', departments],
    ['The other 3 departments are smaller than Computer Science.', departments],
    // Rounding and units.
    ['St. Elsewhere 2 earned about 98.3 million on a budget of 12.5 million.', films],
    ['Alien Harvest cost $30 million and earned $75 million.', films],
    ['Alien Harvest cost 30,000,000 and grossed 75,000,000.', films],
    ['Quiet earned 30,000,000 on a budget of 1,200,000.', films],
    // Dates and years.
    ['Alien Harvest was released in 2021, Quiet in 2020.', films],
    ['Quiet came out on November 20, 2020.', films],
    ['The 3 films were released between 2019 and 2021.', films],
    ['In 2023, sales in the North were 150.', sales],
    ['The North sold 100 in 2022 and 150 in 2023.', sales],
    ['North grew from 100 to 150, which is 50% more.', sales],
    ['South fell from 80 in 2022 to 60 in 2023.', sales],
    ['The North sold 250 in the 2 years, the South 140.', sales],
    ['In 2022 both regions together sold 180.', sales],
    ['March 2024 had the most orders, 405.', monthly],
    ['Orders fell to 290 in February and rose to 405 in March.', monthly],
    ['In January there were 310 orders.', monthly],
    ['In 2024 there were 1,005 orders in 3 months.', monthly],
  ])('%s', (sentence, input) => {
    expect(checkNumbers(sentence, input)).toEqual([]);
  });

  it('nor do the sentences of the template', () => {
    for (const input of [departments, films, sales, monthly]) {
      const { sentence } = answerFromRows(input);
      expect([sentence, checkNumbers(sentence, input)]).toEqual([sentence, []]);
    }
  });
});

describe('numbers beside the wrong names are found', () => {
  it.each<readonly [string, AnswerInput, readonly (readonly [string, string])[]]>([
    ['Physics has 40 students.', departments, [['40', 'Physics']]],
    ['Physics: 40.', departments, [['40', 'Physics']]],
    ['Physics has a total of 40 students.', departments, [['40', 'Physics']]],
    ['Physics has the most students, 120.', departments, [['120', 'Physics']]],
    ['There are 40 students in Physics.', departments, [['40', 'Physics']]],
    ['With 120 students, Chemistry is the largest department.', departments, [['120', 'Chemistry']]],
    ['40 Physics students were found.', departments, [['40', 'Physics']]],
    ['Physics has 200 students.', departments, [['200', 'Physics']]],
    ['4 Physics students were found.', departments, [['4', 'Physics']]],
    ['Physics has 4 students.', departments, [['4', 'Physics']]],
    ['Physics has forty students.', departments, [['forty', 'Physics']]],
    ['Chemistry has 32 and Physics has 40 students.', departments, [['32', 'Chemistry'], ['40', 'Physics']]],
    ['Chemistry (32), Physics (40), Art (8).', departments, [['32', 'Chemistry'], ['40', 'Physics']]],
    ['There are 32 students in Chemistry, 40 in Physics and 8 in Art.', departments, [['32', 'Chemistry'], ['40', 'Physics']]],
    ['Chemistry and Physics have 32 and 40 students, respectively.', departments, [['32', 'Chemistry'], ['40', 'Physics']]],
    ['Computer Science leads with 40, followed by Chemistry with 120.', departments, [['40', 'Computer Science'], ['120', 'Chemistry']]],
    ['Chemistry and Physics each have 40 students.', departments, [['40', 'Chemistry and Physics']]],
    ['Chemistry has 120 students, while Art has 8.', departments, [['120', 'Chemistry']]],
    ['Computer Science is the largest. It has 40 students.', departments, [['40', 'Computer Science']]],
    ['Physics holds 60% of all students.', departments, [['60%', 'Physics']]],
    ['Physics has more than 40 students.', departments, [['40', 'Physics']]],
    ['Art has at least 32 students.', departments, [['32', 'Art']]],
    ['CS has 40 students.', departments, [['40', 'CS']]],
    ['Alien Harvest was released in 2019.', films, [['2019', 'Alien Harvest']]],
    ['Quiet earned 75 million.', films, [['75 million', 'Quiet']]],
    ['St. Elsewhere 2 cost 30,000,000.', films, [['30,000,000', 'St. Elsewhere 2']]],
    ['The North sold 150 in 2022.', sales, [['150', 'North and 2022']]],
    ['In 2023, sales in the South were 150.', sales, [['150', '2023 and South']]],
    ['March had 310 orders.', monthly, [['310', 'March']]],
    ['In February 2024 there were 405 orders.', monthly, [['405', 'February 2024']]],
  ])('%s', (sentence, input, expected) => {
    expect(checkNumbers(sentence, input).map(({ text, beside }) => [text, beside])).toEqual(expected);
  });
});

describe('any result', () => {
  const names = ['Chemistry', 'Physics', 'Computer Science', 'Art', 'Modern History', 'Law', "Women's Studies", 'Économie', 'Music', 'St. Mary'];
  const row = fc.record({ name: fc.constantFrom(...names), count: fc.integer({ min: 100, max: 99_999 }) });
  // No amount is the sum or difference of others: a sentence that swaps two of them is then wrong by every reading.
  const result = fc.uniqueArray(row, { selector: ({ name }) => name, minLength: 3, maxLength: 6 }).filter((rows) => rows.every((a) => rows.every((b) => a === b || (a.count !== b.count && rows.every((c) => c.count !== a.count + b.count && c.count !== Math.abs(a.count - b.count))))));
  const says: readonly (readonly [string, (a: string, n: string, b: string, m: string) => string])[] = [
    ['one', (a, n) => `${a} has ${n} students.`],
    ['one in', (_a, n, b) => `There are ${n} students in ${b}.`],
    ['with', (a, n) => `With ${n} students, ${a} comes first.`],
    ['leads', (a, n) => `${a} leads with ${n}.`],
    ['two', (a, n, b, m) => `${a} has ${n} students and ${b} has ${m}.`],
    ['two in', (a, n, b, m) => `There are ${n} students in ${a} and ${m} in ${b}.`],
    ['brackets', (a, n, b, m) => `The first are ${a} (${n}) and ${b} (${m}).`],
    ['followed', (a, n, b, m) => `${a} is the largest with ${n}, followed by ${b} with ${m}.`],
    ['respectively', (a, n, b, m) => `${a} and ${b} have ${n} and ${m} students, respectively.`],
    ['contrast', (a, n, b, m) => `${a} has ${n} students, while ${b} has ${m}.`],
    ['pronoun', (a, n) => `The largest is ${a}. It has ${n} students.`],
  ];
  const inputOf = (rows: readonly { readonly name: string; readonly count: number }[]): AnswerInput => ({ question: 'How many students?', columns: [{ name: 'name', type: 'text' }, { name: 'count', type: 'int8' }], rows: rows.map(({ name, count }) => ({ name, count })), truncated: false });
  const write = (count: number, grouped: boolean) => (grouped ? count.toLocaleString('en-US') : String(count));

  it.each(says)('is borne out by right numbers, and not by numbers of other rows: %s', (kind, say) => {
    fc.assert(
      fc.property(result, fc.boolean(), (rows, grouped) => {
        const [a, b, c] = rows;
        if (a === undefined || b === undefined || c === undefined) return;
        const input = inputOf(rows);
        const right = kind === 'one in' ? say('', write(b.count, grouped), b.name, '') : say(a.name, write(a.count, grouped), b.name, write(b.count, grouped));
        const wrong = kind === 'one in' ? say('', write(a.count, grouped), b.name, '') : say(a.name, write(b.count, grouped), b.name, write(a.count, grouped));
        expect([right, checkNumbers(right, input)]).toEqual([right, []]);
        expect([wrong, checkNumbers(wrong, input).length > 0]).toEqual([wrong, true]);
      }),
      { numRuns: 60 },
    );
  });
});
