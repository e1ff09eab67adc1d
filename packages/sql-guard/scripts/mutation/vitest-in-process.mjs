/**
 * What the judging tests use of vitest, collected instead of run: `describe`, `it` with their `each`, and vitest's own `expect`.
 * The mutation runner resolves `vitest` to this file.
 */
import { format } from 'node:util';
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const { expect } = chai;

/** @type {{ name: string, run: () => unknown }[]} */
let collected = [];
let titles = [];

/** The tests declared since the last call. */
export function takeTests() {
  const tests = collected;
  collected = [];
  return tests;
}

const each = (declare) => (rows) => (title, body) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row];
    declare(format(title, ...values).split('\n')[0], () => body(...values));
  }
};

export function it(title, run) {
  collected.push({ name: [...titles, title].join(' '), run });
}
it.each = each(it);

export function describe(title, body) {
  titles.push(title);
  body();
  titles.pop();
}
describe.each = each(describe);
