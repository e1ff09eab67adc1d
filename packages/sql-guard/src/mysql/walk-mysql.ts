import { asNode, UnexpectedTree, type AstNode } from '../grammar/ast.js';
import type { CompiledPolicy } from '../policy/compiled-policy.js';
import { MysqlAnalysis } from './mysql-analysis.js';
import { query } from './mysql-query.js';

/** Walks sqlparser-rs's tree of one statement by the policy. It must be a query; everything in it must be on a list. */
export function walkMysql(statement: AstNode, policy: CompiledPolicy): MysqlAnalysis {
  const analysis = new MysqlAnalysis(policy);
  const [kind, ...others] = Object.keys(statement);
  if (kind !== 'Query' || others.length > 0) analysis.refuse('statement-type', `${kind ?? 'This'} is not a SELECT statement.`, 'Only SELECT statements are run.');
  else {
    try {
      query(analysis, asNode(statement.Query), { parent: null, ctes: null });
    } catch (error) {
      if (error instanceof RangeError) analysis.refuse('limit', 'The statement is nested too deep to be checked.', 'Write a shallower statement.');
      else if (error instanceof UnexpectedTree) analysis.unsupported('This form of the statement');
      else throw error;
    }
  }
  return analysis;
}
