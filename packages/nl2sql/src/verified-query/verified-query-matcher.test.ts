import { describe, expect, it } from 'vitest';
import { createArtifact } from '../artifact/create-artifact.js';
import { createVerifiedQueryMatcher } from './verified-query-matcher.js';

const column = (name: string, more: object = {}) => ({ name, type: 'text', nullable: false, comment: null, ...more });
const artifact = createArtifact({
  dialect: 'postgresql',
  serverVersion: null,
  database: null,
  relations: [
    { schema: 's', name: 'students', kind: 'table', comment: null, columns: [column('full_name')] },
    { schema: 's', name: 'departments', kind: 'table', comment: null, columns: [column('name', { sampleValues: ['Physics', 'Music'], sampleValuesComplete: true })] },
  ],
  verifiedQueries: [
    { id: 'courses', question: 'Which courses does {student} take?', alternatives: ['List the courses of {student}'], sql: 'SELECT 1 WHERE :student = 1', parameters: [{ name: 'student', type: 'text', values: { schema: 's', relation: 'students', column: 'full_name' } }] },
    { id: 'budget', question: 'What is the budget of {department} in {year}?', alternatives: [], sql: 'SELECT :department, :year', parameters: [{ name: 'department', type: 'text', values: { schema: 's', relation: 'departments', column: 'name' } }, { name: 'year', type: 'integer' }] },
    { id: 'big', question: 'Departments with more than {count} courses', alternatives: [], sql: 'SELECT :count', parameters: [{ name: 'count', type: 'integer' }] },
    { id: 'plain', question: 'How many students are there?', alternatives: [], sql: 'SELECT 2', parameters: [] },
    { id: 'since', question: 'Orders since {day}', alternatives: [], sql: 'SELECT :day', parameters: [{ name: 'day', type: 'date' }] },
  ],
});
const matcher = createVerifiedQueryMatcher();
const match = async (question: string) => {
  const found = await matcher({ question, artifact, today: '2025-01-01' });
  return found === null ? null : [found.id, found.parameters];
};

describe('createVerifiedQueryMatcher', () => {
  it.each([
    ['Which courses does Ana Alba take?', ['courses', { student: 'Ana Alba' }]],
    ['please show me the courses of Ana Alba', ['courses', { student: 'Ana Alba' }]],
    ['List courses of "ana alba"', ['courses', { student: 'ana alba' }]],
    ['courses of Maria de la Cruz', ['courses', { student: 'Maria de la Cruz' }]],
    ['What is the budget of physics in 2024?', ['budget', { department: 'Physics', year: 2024 }]],
    ['Which departments have more than two courses?', null],
    ['Show departments with more than two courses', ['big', { count: 2 }]],
    ['How many students are there', ['plain', {}]],
    ['How many student?', ['plain', {}]],
    ['Orders since 2024-05-01', ['since', { day: '2024-05-01' }]],
  ])('matches %j', async (question, expected) => {
    expect(await match(question)).toEqual(expected);
  });

  it.each([
    ['a value that the complete list of values lacks', 'What is the budget of Alchemy in 2024?'],
    ['words that are no name', 'Which courses does every second person take?'],
    ['a value of another column in a slot for names', 'List the courses of Physics'],
    ['a number that is none', 'Departments with more than some courses'],
    ['more words than the template has', 'How many students are there in Physics?'],
    ['fewer words', 'How many are there?'],
    ['a negation', 'Which courses does Ana Alba not take?'],
    ['another order of words', 'There are how many students in total or not?'],
    ['a day that is none', 'Orders since 2024-02-31'],
    ['nothing', ''],
  ])('takes no match with %s', async (_case, question) => {
    expect(await match(question)).toBeNull();
  });
});
