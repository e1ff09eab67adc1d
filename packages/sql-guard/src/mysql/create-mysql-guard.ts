import type { AstNode } from '../grammar/ast.js';
import type { EnforceContext, Guard } from '../guard/guard.js';
import { compilePolicy, type CompiledPolicy } from '../policy/compiled-policy.js';
import type { GuardPolicy } from '../policy/guard-policy.js';
import { fingerprint } from '../verdict/fingerprint.js';
import { GuardError } from '../verdict/guard-error.js';
import { guardedStatement } from '../verdict/guarded-statement.js';
import type { ColumnName, Verdict } from '../verdict/verdict.js';
import type { Rule, Violation } from '../verdict/violation.js';
import { limitMysqlRows } from './limit-mysql-rows.js';
import { mysqlCatalog } from './mysql-catalog.js';
import { loadRustParser, type RustParse } from './rust-parser.js';
import { screenMysql, type MysqlToken } from './screen-mysql.js';
import { loadSecondParser, type SecondOpinion } from './second-parser.js';
import { walkMysql, type MysqlFindings } from './walk-mysql.js';

export interface MysqlInspection {
  readonly tree: AstNode;
  readonly findings: MysqlFindings;
  readonly tokens: readonly MysqlToken[];
}

/**
 * The guard for Aurora MySQL. There is no real grammar of MySQL on npm, so two independent parsers must agree on the kind of statement
 * and on every name in FROM; whatever one of them could overlook is refused before either sees it.
 * @throws {GuardError} `policy-invalid` when the policy has tenant filters, which are only built for PostgreSQL.
 */
export async function createMysqlGuard(policy: GuardPolicy): Promise<Guard> {
  if (policy.tenantFilters.length > 0) throw new GuardError('policy-invalid', 'Tenant filters are only available for PostgreSQL.');
  const first = await loadRustParser();
  const second = loadSecondParser();
  const compiled = compilePolicy(policy, mysqlCatalog);
  const inspect = (sql: string): MysqlInspection | readonly Violation[] => inspectMysql(sql, compiled, first, second);
  const verdict = (sql: string, text: string, inspection: MysqlInspection, rowLimit: number | null): Verdict => ({ ok: true, statement: describe(sql, text, inspection, rowLimit) });
  return {
    dialect: 'mysql',
    version: null,
    policy,
    check(sql) {
      const result = inspect(sql);
      return 'tree' in result ? verdict(sql, sql, result, null) : { ok: false, violations: result };
    },
    enforce(sql, { maxRows }: EnforceContext = {}) {
      const result = inspect(sql);
      if (!('tree' in result)) return { ok: false, violations: result };
      const cap = maxRows === undefined ? policy.maxRows : Math.min(maxRows, policy.maxRows ?? maxRows);
      if (cap === null) return verdict(sql, sql, result, null);
      const limited = limitMysqlRows(sql, result, cap, (text) => {
        const again = inspect(text);
        return 'tree' in again ? again.tree : null;
      });
      return limited === null
        ? { ok: false, violations: [violation('rewrite', 'The row cap could not be added without changing what the statement means.', 'Write one LIMIT at the end.', 0, sql.length)] }
        : verdict(sql, limited.sql, result, limited.rowLimit);
    },
  };
}

const violation = (rule: Rule, message: string, hint: string, start: number, end: number): Violation => ({ rule, message, hint, start, end });

