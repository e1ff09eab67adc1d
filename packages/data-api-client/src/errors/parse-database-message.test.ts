import { expect, test } from 'vitest';
import { parseDatabaseMessage, type DatabaseMessage } from './parse-database-message.js';

test.each<[string, DatabaseMessage]>([
  ['ERROR: relation "x" does not exist; Position: 15; SQLState: 42P01', { message: 'ERROR: relation "x" does not exist', position: 15, sqlState: '42P01' }],
  [
    'ERROR: operator does not exist: uuid = text; Hint: No operator matches the given name; you might need a cast.; Position: 30; SQLState: 42883',
    { message: 'ERROR: operator does not exist: uuid = text', hint: 'No operator matches the given name; you might need a cast.', position: 30, sqlState: '42883' },
  ],
  [
    'ERROR: duplicate key value violates unique constraint "a"\n  Detail: Key (id)=(1) already exists.; SQLState: 23505',
    { message: 'ERROR: duplicate key value violates unique constraint "a"', detail: 'Key (id)=(1) already exists.', sqlState: '23505' },
  ],
  ["Table 'a.b' doesn't exist; Error code: 1146; SQLState: 42S02", { message: "Table 'a.b' doesn't exist", errorNumber: 1146, sqlState: '42S02' }],
  ['ERROR: canceling statement due to statement timeout; SQLState: 57014', { message: 'ERROR: canceling statement due to statement timeout', sqlState: '57014' }],
  ["Database error code: 1213. Message: Deadlock found", { message: 'Deadlock found', errorNumber: 1213, sqlState: '40001' }],
  ['Database error code: 1815. Message: Internal\nerror', { message: 'Internal\nerror', errorNumber: 1815 }],
  ['something without parts', { message: 'something without parts' }],
  ['ERROR: text with Position: 9 inside; SQLState: 22000', { message: 'ERROR: text with Position: 9 inside', sqlState: '22000' }],
])('%s', (text, parts) => {
  expect(parseDatabaseMessage(text)).toEqual(parts);
});
