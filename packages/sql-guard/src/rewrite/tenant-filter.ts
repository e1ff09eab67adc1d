import { asText, type AstNode } from '../grammar/ast.js';
import type { EnforceContext } from '../guard/guard.js';
import type { Token } from '../input/scan-sql.js';
import type { GuardPolicy, TenantFilter } from '../policy/guard-policy.js';
import { relationKey } from '../policy/relation-key.js';
import type { RelationReference } from '../postgresql/analysis.js';
import type { Inspection } from '../postgresql/inspect-statement.js';
import { lastTokenOfName, tokenIndexAt } from '../postgresql/token-span.js';
import type { Violation } from '../verdict/violation.js';
import type { TenantTypes } from './tenant-types.js';
import { becomes, type MutableNode } from './mutable-tree.js';
import { quoteIdentifier, quoteLiteral } from './quote.js';
import type { TextEdit } from './text-edit.js';

/** A rewriting in progress: the tree is changed in `copy`, the text through `edits`. */
export interface Rewriting {
  readonly inspection: Inspection;
  readonly copy: MutableNode;
  readonly copyOf: ReadonlyMap<AstNode, MutableNode>;
  readonly tokens: readonly Token[];
  readonly edits: TextEdit[];
  readonly violations: Violation[];
}

// NUL can't be stored, and would end the parser's input.
const unusableValue = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Qualifies every stored relation with its schema, and puts a row filter around those that belong to tenants. */
export function filterTenants(rewriting: Rewriting, policy: GuardPolicy, types: TenantTypes, context: EnforceContext): void {
  const filtered = new Set<string>();
  for (const reference of rewriting.inspection.analysis.references) {
    const { rule } = reference;
    const filters = policy.tenantFilters.filter((filter) => filter.schema === rule.schema && filter.table === rule.name);
    const at = rewriting.inspection.bound.originalOffset(typeof reference.node.location === 'number' ? reference.node.location : 0);
    const first = tokenIndexAt(rewriting.tokens, at);
    const span = { start: rewriting.tokens[first]?.start ?? 0, end: rewriting.tokens[lastTokenOfName(rewriting.inspection.sql, rewriting.tokens, first)]?.end ?? 0 };
    if (rule.readsUnfiltered !== null) {
      rewriting.violations.push({ rule: 'tenant', message: `The view ${rule.schema}.${rule.name} reads ${rule.readsUnfiltered}, which is filtered by tenant, and nothing filters the view.`, hint: `Read ${rule.readsUnfiltered} itself.`, ...span });
    } else if (filters.length === 0) qualify(rewriting, reference, span);
    else {
      filtered.add(relationKey(rule.schema, rule.name));
      filterRelation(rewriting, reference, filters, types, context, span);
    }
  }
  for (const { node, schema, relation } of rewriting.inspection.analysis.qualifiedColumns) {
    if (!filtered.has(relationKey(schema, relation))) continue;
    // A filtered relation is a subquery, which a schema can't qualify; its alias can.
    const copy = rewriting.copyOf.get(node);
    const fields = copy?.fields;
    if (copy === undefined || !Array.isArray(fields)) continue;
    copy.fields = fields.slice(1);
    const first = tokenIndexAt(rewriting.tokens, rewriting.inspection.bound.originalOffset(typeof node.location === 'number' ? node.location : 0));
    rewriting.edits.push({ start: rewriting.tokens[first]?.start ?? 0, end: rewriting.tokens[first + 2]?.start ?? 0, text: '' });
  }
}

function qualify(rewriting: Rewriting, { node, rule }: RelationReference, span: { readonly start: number }): void {
  const copy = rewriting.copyOf.get(node);
  if (copy === undefined || node.schemaname !== undefined) return;
  copy.schemaname = rule.schema;
  rewriting.edits.push({ start: span.start, end: span.start, text: `${quoteIdentifier(rule.schema)}.` });
}

/**
 * `t` becomes `(SELECT * FROM s.t WHERE t.tenant = 'value' OFFSET 0)`. PostgreSQL neither flattens a subquery that has OFFSET
 * nor moves conditions into it, so no function of the statement ever sees a row of another tenant. While planning it tries operators
 * such as LIKE on the most common values of a column, those of all tenants, and finds them through a subquery; so where one of these
 * may fail, the subquery ends in `UNION ALL SELECT * FROM s.t WHERE false OFFSET 0`, which reads nothing and has no statistics.
 */
