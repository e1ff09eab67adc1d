import type { Catalog } from '../catalog/catalog.js';
import type { AstNode } from '../grammar/ast.js';
import type { Parser } from '../grammar/load-parser.js';
import { bindParameters, type BoundText } from '../input/bind-parameters.js';
import { screenInput } from '../input/screen-input.js';
import type { CompiledPolicy } from '../policy/compiled-policy.js';
import type { Violation } from '../verdict/violation.js';
import type { Analysis } from './analysis.js';
import { analyzeTree } from './analyze-tree.js';
import { spanAt, tokensOf } from './token-span.js';

/** Everything known of an accepted statement. */
export interface Inspection {
  readonly sql: string;
  readonly tree: AstNode;
  readonly bound: BoundText;
  readonly analysis: Analysis;
}

export type InspectionResult = { readonly ok: true; readonly inspection: Inspection } | { readonly ok: false; readonly violations: readonly Violation[] };

const refused = (violation: Violation): InspectionResult => ({ ok: false, violations: [violation] });

/** Screens, parses and walks one statement. */
export function inspectStatement(sql: string, parser: Parser, policy: CompiledPolicy, catalog: Catalog): InspectionResult {
  const screened = screenInput(sql, policy.source.limits);
  if (!screened.ok) return refused(screened.violation);
  const bound = bindParameters(sql, screened.parameters);
  const firstParameter = screened.parameters[0];
  if (bound.mixed && firstParameter !== undefined) {
    return refused({ rule: 'parameter', message: 'The statement mixes :name and $1 parameters.', hint: 'Use :name parameters only.', start: firstParameter.start, end: firstParameter.end });
  }
  const parsed = parser.parse(bound.text);
  if (!parsed.ok) {
    if (parsed.kind === 'exhausted') {
      return refused({ rule: 'parser-exhausted', message: 'The statement is too deep for the parser.', hint: 'Write a shallower statement.', start: 0, end: sql.length });
    }
    const offset = bound.originalOffsetOfCodePoint(parsed.codePoint);
    return refused({ rule: 'syntax', message: `PostgreSQL ${String(parser.major)} can't parse this: ${parsed.message}.`, hint: 'Correct the syntax.', ...spanAt(sql, tokensOf(sql), offset) });
  }
  const analysis = analyzeTree(parsed.tree, policy, catalog);
  checkParameters(analysis, bound, policy);
  if (analysis.violations.length > 0) {
    const tokens = tokensOf(sql);
    return {
      ok: false,
      violations: analysis.violations.map(({ rule, message, hint, location }) => ({ rule, message, hint, ...spanAt(sql, tokens, bound.originalOffset(location)) })),
    };
  }
  return { ok: true, inspection: { sql, tree: parsed.tree, bound, analysis } };
}

function checkParameters(analysis: Analysis, bound: BoundText, policy: CompiledPolicy): void {
  const allowed = policy.source.parameters;
  for (const number of analysis.parameterNumbers) {
    const name = bound.names[number - 1];
    if (name === undefined) analysis.refuse('parameter', `The parameter $${String(number)} does not exist.`, 'Number parameters from $1.', 0);
    else if (allowed !== 'any' && !allowed.includes(name)) analysis.refuse('parameter', `The parameter ${name} is not allowed.`, allowed.length === 0 ? 'Write the value as a literal.' : `Allowed parameters: ${allowed.join(', ')}.`, 0);
  }
}
