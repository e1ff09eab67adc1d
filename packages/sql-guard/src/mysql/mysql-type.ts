import { asList, asText, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields } from '../postgresql/analysis.js';
import type { MysqlAnalysis } from './mysql-analysis.js';
import { nameParts } from './mysql-name.js';

/** Types that CAST and typed literals may name, as sqlparser-rs prints them. */
const types = fields('Char Character Nvarchar Binary Date Time Datetime Timestamp Decimal Dec Numeric Float Double DoublePrecision Real Signed SignedInteger Unsigned UnsignedInteger JSON Custom');

/** A data type: a word, or a variant with its lengths. Lengths are limited, because BINARY(n) makes a value of that length. */
export function checkMysqlType(analysis: MysqlAnalysis, value: AstValue): void {
  const [variant, inner] = typeof value === 'string' ? [value, undefined] : (Object.entries(value as AstNode)[0] ?? ['', undefined]);
  if (!types.has(variant)) {
    analysis.unsupported(`The type ${variant}`);
    return;
  }
  if (variant === 'Custom') {
    const [name] = asList(inner);
    const parts = nameParts(analysis, name as unknown as AstValue);
    if (parts.length !== 1 || asText(parts[0]).toLowerCase() !== 'year') analysis.refuse('type', `The type ${parts.join('.')} is not on the list of types a statement may name.`, 'Cast to a built-in type such as CHAR, SIGNED, DECIMAL or DATE.');
    return;
  }
  for (const length of numbers(inner)) if (length > analysis.limits.padding) analysis.refuse('limit', `A type asks for more than ${String(analysis.limits.padding)} characters.`, 'Ask for less.');
}

function numbers(value: AstValue): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && (value as AstNode | null) !== null ? Object.values(value as AstNode).flatMap(numbers) : [];
}
