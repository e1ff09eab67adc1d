import type { AstNode } from '../grammar/ast.js';
import type { CompiledPolicy } from '../policy/compiled-policy.js';
import type { Violation } from '../verdict/violation.js';
import { knownWords } from './known-words.js';
import type { MysqlAnalysis, Refusal } from './mysql-analysis.js';
import { mysqlRewriteHint } from './mysql-rewrite-hint.js';
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
  /** The statement as it was parsed: with spaces for comments and other words for some, every character in its place. */
  readonly text: string;
  readonly tree: AstNode;
  /** What the tree does not show, because the parsers do not know it. */
  readonly unseen: readonly string[];
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
  const plain = withoutComments(sql, screened.tokens);
  const text = knownWords(plain, screened.tokens);
  const hint = (otherwise: string): string => mysqlRewriteHint(sql, screened.tokens, otherwise);
  const parsed = first(text);
  if (!parsed.ok) return whole(parsed.kind === 'syntax' ? 'syntax' : 'parser-exhausted', `The statement can't be parsed: ${parsed.message}.`, hint('Correct the syntax.'));
  const [tree, ...others] = parsed.statements;
  if (tree === undefined) return whole('input-empty', 'There is no statement.', 'Write one SELECT statement.');
  if (others.length > 0) return whole('multiple-statements', `There are ${String(parsed.statements.length)} statements.`, 'Send one SELECT statement.');
  const analysis = walkMysql(tree, policy);
  const doubt = doubtOf(second(plainerText(text, screened.tokens)), analysis);
  if (doubt !== null) analysis.refuse(doubt.rule, doubt.message, hint(doubt.hint));
  return { sql, text, tree, unseen: plain === text ? [] : changedWords(plain, text, screened.tokens), analysis, tokens: screened.tokens, agreed: doubt === null };
}

/** Why the second parser's opinion does not confirm the first's. */
function doubtOf(opinion: SecondOpinion | null, { tables }: MysqlAnalysis): Refusal | null {
  if (opinion === null) return { rule: 'parsers-disagree', message: 'Only one of the two parsers can read the statement.', hint: 'Write the statement more plainly.' };
  if (!opinion.isRead) return { rule: 'statement-type', message: 'The statement is not one plain SELECT.', hint: 'Only SELECT statements are run.' };
  return sameSet(opinion.tables, tables) ? null : { rule: 'parsers-disagree', message: 'The two parsers do not see the same tables.', hint: 'Write the statement more plainly.' };
}

const sameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => one.size === other.size && [...one].every((item) => other.has(item));

const changedWords = (plain: string, text: string, tokens: readonly MysqlToken[]): readonly string[] => tokens.map(({ start, end }) => [plain.slice(start, end), text.slice(start, end)]).flatMap(([before = '', after]) => (before === after ? [] : [before.toUpperCase()]));
