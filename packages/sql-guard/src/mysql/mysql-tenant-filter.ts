import { asList, asNode, asText, type AstNode } from '../grammar/ast.js';
import type { EnforceContext } from '../guard/guard.js';
import type { GuardPolicy, TenantFilter } from '../policy/guard-policy.js';
import { applyEdits, type TextEdit } from '../rewrite/text-edit.js';
import type { Rule } from '../verdict/violation.js';
import type { TableReference } from './mysql-analysis.js';
import { equalMysqlTrees } from './equal-mysql-trees.js';
import type { MysqlReading } from './read-mysql.js';
import type { RustParse } from './rust-parser.js';

/** A statement with the tenant filters in it, and the tree its text must have. */
export interface FilteredMysql {
  readonly sql: string;
  readonly tree: AstNode;
}

export type FilterRefusal = { readonly rule: Rule; readonly message: string; readonly hint: string };

const quoted = (name: string): string => `\`${name.replaceAll('\`', '\`\`')}\``;

/** The number that MySQL's manual gives for "all rows". */
const everyRow = '18446744073709551615';

/** What a value can't hold: what a backslash means depends on sql_mode, and control characters have no place in a tenant's name. */
const unusable = /[\\\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * `t` becomes `(SELECT * FROM s.t WHERE t.tenant = 'value' .. LIMIT 18446744073709551615)`. MySQL neither merges a derived table that has
 * LIMIT into the query around it nor pushes conditions down into it, so no function of the statement ever sees a row of another tenant.
 * The value is compared twice: as the column compares, which can use its index, and as text by code points, because collations hold
 * `acme`, `ACME` and `acmé` for equal, and numbers are equal to texts that only begin like them: 0 to the empty text, 7 to `7abc`.
 */
export function filterMysqlTenants({ sql, text, tree, analysis }: MysqlReading, policy: GuardPolicy, context: EnforceContext, parse: (sql: string) => RustParse): FilteredMysql | FilterRefusal {
  const edits: TextEdit[] = [];
  const replaced = new Map<AstNode, AstNode>();
  for (const { node, rule } of analysis.references) {
    const filters = policy.tenantFilters.filter((filter) => filter.schema === rule.schema && filter.table === rule.name);
    const written = `${rule.schema}.${rule.name}`;
    if (filters.length === 0) {
      if (rule.readsUnfiltered === null) continue;
      return { rule: 'tenant', message: `The view ${written} reads ${rule.readsUnfiltered}, which is filtered by tenant, and shows every tenant's rows.`, hint: `Read ${rule.readsUnfiltered} itself.` };
    }
    if (analysis.qualified.has(written)) return { rule: 'tenant', message: `${written} is filtered by tenant, and its columns are qualified with the database.`, hint: 'Qualify columns with the alias of the table alone.' };
    if (analysis.searchesText) return { rule: 'tenant', message: `${written} is filtered by tenant, which leaves MATCH no full text index.`, hint: 'Search with LIKE.' };
    const values = filters.map((filter) => (context.tenant !== undefined && Object.hasOwn(context.tenant, filter.value) ? context.tenant[filter.value] : undefined));
    const missing = values.findIndex((value) => typeof value !== 'string' || unusable.test(value));
    if (missing >= 0) return { rule: 'tenant', message: `${written} is filtered by ${filters[missing]?.value ?? ''}, and the caller has no usable value for it.`, hint: `Pass context.tenant.${filters[missing]?.value ?? ''}.` };
    const filtered = filteredTable({ node, rule }, filters, values as readonly string[], parse);
    const place = nameSpan(text, node);
    if (filtered === null || place === null) return unfaithful;
    replaced.set(node, filtered.node);
    edits.push({ ...place, text: filtered.text });
  }
  const changed = replaced.size === 0 ? tree : (substitute(tree, replaced) as AstNode);
  return { sql: applyEdits(sql, edits), tree: changed };
}

const unfaithful: FilterRefusal = { rule: 'rewrite', message: 'The tenant filter could not be added without changing what the statement means.', hint: 'Write the statement more plainly: SELECT .. FROM table AS alias ..' };

/** The derived table as text and as the tree that sqlparser-rs makes of it; `null` when its tree depends on what the values hold. */
function filteredTable({ node, rule }: TableReference, filters: readonly TenantFilter[], values: readonly string[], parse: (sql: string) => RustParse): { readonly text: string; readonly node: AstNode } | null {
  const hasAlias = node.alias !== undefined && node.alias !== null;
  const text = (given: readonly string[]): string => {
    const conditions = filters.flatMap(({ column }, index) => {
      const literal = `'${(given[index] ?? '').replaceAll("'", "''")}'`;
      const name = `${quoted(rule.name)}.${quoted(column)}`;
      return [`${name} = ${literal}`, `CAST(${name} AS CHAR) = ${literal} COLLATE utf8mb4_0900_bin`];
    });
    return `(SELECT * FROM ${quoted(rule.schema)}.${quoted(rule.name)} WHERE ${conditions.join(' AND ')} LIMIT ${everyRow})`;
  };
  const alias = quoted(asText(asNode(asList(node.name).at(-1)?.Identifier).value));
  const derived = (sql: string): AstNode | null => {
    const parsed = parse(`SELECT * FROM ${sql} AS ${alias}`);
    if (!parsed.ok || parsed.statements.length !== 1) return null;
    const query = asNode(parsed.statements[0]?.Query);
    return asNode(asNode(asList(asNode(asNode(query.body).Select).from)[0]).relation);
  };
  const sql = text(values);
  const made = derived(sql);
  // The same with a marker for every value: the two may differ in the values alone.
  const markers = values.map((_, index) => `marker${String(index)}`);
  const pattern = derived(text(markers));
  if (made === null || pattern === null) return null;
  const filled = JSON.parse(JSON.stringify(pattern), (field, value: unknown) => (field === 'SingleQuotedString' ? values[markers.indexOf(String(value))] : value)) as AstNode;
  if (!equalMysqlTrees(filled, made)) return null;
  const inner = asNode(made.Derived);
  return { text: hasAlias ? sql : `${sql} AS ${alias}`, node: { Derived: hasAlias ? { ...inner, alias: node.alias } : inner } };
}

/** The tree with some `{ Table }` nodes replaced, each given by its body. */
function substitute(value: unknown, replaced: ReadonlyMap<AstNode, AstNode>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => substitute(item, replaced));
  if (typeof value !== 'object' || value === null) return value;
  const replacement = 'Table' in value ? replaced.get(value.Table as AstNode) : undefined;
  if (replacement !== undefined) return replacement;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, substitute(inner, replaced)]));
}

/** The stretch of text of a table's name, from the lines and columns (of code points) that sqlparser-rs gives. */
function nameSpan(sql: string, node: AstNode): { readonly start: number; readonly end: number } | null {
  const parts = asList(node.name).map((part) => asNode(asNode(part.Identifier).span));
  const [first, last] = [parts[0], parts.at(-1)];
  const start = first === undefined ? null : offsetOf(sql, asNode(first.start));
  const end = last === undefined ? null : offsetOf(sql, asNode(last.end));
  return start === null || end === null || end <= start ? null : { start, end };
}

function offsetOf(sql: string, { line, column }: AstNode): number | null {
  if (typeof line !== 'number' || typeof column !== 'number' || line < 1 || column < 1) return null;
  const lines = sql.split('\n');
  const before = lines.slice(0, line - 1).reduce((total, text) => total + text.length + 1, 0);
  const characters = [...(lines[line - 1] ?? '')];
  return before + characters.slice(0, column - 1).join('').length;
}