function filterRelation(rewriting: Rewriting, { node, rule, plain }: RelationReference, filters: readonly TenantFilter[], types: TenantTypes, context: EnforceContext, span: { readonly start: number; readonly end: number }): void {
  const refuse = (message: string, hint: string): void => {
    rewriting.violations.push({ rule: 'tenant', message, hint, start: span.start, end: span.end });
  };
  const copy = rewriting.copyOf.get(node);
  if (copy === undefined) return;
  if (!plain || node.inh !== true) {
    refuse(`${rule.schema}.${rule.name} is filtered by tenant, and can't be read with ONLY or TABLESAMPLE.`, 'Read the table plainly.');
    return;
  }
  const conditions: { readonly filter: TenantFilter; readonly value: string }[] = [];
  for (const filter of filters) {
    const value = context.tenant !== undefined && Object.hasOwn(context.tenant, filter.value) ? context.tenant[filter.value] : undefined;
    if (typeof value !== 'string' || unusableValue.test(value)) {
      refuse(`${rule.schema}.${rule.name} is filtered by ${filter.value}, and the caller has no usable value for it.`, `Pass context.tenant.${filter.value}.`);
      return;
    }
    conditions.push({ filter, value });
  }
  const alias = copy.alias as MutableNode | undefined;
  const string = (sval: string): MutableNode => ({ String: { sval } });
  const comparisons = conditions.map(({ filter, value }): MutableNode => {
    const literal: MutableNode = { A_Const: { sval: { sval: value } } };
    const type = filter.type === undefined ? undefined : types.get(filter.type);
    const typed: MutableNode = type === undefined ? literal : { TypeCast: { arg: literal, typeName: type as MutableNode } };
    return { A_Expr: { kind: 'AEXPR_OP', name: [string('pg_catalog'), string('=')], lexpr: { ColumnRef: { fields: [string(rule.name), string(filter.column)] } }, rexpr: typed } };
  });
  const inner: MutableNode = { ...copy, schemaname: rule.schema };
  delete inner.alias;
  const condition: MutableNode = comparisons.length === 1 ? (comparisons[0] as MutableNode) : { BoolExpr: { boolop: 'AND_EXPR', args: comparisons } };
  const select = (where: MutableNode): MutableNode => ({
    targetList: [{ ResTarget: { val: { ColumnRef: { fields: [{ A_Star: {} }] } } } }], fromClause: [{ RangeVar: inner }], whereClause: where, limitOption: 'LIMIT_OPTION_DEFAULT', op: 'SETOP_NONE',
  });
  const barrier: MutableNode = { limitOffset: { A_Const: { ival: {} } }, limitOption: 'LIMIT_OPTION_COUNT' };
  // The statistics of a column are not those of a set operation, even of one with nothing.
  const united = rewriting.inspection.analysis.triesStatistics;
  const nothing: MutableNode = { A_Const: { boolval: {} } };
  const subselect: MutableNode = {
    subquery: { SelectStmt: united ? { ...barrier, op: 'SETOP_UNION', all: true, larg: select(condition), rarg: select(nothing) } : { ...select(condition), ...barrier } },
    alias: alias ?? { aliasname: rule.name },
  };
  // The wrapper { RangeVar: node } is what the FROM list holds.
  const wrapper = wrapperOf(rewriting, node);
  if (wrapper === null) {
    refuse('The table can\'t be filtered in this place.', 'Read the table in FROM.');
    return;
  }
  becomes(wrapper, { RangeSubselect: subselect });
  const where = conditions
    .map(({ filter, value }) => `${quoteIdentifier(rule.name)}.${quoteIdentifier(filter.column)} OPERATOR(pg_catalog.=) ${quoteLiteral(value)}${filter.type === undefined ? '' : `::${filter.type}`}`)
    .join(' AND ');
  const relation = `${quoteIdentifier(rule.schema)}.${quoteIdentifier(asText(node.relname))}`;
  const text = `(SELECT * FROM ${relation} WHERE ${where}${united ? ` UNION ALL SELECT * FROM ${relation} WHERE false` : ''} OFFSET 0)${alias === undefined ? ` AS ${quoteIdentifier(rule.name)}` : ''}`;
  rewriting.edits.push({ start: span.start, end: span.end, text });
}

function wrapperOf(rewriting: Rewriting, node: AstNode): MutableNode | null {
  const copy = rewriting.copyOf.get(node);
  for (const candidate of rewriting.copyOf.values()) if (candidate.RangeVar !== undefined && candidate.RangeVar === copy) return candidate;
  return null;
}
