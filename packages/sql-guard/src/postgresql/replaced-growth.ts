import { asNode, bodyOf, nameParts, unwrap, type AstNode } from '../grammar/ast.js';
import type { Analysis } from './analysis.js';
import { constantInteger, constantText } from './constant.js';
import { callArguments } from './function-call.js';

/** How many times what is not a constant may hold what is looked for. */
const UNKNOWN = 10;

const replacing = new Set(['replace', 'regexp_replace']);

/**
 * How often replacements inside each other multiply: `replace(replace(x, 'a', 'aaaa'), 'a', 'aaaa')` makes sixteen of one.
 * A replacement multiplies where the one inside it puts in several times what it looks for; escaping one character after another does not.
 */
export function replacedGrowth(analysis: Analysis, call: AstNode): number {
  const known = analysis.replacedGrowths.get(call);
  if (known !== undefined) return known;
  const [subject, search] = callArguments(call);
  const inside = subject === undefined ? null : replacement(subject);
  const growth = inside === null ? given(call, subject, search) : replacedGrowth(analysis, inside) * Math.max(1, occurrences(call, search, inside));
  analysis.replacedGrowths.set(call, growth);
  return growth;
}

/** How often the innermost text holds what is looked for: a literal is counted, and repeat() says it. */
function given(call: AstNode, subject: AstNode | undefined, search: AstNode | undefined): number {
  if (subject === undefined) return 1;
  const literal = constantText(subject);
  if (literal !== null) return Math.max(1, occurrencesIn(literal, call, search));
  const repeated = bodyOf(subject, 'FuncCall');
  const times = repeated === null || nameParts(repeated.funcname).at(-1) !== 'repeat' ? undefined : callArguments(repeated)[1];
  return times === undefined ? 1 : Math.max(1, constantInteger(times) ?? UNKNOWN);
}

/** The call of replace() or regexp_replace() that an expression is, perhaps cast. */
function replacement(wrapper: AstNode): AstNode | null {
  const { type, body } = unwrap(wrapper);
  if (type === 'TypeCast') return replacement(asNode(body.arg));
  return type === 'FuncCall' && replacing.has(nameParts(body.funcname).at(-1) ?? '') ? body : null;
}

/** How often what `call` looks for can stand in one text that `inside` puts in. A pattern may match every character. */
function occurrences(call: AstNode, search: AstNode | undefined, inside: AstNode): number {
  const put = callArguments(inside)[2];
  const text = put === undefined ? null : constantText(put);
  if (text === null) return UNKNOWN;
  if (nameParts(inside.funcname).at(-1) === 'regexp_replace' && text.includes('\\')) return Math.max(UNKNOWN, text.length);
  return occurrencesIn(text, call, search);
}

function occurrencesIn(text: string, call: AstNode, search: AstNode | undefined): number {
  const sought = search === undefined || nameParts(call.funcname).at(-1) === 'regexp_replace' ? null : constantText(search);
  if (sought === null) return text.length;
  return sought === '' ? 0 : text.split(sought).length - 1;
}
