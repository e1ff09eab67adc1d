import { asList, asNode, asText, UnexpectedTree, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields } from '../postgresql/analysis.js';
import { derivedColumns, renamedColumns, type Columns } from '../postgresql/columns.js';
import { emptyScope, type CteFrame, type Scope } from '../postgresql/scope.js';
import { folded, says, type MysqlAnalysis, type Place } from './mysql-analysis.js';
import { expression, expressions, optionalExpression, windowSpecification } from './mysql-expression.js';
import { fromClause } from './mysql-from.js';
import { everyColumn, identifier, nameParts, qualifier } from './mysql-name.js';

export interface QueryPlace {
  readonly parent: Scope | null;
  readonly ctes: CteFrame | null;
  /** Inside EXISTS the output is never computed, so a star there reveals nothing. */
  readonly existsOnly?: boolean;
}

const queryFields = fields('with body order_by limit_clause');
const unknown = derivedColumns([], 'maybe');

/** A query with its WITH, ORDER BY and LIMIT. Returns its output columns. */
export function query(analysis: MysqlAnalysis, node: AstNode, place: QueryPlace): Columns {
  return wholeQuery(analysis, node, place).columns;
}

function wholeQuery(analysis: MysqlAnalysis, node: AstNode, place: QueryPlace): Body {
  analysis.onlyFields(node, 'Query', queryFields);
  analysis.queryDepth += 1;
  let result: Body = { columns: unknown, order: { scope: emptyScope, ctes: null } };
  if (analysis.queryDepth > analysis.limits.queryDepth) analysis.refuse('limit', `Queries are nested more than ${String(analysis.limits.queryDepth)} deep.`, 'Write fewer levels.');
  else {
    const ctes = says(node.with) ? withClause(analysis, asNode(node.with), place) : place.ctes;
    result = body(analysis, asNode(node.body), { ...place, ctes });
    orderBy(analysis, result.order, node.order_by);
    limitClause(analysis, { scope: place.parent ?? emptyScope, ctes }, node.limit_clause);
  }
  analysis.queryDepth -= 1;
  return result;
}

const withFields = fields('recursive cte_tables');
const cteFields = fields('alias query');
const aliasFields = fields('name columns explicit');
const cteColumnFields = fields('name');

/** Without RECURSIVE each common table expression sees those before it, and not itself. */
function withClause(analysis: MysqlAnalysis, node: AstNode, { parent, ctes }: QueryPlace): CteFrame | null {
  analysis.onlyFields(node, 'With', withFields);
  const recursive = node.recursive === true;
  if (recursive && !analysis.limits.recursion) analysis.refuse('recursion', 'WITH RECURSIVE is not allowed.', 'Write the statement without recursion.');
  const tables = asList(node.cte_tables);
  let frames = ctes;
  // Ahead of its own query a common table expression is only known by its name.
  if (recursive) {
    for (const table of tables) {
      const { name, columns } = aliasOf(analysis, table.alias);
      frames = { name, columns: renamedColumns(unknown, columns), parent: frames };
    }
  }
  for (const table of tables) {
    analysis.onlyFields(table, 'Cte', cteFields);
    analysis.count('commonTableExpressions', 'common table expressions');
    const alias = aliasOf(analysis, table.alias);
    const columns = renamedColumns(query(analysis, asNode(table.query), { parent, ctes: frames }), alias.columns);
    frames = { name: alias.name, columns, parent: frames };
  }
  return frames;
}

/** `AS name (columns)`, the columns folded. */
export function aliasOf(analysis: MysqlAnalysis, value: AstValue): { readonly name: string; readonly columns: readonly string[] } {
  const node = asNode(value);
  analysis.onlyFields(node, 'Alias', aliasFields);
  const columns = asList(node.columns).map((column) => {
    analysis.onlyFields(column, 'AliasColumn', cteColumnFields);
    return folded(identifier(analysis, asNode(column.name)));
  });
  return { name: identifier(analysis, asNode(node.name)), columns };
}

interface Body {
  readonly columns: Columns;
  /** Where ORDER BY looks names up. */
  readonly order: Place;
}

const setFields = fields('left op set_quantifier right');
const setOperators = fields('Union Intersect Except');
const setQuantifiers = fields('None All Distinct');

