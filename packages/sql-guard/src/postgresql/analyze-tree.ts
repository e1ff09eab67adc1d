import type { Catalog } from '../catalog/catalog.js';
import { asList, asNode, nodeType, UnexpectedTree, type AstNode } from '../grammar/ast.js';
import type { CompiledPolicy } from '../policy/compiled-policy.js';
import { repeatedLength } from './amplifier.js';
import { Analysis, fields } from './analysis.js';
import { selectStatement } from './select-statement.js';

const treeFields = fields('version stmts');
const rawFields = fields('stmt stmt_location stmt_len');
const modifying = fields('InsertStmt UpdateStmt DeleteStmt MergeStmt TruncateStmt CopyStmt');

/** Walks a parse tree by the policy. The tree must hold one SELECT; everything in it must be on a list. */
export function analyzeTree(tree: AstNode, policy: CompiledPolicy, catalog: Catalog): Analysis {
  const analysis = new Analysis(policy, catalog);
  try {
    analysis.onlyFields(tree, 'ParseResult', treeFields);
    const statements = asList(tree.stmts);
    const [first, second] = statements;
    if (first === undefined) analysis.refuse('input-empty', 'There is no statement.', 'Write one SELECT statement.', 0);
    else if (second !== undefined) {
      const location = typeof second.stmt_location === 'number' ? second.stmt_location : 0;
      analysis.refuse('multiple-statements', `There are ${String(statements.length)} statements.`, 'Send one SELECT statement.', location);
    } else {
      analysis.onlyFields(first, 'RawStmt', rawFields);
      statement(analysis, asNode(first.stmt));
      repeatedLength(analysis);
    }
  } catch (error) {
    if (!(error instanceof UnexpectedTree) && !(error instanceof RangeError)) throw error;
    analysis.violations.length = 0;
    if (error instanceof RangeError) analysis.refuse('limit', 'The statement is nested too deep to be checked.', 'Write a shallower statement.', 0);
    else analysis.unsupported('This form of the statement', analysis.place);
  }
  return analysis;
}

function statement(analysis: Analysis, wrapper: AstNode): void {
  const type = nodeType(wrapper);
  if (type === 'SelectStmt') selectStatement(analysis, wrapper, { parent: null, ctes: null, outermost: true });
  else if (modifying.has(type)) analysis.refuse('data-modification', `${type.replace('Stmt', '').toUpperCase()} changes data.`, 'Only SELECT statements are run.', 0);
  else analysis.refuse('statement-type', `${type.replace('Stmt', '')} is not a SELECT statement.`, 'Only SELECT statements are run.', 0);
}
