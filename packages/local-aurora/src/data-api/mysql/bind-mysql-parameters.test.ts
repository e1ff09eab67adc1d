import { expect, test } from 'vitest';
import type { ParameterValue, TypeHint } from '../request/sql-parameter.js';
import { bindMysqlParameters } from './bind-mysql-parameters.js';
import { scanMysqlStatement } from './scan-mysql-statement.js';

const bind = (sql: string, value: ParameterValue, typeHint?: TypeHint) => bindMysqlParameters(scanMysqlStatement(sql), [{ name: 'v', value, ...(typeHint === undefined ? {} : { typeHint }) }]).text;

test.each<[ParameterValue, TypeHint | undefined, string]>([
  [{ kind: 'null' }, undefined, 'NULL'],
  [{ kind: 'boolean', value: true }, undefined, 'TRUE'],
  [{ kind: 'long', value: '18446744073709551615' }, undefined, '18446744073709551615'],
  [{ kind: 'long', value: '-5' }, undefined, ' -5'],
  [{ kind: 'double', value: '0.1' }, undefined, '1e-1'],
  [{ kind: 'double', value: 'NaN' }, undefined, "'NaN'"],
  [{ kind: 'string', value: "'; drop table t; -- \\" }, undefined, "'''; drop table t; -- \\\\'"],
  [{ kind: 'string', value: "\\' or 1=1 -- " }, undefined, "'\\\\'' or 1=1 -- '"],
  [{ kind: 'string', value: '1.50' }, 'DECIMAL', '1.50'],
  [{ kind: 'string', value: '1 or 1=1' }, 'DECIMAL', "'1 or 1=1'"],
  [{ kind: 'string', value: '2024-01-01' }, 'DATE', "'2024-01-01'"],
  [{ kind: 'blob', value: Buffer.from([0, 39]) }, undefined, "x'0027'"],
])('%j as %s', (value, hint, literal) => {
  expect(bind('select :v', value, hint)).toBe(`select ${literal}`);
});

test('a value is never read as a placeholder, and a sign never makes a comment', () => {
  expect(bind('select :v, :v', { kind: 'string', value: ':v' })).toBe("select ':v', ':v'");
  expect(bind('select 1-:v', { kind: 'long', value: '-1' })).toBe('select 1- -1');
});

test('a name without a value is refused', () => {
  expect(() => bind('select :w', { kind: 'null' })).toThrow('Cannot find parameter: w');
});
