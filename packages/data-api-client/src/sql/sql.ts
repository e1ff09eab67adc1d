import { ParameterError } from '../errors/parameter-error.js';
import type { ParameterValue } from '../parameters/parameter-value.js';
import { SqlStatement } from './sql-statement.js';

/** What may stand in `${}` of a `sql` template: a value, which is sent as a parameter, or a piece of SQL. */
export type SqlInterpolation = ParameterValue | SqlStatement;

/**
 * Writes a statement whose `${values}` are sent as parameters and never become part of its text.
 *
 * @example
 * const open = sql`state = ${'open'}`;
 * const { rows } = await client.query(sql`select id from ${sql.identifier('orders')} where ${open} limit ${10}`);
 */
export function sql(strings: TemplateStringsArray, ...interpolations: readonly SqlInterpolation[]): SqlStatement {
  return weave(strings, interpolations);
}

/** A name, quoted: `sql.identifier('app', 'Order')` is `"app"."Order"` (MySQL: `sql.identifier.mysql`). */
sql.identifier = Object.assign((...names: readonly string[]): SqlStatement => quotedName(names, '"'), {
  mysql: (...names: readonly string[]): SqlStatement => quotedName(names, '`'),
});

/** Text that is taken into the statement as it is. Never pass what a user has typed. */
sql.raw = (text: string): SqlStatement => new SqlStatement([text], []);

/** Puts pieces or values in a row, for example for `in (..)`. */
sql.join = (items: readonly SqlInterpolation[], separator = ', '): SqlStatement => {
  if (items.length === 0) throw new ParameterError('sql.join needs at least one item.');
  return weave(['', ...items.slice(1).map(() => separator), ''], items);
};

function weave(strings: readonly string[], interpolations: readonly SqlInterpolation[]): SqlStatement {
  const texts = [strings[0] ?? ''];
  const values: ParameterValue[] = [];
  const extend = (text: string): void => {
    texts[texts.length - 1] += text;
  };
  for (const [index, interpolation] of interpolations.entries()) {
    if (SqlStatement.isInstance(interpolation)) {
      const [head = '', ...tail] = interpolation.texts;
      extend(head);
      texts.push(...tail);
      values.push(...interpolation.values);
    } else {
      texts.push('');
      values.push(interpolation);
    }
    extend(strings[index + 1] ?? '');
  }
  return new SqlStatement(texts, values);
}

function quotedName(names: readonly string[], quote: string): SqlStatement {
  if (names.length === 0 || names.some((name) => name === '' || name.includes('\0'))) throw new ParameterError('An identifier must have a name, without NUL.');
  return new SqlStatement([names.map((name) => `${quote}${name.replaceAll(quote, quote + quote)}${quote}`).join('.')], []);
}
