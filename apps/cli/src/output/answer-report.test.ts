import { expect, it } from 'vitest';
import { withNothing } from '../answer/ask-question.js';
import type { Answer } from '../answer/answer.js';
import { renderAnswer } from './answer-report.js';

const nothing = withNothing({ question: 'q', database: 'shop', trace: [] });
const hostile = 'a\u001B]0;owned\u0007\nb';

/** The report without the colours that it has of its own. */
function report(answer: Answer): string {
  return renderAnswer(answer, { trace: false }).replace(/\u001B\[\d+m/g, '');
}

it.each<[string, Answer]>([
  ['a reason', { ...nothing, outcome: 'refused', refused: true, reason: hostile }],
  ['a sentence', { ...nothing, outcome: 'answered', answer: hostile }],
  ['a statement', { ...nothing, outcome: 'answered', sql: hostile }],
  ['the name of a relation', { ...nothing, outcome: 'answered', verdict: { accepted: true, relations: [hostile], violations: [] } }],
  ['a hint', { ...nothing, outcome: 'refused', verdict: { accepted: false, relations: [], violations: [{ rule: 'parse', message: '', hint: hostile, start: 0, end: 0 }] } }],
  ['a value', { ...nothing, outcome: 'answered', columns: [{ name: hostile, type: 'text' }], rows: [{ [hostile]: hostile }] }],
  ['a parameter', { ...nothing, outcome: 'answered', sql: 'SELECT :a', parameters: { a: hostile } }],
])('never lets %s control the terminal', (_, answer) => {
  const text = report(answer);
  expect(text).toMatch(/a\\x1b]0;owned\\x07|a\\u001b]0;owned\\u0007/);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});

it('says where long fractions were rounded', () => {
  const answer: Answer = { ...nothing, outcome: 'answered', columns: [{ name: 'mean', type: 'numeric' }], rows: [{ mean: '2.8368421052631579' }] };
  expect(report(answer)).toMatch(/ 2\.8368\n Long fractions are rounded; --format json and csv give every digit/);
});