function body(analysis: MysqlAnalysis, node: AstNode, place: QueryPlace): Body {
  const [[type, inner] = [], ...others] = Object.entries(node);
  if (type === undefined || others.length > 0) throw new UnexpectedTree('A query has no single body.');
  const outputs = (columns: Columns): Body => ({ columns, order: { scope: { items: [{ alias: null, schema: null, columns, exposes: true }], parent: place.parent }, ctes: place.ctes } });
  switch (type) {
    case 'Select': return select(analysis, asNode(inner), place);
    // ORDER BY after a parenthesised SELECT is that SELECT's own: it may name columns that are not in its output.
    case 'Query': return wholeQuery(analysis, asNode(inner), place);
    case 'Values': return outputs(values(analysis, asNode(inner), place));
    case 'SetOperation': {
      const set = asNode(inner);
      analysis.onlyFields(set, 'SetOperation', setFields);
      if (!setOperators.has(asText(set.op)) || !setQuantifiers.has(asText(set.set_quantifier))) analysis.unsupported(`${asText(set.op)} ${asText(set.set_quantifier)}`);
      analysis.count('setOperations', 'set operations');
      const { columns } = body(analysis, asNode(set.left), { parent: place.parent, ctes: place.ctes });
      body(analysis, asNode(set.right), { parent: place.parent, ctes: place.ctes });
      return outputs(columns);
    }
    default:
      analysis.unsupported(type);
      return outputs(unknown);
  }
}

const valuesFields = fields('explicit_row rows');
const rowFields = fields('content');

function values(analysis: MysqlAnalysis, node: AstNode, { parent, ctes }: QueryPlace): Columns {
  analysis.onlyFields(node, 'Values', valuesFields);
  let width = 0;
  for (const row of asList(node.rows)) {
    analysis.onlyFields(row, 'Row', rowFields);
    width = Math.max(width, asList(row.content).length);
    expressions(analysis, { scope: { items: [], parent }, ctes }, row.content);
  }
  return derivedColumns(Array.from({ length: width }, (_, index) => `column_${String(index)}`), 'no');
}

const selectFields = fields('distinct projection from selection group_by having named_window window_before_qualify flavor');

function select(analysis: MysqlAnalysis, node: AstNode, { parent, ctes, existsOnly = false }: QueryPlace): Body {
  analysis.onlyFields(node, 'Select', selectFields);
  if (says(node.distinct) && node.distinct !== 'Distinct' && node.distinct !== 'All') analysis.unsupported('DISTINCT ON');
  if (node.flavor !== 'Standard') analysis.unsupported('SELECT');
  const scope: Scope = { items: fromClause(analysis, node.from, { parent, ctes }), parent };
  const place: Place = { scope, ctes };
  const grouped = asList(asNode(node.group_by).Expressions).some((list) => says(list));
  const columns = projection(analysis, place, node.projection, existsOnly && !says(node.distinct) && !says(node.having) && !grouped, grouped);
  const withOutputs: Place = { ...place, outputs: columns.given };
  optionalExpression(analysis, place, node.selection);
  groupBy(analysis, withOutputs, node.group_by);
  optionalExpression(analysis, withOutputs, node.having);
  for (const item of asList(node.named_window)) {
    const [name, window] = item as unknown as readonly [AstNode, AstNode];
    identifier(analysis, name);
    windowSpecification(analysis, place, window);
  }
  return { columns: columns.columns, order: withOutputs };
}

const starFields = fields('');

