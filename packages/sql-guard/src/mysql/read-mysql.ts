import type { AstNode } from '../grammar/ast.js';
import type { CompiledPolicy } from '../policy/compiled-policy.js';
import type { Violation } from '../verdict/violation.js';
import type { MysqlAnalysis } from './mysql-analysis.js';
import { plainerText, withoutComments } from './plainer-text.js';
import type { RustParse } from './rust-parser.js';
import { screenMysql, type MysqlToken } from './screen-mysql.js';
import type { SecondOpinion } from './second-parser.js';
import { walkMysql } from './walk-mysql.js';

export interface MysqlParsers {
  readonly first: (sql: string) => RustParse;
  readonly second: (sql: string) => SecondOpinion | null;
}

export interface MysqlReading {
  readonly sql: string;
  /** The statement as it was parsed: with spaces for comments, every character in its place. */
  readonly text: string;
  readonly tree: AstNode;
  readonly analysis: MysqlAnalysis;
  readonly tokens: readonly MysqlToken[];
  /** Whether both parsers see one read of the same tables. */
  readonly agreed: boolean;
}

/** Screens, parses with both parsers and walks one statement. */
export function readMysql(sql: string, policy: CompiledPolicy, { first, second }: MysqlParsers): MysqlReading | Violation {
  const screened = screenMysql(sql, policy.source.limits);
  if (!screened.ok) return screened.violation;
  const whole = (rule: Violation['rule'], message: string, hint: string): Violation => ({ rule, message, hint, start: 0, end: sql.length });
  const text = withoutComments(sql, screened.tokens);
  const parsed = first(text);
  if (!parsed.ok) return whole(parsed.kind === 'syntax' ? 'syntax' : 'parser-exhausted', `The statement can't be parsed: ${parsed.message}.`, 'Correct the syntax.');
  const [tree, ...others] = parsed.statements;
  if (tree === undefined) return whole('input-empty', 'There is no statement.', 'Write one SELECT statement.');
  if (others.length > 0) return whole('multiple-statements', `There are ${String(parsed.statements.length)} statements.`, 'Send one SELECT statement.');
  const analysis = walkMysql(tree, policy);
  const doubt = doubtOf(second(plainerText(text, screened.tokens)), analysis);
  if (doubt !== null) analysis.refuse(...doubt);
  return { sql, text, tree, analysis, tokens: screened.tokens, agreed: doubt === null };
}

/** Why the second parser's opinion does not confirm the first's. */
function doubtOf(opinion: SecondOpinion | null, { tables }: MysqlAnalysis): readonly [Violation['rule'], string, string] | null {
  if (opinion === null) return ['parsers-disagree', 'Only one of the two parsers can read the statement.', 'Write the statement more plainly.'];
  if (!opinion.isRead) return ['statement-type', 'The statement is not one plain SELECT.', 'Only SELECT statements are run.'];
  return sameSet(opinion.tables, tables) ? null : ['parsers-disagree', 'The two parsers do not see the same tables.', 'Write the statement more plainly.'];
}

const sameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => one.size === other.size && [...one].every((item) => other.has(item));
