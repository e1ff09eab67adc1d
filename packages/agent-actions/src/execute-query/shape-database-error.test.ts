import { describe, expect, it } from 'vitest';
import { shapeDatabaseError } from './shape-database-error.js';

const error = (facts: object) => Object.assign(new Error('ERROR: invalid input syntax for type integer: "Ada Lovelace"'), facts);

describe('a database error as callers see it', () => {
  it.each([
    [{ sqlState: '42703' }, 'sql-error', false],
    [{ sqlState: '42P01' }, 'sql-error', false],
    [{ sqlState: '22P02' }, 'sql-error', false],
    [{ sqlState: '42999' }, 'sql-error', false],
    [{ sqlState: '0A000' }, 'sql-error', false],
    [{ code: 'internal-server-error', cause: { name: 'InternalFailure' } }, 'unsupported-type', false],
    [{ code: 'internal-server-error', cause: { name: 'InternalServerErrorException' } }, 'database-unavailable', true],
    [{ sqlState: '57014' }, 'timeout', false],
    [{ code: 'statement-timeout' }, 'timeout', false],
    [{ sqlState: '42501' }, 'permission-denied', false],
    [{ sqlState: '25006' }, 'permission-denied', false],
    [{ sqlState: '53200' }, 'too-large', false],
    [{ sqlState: '53300' }, 'database-unavailable', true],
    [{ code: 'database-resuming' }, 'database-resuming', true],
    [{ code: 'result-too-large' }, 'too-large', false],
    [{ code: 'unsupported-result' }, 'unsupported-type', false],
    [{ code: 'throttling' }, 'throttled', true],
    [{ code: 'database-unavailable' }, 'database-unavailable', true],
    [{ code: 'connection' }, 'database-unavailable', true],
    [{ code: 'aborted' }, 'aborted', true],
    [{ code: 'never heard of' }, 'internal', false],
    [{}, 'internal', false],
  ])('%o is %s', (facts, code, retryable) => {
    expect(shapeDatabaseError(error(facts), 'SELECT 1')).toMatchObject({ code, retryable });
  });

  it('never holds words of the database, which quote rows and name what is hidden', () => {
    for (const sqlState of ['42703', '42P01', '22P02', '22007', 'XX000', '57014', '42501', '23505']) {
      const shaped = shapeDatabaseError(error({ sqlState, hint: 'Perhaps you meant to reference the column "people.salary".', detail: 'Key (ssn)=(078-05-1120)' }), 'SELECT a FROM t');
      expect(JSON.stringify(shaped)).not.toMatch(/Lovelace|salary|078-05/);
    }
  });

  it('points at the word of the statement, counted in characters', () => {
    const sql = "SELECT '😀', nmae FROM t";
    expect(shapeDatabaseError(error({ sqlState: '42703', position: 13 }), sql)).toMatchObject({ near: 'nmae', message: 'A column near "nmae" does not exist.' });
  });

  it('counts parameters as the placeholders that the database saw', () => {
    const sql = 'SELECT :customer_name, :customer_name, nmae FROM t';
    expect(shapeDatabaseError(error({ sqlState: '42703', position: 16 }), sql)).toMatchObject({ near: 'nmae' });
  });

  it.each([null, undefined, 'text', 42])('survives %s', (thrown) => {
    expect(shapeDatabaseError(thrown, 'SELECT 1')).toMatchObject({ code: 'internal' });
  });
});
