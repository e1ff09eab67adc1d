import { expect, it } from 'vitest';
import { guardPolicySchema } from '../policy/guard-policy.js';
import { outgrownStructure } from './outgrown-structure.js';
import { screenInput } from './screen-input.js';

const limits = guardPolicySchema.parse({ version: 1, limits: { expressionDepth: 10, setOperations: 3, fromItems: 4 } }).limits;
const times = (count: number, text: string, between = ' '): string => Array.from({ length: count }, () => text).join(between);

it.each([
  ['a sum', `SELECT ${times(21, '1', '+')}`, 27],
  ['signs', `SELECT ${times(40, '-')} 1`, 47],
  ['NOT', `SELECT ${times(40, 'NOT')} true`, 87],
  ['casts', `SELECT 1${times(20, '::int')}`, 64],
  ['tests for NULL', `SELECT a ${times(14, 'IS NULL')}`, 84],
  ['subscripts', `SELECT a${times(40, '[1]')}`, 86],
  ['a sum of sums in parentheses', `SELECT ${times(21, '(1 + 2)', '+')}`, 93],
  ['CASE inside CASE', `SELECT ${times(11, 'CASE a WHEN b THEN')}`, 197],
  ['UNION', times(5, 'SELECT 1', ' union '), 54],
  ['INTERSECT and EXCEPT', `SELECT 1 ${times(2, 'INTERSECT SELECT 1 EXCEPT SELECT 1')}`, 63],
  ['joins', `SELECT 1 FROM a ${times(5, 'Join b ON true')}`, 76],
])('finds %s that is too deep, and where it becomes so', (_name, sql, start) => {
  expect(outgrownStructure(sql, limits)?.start).toBe(start);
});

it.each([
  ['a sum just short enough', `SELECT ${times(10, '1', '+')}`],
  ['as many signs as are allowed', `SELECT ${times(19, '-')} 1`],
  ['many columns', `SELECT ${times(200, 'a + b', ', ')}`],
  ['many conditions', `SELECT 1 WHERE ${times(200, 'a = b', ' AND ')} OR ${times(200, 'a < b', ' or ')}`],
  ['many branches', `SELECT CASE ${times(200, "WHEN a = b THEN 'x'")} ELSE a END`],
  ['many CASEs', `SELECT ${times(200, 'CASE WHEN a THEN b END', ', ')}`],
  ['many arguments', `SELECT f(${times(200, 'a', ', ')}), ARRAY[${times(200, 'a', ', ')}]`],
  ['columns with the names of keywords', `SELECT ${times(50, 't.case, t.join, t.union', ', ')}`],
  ['other statements', times(50, 'SELECT 1', ';')],
])('lets %s through', (_name, sql) => {
  expect(outgrownStructure(sql, limits)).toBeNull();
});

it('is asked about long statements only', () => {
  expect(screenInput(`SELECT ${times(25, '-')} 1`, { ...limits, expressionDepth: 5 })).toMatchObject({ ok: false, violation: { rule: 'limit' } });
  expect(screenInput(`SELECT ${times(9, '-')} 1`, { ...limits, expressionDepth: 1 })).toMatchObject({ ok: false, violation: { rule: 'limit' } });
  expect(screenInput('SELECT 1', { ...limits, expressionDepth: 0 })).toMatchObject({ ok: false });
});
