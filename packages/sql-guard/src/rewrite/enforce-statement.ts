import type { EnforceContext } from '../guard/guard.js';
import type { Parser } from '../grammar/load-parser.js';
import { bindParameters } from '../input/bind-parameters.js';
import type { GuardPolicy } from '../policy/guard-policy.js';
import { describeStatement } from '../postgresql/describe-statement.js';
import type { Inspection } from '../postgresql/inspect-statement.js';
import { tokensOf } from '../postgresql/token-span.js';
import type { Verdict } from '../verdict/verdict.js';
import type { Violation } from '../verdict/violation.js';
import { equalTrees } from './equal-trees.js';
import { copyTree } from './mutable-tree.js';
import { limitRows } from './row-limit.js';
import { filterTenants, type Rewriting } from './tenant-filter.js';
import type { TenantTypes } from './tenant-types.js';
import { applyEdits } from './text-edit.js';

/**
 * Rewrites an accepted statement: the text is edited in place, the parse tree is changed on its own,
 * and the edited text must parse to exactly the changed tree. Comments, formatting and `:name` parameters stay.
 */
export function enforceStatement(inspection: Inspection, context: EnforceContext, parser: Parser, policy: GuardPolicy, types: TenantTypes): Verdict {
  const { sql, tree } = inspection;
  const { copy, copyOf } = copyTree(tree);
  const rewriting: Rewriting = { inspection, copy, copyOf, tokens: tokensOf(sql), edits: [], violations: [] };
  filterTenants(rewriting, policy, types, context);
  const cap = rowCap(policy, context, rewriting);
  const limited = limitRows(rewriting, cap);
  if (rewriting.violations.length > 0) return { ok: false, violations: rewriting.violations };
  const rewritten = limited.wrap(applyEdits(sql, rewriting.edits));
  const parsed = parser.parse(bindParameters(rewritten, tokensOf(rewritten).filter(({ kind }) => kind === 'parameter')).text);
  if (!parsed.ok || !equalTrees(parsed.tree, copy)) return { ok: false, violations: [notFaithful(sql)] };
  return { ok: true, statement: describeStatement(inspection, rewritten, limited.rowLimit) };
}

function rowCap(policy: GuardPolicy, { maxRows }: EnforceContext, rewriting: Rewriting): number | null {
  if (maxRows === undefined) return policy.maxRows;
  if (!Number.isSafeInteger(maxRows) || maxRows < 1 || maxRows > 1_000_000_000) {
    rewriting.violations.push({ rule: 'limit', message: 'maxRows is not a whole number from 1 to 1000000000.', hint: 'Ask for fewer rows.', start: 0, end: rewriting.inspection.sql.length });
    return policy.maxRows;
  }
  return policy.maxRows === null ? maxRows : Math.min(policy.maxRows, maxRows);
}

const notFaithful = (sql: string): Violation => ({
  rule: 'rewrite', message: 'The row cap or the tenant filter could not be added without changing what the statement means.', hint: 'Write the statement more plainly: SELECT .. FROM table AS alias ..', start: 0, end: sql.length,
});