/** The output columns, and the names among them that GROUP BY, HAVING and ORDER BY may use. A query that groups is never merged into another. */
function projection(analysis: MysqlAnalysis, place: Place, list: AstValue, existsOnly: boolean, grouped: boolean): { readonly columns: Columns; readonly given: ReadonlySet<string> } {
  const names: string[] = [];
  const growths: number[] = [];
  const unnamed: number[] = [];
  const given = new Set<string>();
  let complete = true;
  let before = 0;
  const grown = (): number => Math.max(1, analysis.growth - before);
  const star = (found: readonly string[] | null): void => {
    if (found === null) {
      complete = false;
      unnamed.push(grown());
      return;
    }
    // Each may be the one that grows most.
    for (const name of found) {
      names.push(name);
      growths.push(grown());
    }
  };
  for (const item of asList(list)) {
    before = analysis.growth;
    const [type, inner] = Object.entries(item)[0] ?? ['', undefined];
    if (type === 'Wildcard') {
      analysis.onlyFields(asNode(inner), 'Wildcard', starFields);
      if (existsOnly) complete = false;
      else star(everyColumn(analysis, place.scope.items, '*'));
    } else if (type === 'QualifiedWildcard') {
      const [table, options] = inner as unknown as readonly [AstNode, AstNode];
      analysis.onlyFields(options, 'Wildcard', starFields);
      const parts = nameParts(analysis, table.ObjectName);
      const of = qualifier(analysis, place.scope, parts);
      star(of === null ? null : everyColumn(analysis, [of], `${parts.join('.')}.*`));
    } else if (type === 'ExprWithAlias') {
      const { expr, alias } = asNode(inner);
      expression(analysis, place, asNode(expr));
      const name = folded(identifier(analysis, asNode(alias)));
      names.push(name);
      growths.push(grown());
      given.add(name);
    } else if (type === 'UnnamedExpr') {
      expression(analysis, place, asNode(inner));
      const name = columnOutput(asNode(inner));
      // Anything but a column is named by its text, which is not worth knowing.
      if (name === null) {
        complete = false;
        unnamed.push(grown());
        continue;
      }
      names.push(folded(name));
      growths.push(grown());
    } else analysis.unsupported(type);
  }
  return { columns: derivedColumns(names, complete ? 'no' : 'maybe', false, grouped ? [] : [...growths, ...unnamed]), given };
}

function columnOutput(node: AstNode): string | null {
  const part = node.Identifier ?? asListOrNone(node.CompoundIdentifier).at(-1);
  return part === undefined ? null : asText(asNode(part).value);
}
const asListOrNone = (value: AstValue): readonly AstNode[] => (Array.isArray(value) ? (value as readonly AstNode[]) : []);

function groupBy(analysis: MysqlAnalysis, place: Place, value: AstValue): void {
  const [list, modifiers] = asList(asNode(value).Expressions) as unknown as readonly [readonly AstNode[], readonly AstNode[]];
  if (says(modifiers)) analysis.unsupported('A modifier of GROUP BY');
  expressions(analysis, place, list);
}

const orderFields = fields('kind');
const itemFields = fields('expr options');
const optionFields = fields('asc');

function orderBy(analysis: MysqlAnalysis, place: Place, value: AstValue): void {
  if (!says(value)) return;
  const node = asNode(value);
  analysis.onlyFields(node, 'OrderBy', orderFields);
  sortItems(analysis, place, asNode(node.kind).Expressions);
}

/** The items of ORDER BY. One that is only the name of an output column means that column. */
export function sortItems(analysis: MysqlAnalysis, place: Place, list: AstValue): void {
  if (!Array.isArray(list)) throw new UnexpectedTree('ORDER BY has no list.');
  for (const item of list as readonly AstNode[]) {
    analysis.onlyFields(item, 'OrderByExpr', itemFields);
    if (says(item.options)) analysis.onlyFields(asNode(item.options), 'OrderByOptions', optionFields);
    const node = asNode(item.expr);
    const bare = node.Identifier === undefined ? null : folded(identifier(analysis, asNode(node.Identifier)));
    if (bare === null || place.outputs?.has(bare) !== true) expression(analysis, place, node);
  }
}

const limitFields = fields('limit offset');
const offsetFields = fields('value rows');

function limitClause(analysis: MysqlAnalysis, place: Place, value: AstValue): void {
  if (!says(value)) return;
  for (const [type, inner] of Object.entries(asNode(value))) {
    const node = asNode(inner);
    if (type !== 'LimitOffset' && type !== 'OffsetCommaLimit') analysis.unsupported(type);
    analysis.onlyFields(node, type, limitFields);
    optionalExpression(analysis, place, node.limit);
    if (!says(node.offset)) continue;
    const offset = asNode(node.offset);
    if (type === 'OffsetCommaLimit') expression(analysis, place, offset);
    else {
      analysis.onlyFields(offset, 'Offset', offsetFields);
      expression(analysis, place, asNode(offset.value));
    }
  }
}
