import type { SqlParameter } from '../request/sql-parameter.js';
import { ServiceError } from '../service-error.js';
import type { BoundStatement } from '../sql/bound-statement.js';
import type { ScannedMysqlStatement } from './scan-mysql-statement.js';

/**
 * Writes each value into the statement as a literal, as MySQL's drivers do by default. So everything that MySQL executes
 * can have parameters, `limit :n` too, and a hint only has a number stand without quotes: MySQL reads dates and JSON from strings.
 *
 * @throws {ServiceError} BadRequestException, for a name without a value
 */
export function bindMysqlParameters({ texts, names, several }: ScannedMysqlStatement, parameters: readonly SqlParameter[]): BoundStatement {
  const literals = new Map(parameters.map((parameter) => [parameter.name, literal(parameter)]));
  const text = texts.map((piece, index) => (index === 0 ? piece : valueOf(literals, names[index - 1] ?? '') + piece)).join('');
  return { text, oids: [], values: [], several };
}

function valueOf(literals: ReadonlyMap<string, string>, name: string): string {
  const text = literals.get(name);
  if (text === undefined) throw new ServiceError('BadRequestException', `Cannot find parameter: ${name}`);
  return text;
}

function literal({ value, typeHint }: SqlParameter): string {
  switch (value.kind) {
    case 'null':
      return 'NULL';
    case 'boolean':
      return value.value ? 'TRUE' : 'FALSE';
    case 'long':
      return signed(value.value);
    case 'double':
      return Number.isFinite(Number(value.value)) ? signed(Number(value.value).toExponential()) : quoted(value.value);
    case 'blob':
      return `x'${value.value.toString('hex')}'`;
    case 'string':
      return typeHint === 'DECIMAL' && /^[+-]?\d+(?:\.\d+)?$/.test(value.value) ? signed(value.value) : quoted(value.value);
  }
}

/** A sign must not meet a minus before it, as `--` begins a comment. */
function signed(digits: string): string {
  return /^[+-]/.test(digits) ? ` ${digits}` : digits;
}

/** Both escapes are right in every mode of quoting; a session that switched backslashes off would only see them doubled. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