function inspectMysql(sql: string, policy: CompiledPolicy, first: (sql: string) => RustParse, second: (sql: string) => SecondOpinion | null): MysqlInspection | readonly Violation[] {
  const screened = screenMysql(sql, policy.source.limits);
  if (!screened.ok) return [screened.violation];
  const whole = (rule: Rule, message: string, hint: string): Violation => violation(rule, message, hint, 0, sql.length);
  const parsed = first(sql);
  if (!parsed.ok) return [whole(parsed.kind === 'syntax' ? 'syntax' : 'parser-exhausted', `The statement can't be parsed: ${parsed.message}.`, 'Correct the syntax.')];
  const [tree, ...others] = parsed.statements;
  if (tree === undefined) return [whole('input-empty', 'There is no statement.', 'Write one SELECT statement.')];
  if (others.length > 0) return [whole('multiple-statements', `There are ${String(parsed.statements.length)} statements.`, 'Send one SELECT statement.')];
  const findings = walkMysql(tree, policy);
  const opinion = second(sql);
  if (opinion === null) findings.refusals.push({ rule: 'parsers-disagree', message: 'Only one of the two parsers can read the statement.', hint: 'Write the statement more plainly.' });
  else if (!opinion.isRead) findings.refusals.push({ rule: 'statement-type', message: 'The statement is not one plain SELECT.', hint: 'Only SELECT statements are run.' });
  else if (!sameSet(opinion.tables, findings.tables)) findings.refusals.push({ rule: 'parsers-disagree', message: 'The two parsers do not see the same tables.', hint: 'Write the statement more plainly.' });
  checkColumns(findings);
  checkParameters(findings, screened.tokens, sql, policy);
  if (findings.refusals.length > 0) return findings.refusals.map(({ rule, message, hint }) => whole(rule, message, hint));
  return { tree, findings, tokens: screened.tokens };
}

const sameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => one.size === other.size && [...one].every((item) => other.has(item));

/** Without scopes: a name that is hidden in any relation read is refused, and so is one that none of them lists. MySQL compares column names without case. */
function checkColumns({ rules, names, given, wildcard, natural, refusals }: MysqlFindings): void {
  const relations = [...rules.values()];
  const lower = (columns: ReadonlySet<string>): Set<string> => new Set([...columns].map((column) => column.toLowerCase()));
  const hidden = new Set(relations.flatMap((rule) => [...lower(rule.hidden)]));
  const open = relations.some((rule) => rule.visible === null);
  const visible = new Set(relations.flatMap((rule) => [...lower(rule.visible ?? new Set())]));
  for (const name of names) {
    if (hidden.has(name)) refusals.push({ rule: 'column', message: `The column ${name} may not be read.`, hint: 'Read another column.' });
    else if (!open && !visible.has(name) && !given.has(name)) refusals.push({ rule: 'unknown-column', message: `No column is called ${name}.`, hint: `Columns: ${[...visible].slice(0, 30).join(', ')}.` });
  }
  if ((wildcard || natural) && relations.some((rule) => !rule.wildcard)) refusals.push({ rule: 'wildcard', message: 'The statement reads whole rows of a table with columns that may not be read.', hint: 'Name the columns, and join with ON.' });
}

function checkParameters(findings: MysqlFindings, tokens: readonly MysqlToken[], sql: string, policy: CompiledPolicy): void {
  const allowed = policy.source.parameters;
  for (const name of parameterNames(tokens, sql)) {
    if (allowed !== 'any' && !allowed.includes(name)) findings.refusals.push({ rule: 'parameter', message: `The parameter ${name} is not allowed.`, hint: 'Write the value as a literal.' });
  }
}

const parameterNames = (tokens: readonly MysqlToken[], sql: string): readonly string[] => [...new Set(tokens.filter(({ kind }) => kind === 'parameter').map(({ start, end }) => sql.slice(start + 1, end)))];

function describe(sql: string, text: string, { tree, findings, tokens }: MysqlInspection, rowLimit: number | null): ReturnType<typeof guardedStatement> {
  const relations = [...findings.rules.values()].map(({ schema, name }) => ({ schema, name })).sort((a, b) => (`${a.schema}.${a.name}` < `${b.schema}.${b.name}` ? -1 : 1));
  const columns: ColumnName[] = [];
  for (const rule of findings.rules.values()) {
    for (const column of rule.visible ?? []) if (findings.wildcard || findings.names.has(column.toLowerCase())) columns.push({ schema: rule.schema, relation: rule.name, column });
  }
  return guardedStatement({ sql: text, relations, functions: [...findings.functions].sort(), operators: [], parameters: parameterNames(tokens, sql).map((name) => ({ name })), rowLimit }, { columns: () => columns, fingerprint: () => fingerprint(tree) });
}
