import type { AstNode } from '../grammar/ast.js';
import type { EnforceContext, Guard } from '../guard/guard.js';
import { compilePolicy, type CompiledPolicy } from '../policy/compiled-policy.js';
import type { GuardPolicy } from '../policy/guard-policy.js';
import { columnNames } from '../verdict/column-names.js';
import { fingerprint } from '../verdict/fingerprint.js';
import { GuardError } from '../verdict/guard-error.js';
import { guardedStatement } from '../verdict/guarded-statement.js';
import type { Verdict } from '../verdict/verdict.js';
import type { Rule, Violation } from '../verdict/violation.js';
import { equalMysqlTrees } from './equal-mysql-trees.js';
import { limitMysqlRows, type ParsedMysql } from './limit-mysql-rows.js';
import { mysqlCatalog } from './mysql-catalog.js';
import { filterMysqlTenants } from './mysql-tenant-filter.js';
import { readMysql, type MysqlParsers, type MysqlReading } from './read-mysql.js';
import { loadRustParser } from './rust-parser.js';
import type { MysqlToken } from './screen-mysql.js';
import { loadSecondParser } from './second-parser.js';

/**
 * The guard for Aurora MySQL 3. There is no real grammar of MySQL on npm, so two independent parsers must agree on the kind of statement
 * and on every name in FROM; whatever one of them could overlook is refused before either sees it.
 * @throws {GuardError} `policy-invalid` when a tenant filter names a type: values are compared as text.
 */
export async function createMysqlGuard(policy: GuardPolicy): Promise<Guard> {
  if (policy.tenantFilters.some(({ type }) => type !== undefined)) throw new GuardError('policy-invalid', 'Tenant filters for MySQL take no type: MySQL converts the value to what the column is.');
  const parsers: MysqlParsers = { first: await loadRustParser(), second: loadSecondParser() };
  const compiled = compilePolicy(policy, mysqlCatalog);
  const inspect = (sql: string): MysqlReading | readonly Violation[] => inspectMysql(sql, compiled, parsers);
  return {
    dialect: 'mysql',
    version: null,
    policy,
    check(sql) {
      const result = inspect(sql);
      return 'tree' in result ? { ok: true, statement: describe(sql, result, null) } : { ok: false, violations: result };
    },
    enforce(sql, context = {}) {
      const result = inspect(sql);
      return 'tree' in result ? enforceMysql(result, context, compiled, parsers) : { ok: false, violations: result };
    },
  };
}

function inspectMysql(sql: string, policy: CompiledPolicy, parsers: MysqlParsers): MysqlReading | readonly Violation[] {
  const reading = readMysql(sql, policy, parsers);
  if (!('tree' in reading)) return [reading];
  checkParameters(reading, policy);
  const { refusals } = reading.analysis;
  return refusals.length === 0 && reading.agreed ? reading : refusals.map((refusal) => ({ ...refusal, start: 0, end: sql.length }));
}

/** Rewrites an accepted statement: what comes out must be read by both parsers, as the same statement plus the change. */
function enforceMysql(reading: MysqlReading, context: EnforceContext, compiled: CompiledPolicy, parsers: MysqlParsers): Verdict {
  const { sql } = reading;
  const policy = compiled.source;
  const refused = (rule: Rule, message: string, hint: string): Verdict => ({ ok: false, violations: [{ rule, message, hint, start: 0, end: sql.length }] });
  /** What a rewritten text is read as; the policy was asked about the original. */
  const reread = (text: string): ParsedMysql | null => {
    const again = readMysql(text, compiled, parsers);
    return 'tree' in again && again.agreed ? again : null;
  };
  const filtered = filterMysqlTenants(reading, policy, context, parsers.first);
  if ('rule' in filtered) return refused(filtered.rule, filtered.message, filtered.hint);
  const parsed = filtered.sql === sql ? reading : reread(filtered.sql);
  if (parsed === null || !equalMysqlTrees(parsed.tree, filtered.tree)) {
    return refused('rewrite', 'The tenant filter could not be added without changing what the statement means.', 'Write the statement more plainly: SELECT .. FROM table AS alias ..');
  }
  const { maxRows } = context;
  const cap = maxRows === undefined ? policy.maxRows : Math.min(maxRows, policy.maxRows ?? maxRows);
  if (cap === null) return { ok: true, statement: describe(filtered.sql, reading, null) };
  const limited = limitMysqlRows(parsed, cap, (text) => reread(text)?.tree ?? null);
  return limited === null
    ? refused('rewrite', 'The row cap could not be added without changing what the statement means.', 'Write one LIMIT at the end.')
    : { ok: true, statement: describe(limited.sql, reading, limited.rowLimit) };
}

function checkParameters({ analysis, tokens, sql }: MysqlReading, policy: CompiledPolicy): void {
  const allowed = policy.source.parameters;
  for (const name of parameterNames(tokens, sql)) {
    if (allowed !== 'any' && !allowed.includes(name)) analysis.refuse('parameter', `The parameter ${name} is not allowed.`, 'Write the value as a literal.');
  }
}

const parameterNames = (tokens: readonly MysqlToken[], sql: string): readonly string[] => [...new Set(tokens.filter(({ kind }) => kind === 'parameter').map(({ start, end }) => sql.slice(start + 1, end)))];

function describe(text: string, { tree, unseen, analysis, tokens, sql }: MysqlReading, rowLimit: number | null): ReturnType<typeof guardedStatement> {
  const relations = [...analysis.columns.keys()].map(({ schema, name }) => ({ schema, name })).sort((a, b) => (`${a.schema}.${a.name}` < `${b.schema}.${b.name}` ? -1 : 1));
  return guardedStatement({ sql: text, relations, functions: [...analysis.functions].sort(), operators: [], parameters: parameterNames(tokens, sql).map((name) => ({ name })), rowLimit }, { columns: () => columnNames(analysis.columns), fingerprint: () => fingerprint(shapeOf(unseen.length === 0 ? tree : { tree, unseen: unseen.join(' ') })) });
}

/** A tree without places and constants. */
const shapeOf = (tree: AstNode): AstNode => JSON.parse(JSON.stringify(tree, (field, value: unknown) => (field === 'span' || field.endsWith('_token') ? undefined : field === 'Value' ? {} : value))) as AstNode;
