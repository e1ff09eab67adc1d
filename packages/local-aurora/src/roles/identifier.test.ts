import { expect, test } from 'vitest';
import { quoteIdentifier, quoteRole } from './identifier.js';

test.each([
  ['reader', '"reader"'],
  ['Reader One', '"Reader One"'],
  ['r"; DROP ROLE admin; --', '"r""; DROP ROLE admin; --"'],
])('%j becomes %s', (name, sql) => {
  expect(quoteIdentifier(name)).toBe(sql);
  expect(quoteRole(name)).toBe(sql);
});

test.each(['', 'x'.repeat(64), 'ü'.repeat(32), 'a\0b'])('%j is no name', (name) => {
  expect(() => quoteIdentifier(name)).toThrow(expect.objectContaining({ code: 'role-invalid' }));
});

test.each(['pg_read_all_data', 'rdsadmin', 'rds_superuser', 'public', 'PUBLIC', 'none', 'current_user'])('%s is no role to make', (name) => {
  expect(() => quoteRole(name)).toThrow(expect.objectContaining({ code: 'role-invalid' }));
});
