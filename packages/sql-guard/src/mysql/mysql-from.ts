import { asList, asNode, UnexpectedTree, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields } from '../postgresql/analysis.js';
import { derivedColumns, renamedColumns } from '../postgresql/columns.js';
import type { CteFrame, Scope, ScopeItem } from '../postgresql/scope.js';
import { folded, says, type MysqlAnalysis } from './mysql-analysis.js';
import { mysqlColumns } from './mysql-columns.js';
import { expression } from './mysql-expression.js';
import { everyColumn, nameParts, usingColumn } from './mysql-name.js';
import { aliasOf, query } from './mysql-query.js';

interface FromPlace {
  /** The scope of the enclosing query. */
  readonly parent: Scope | null;
  readonly ctes: CteFrame | null;
  /** Items to the left, which only LATERAL items may name. */
  readonly left: readonly ScopeItem[];
}

const unknown = derivedColumns([], 'maybe');
const noColumns = derivedColumns([], 'no');
const joinedFields = fields('relation joins');

/** The items of a FROM list, as the rest of the query sees them. */
export function fromClause(analysis: MysqlAnalysis, list: AstValue, place: { readonly parent: Scope | null; readonly ctes: CteFrame | null }): readonly ScopeItem[] {
  const items: ScopeItem[] = [];
  for (const node of asList(list)) items.push(...joined(analysis, node, { ...place, left: items.slice() }));
  return items;
}

function joined(analysis: MysqlAnalysis, node: AstNode, place: FromPlace): readonly ScopeItem[] {
  analysis.onlyFields(node, 'TableWithJoins', joinedFields);
  let items = factor(analysis, asNode(node.relation), place);
  for (const join of asList(node.joins)) items = joinedWith(analysis, items, join, place);
  return items;
}

const joinFields = fields('relation join_operator');
const joinKinds = fields('Join Inner Left LeftOuter Right RightOuter CrossJoin StraightJoin');

function joinedWith(analysis: MysqlAnalysis, left: readonly ScopeItem[], node: AstNode, place: FromPlace): readonly ScopeItem[] {
  analysis.onlyFields(node, 'Join', joinFields);
  const right = factor(analysis, asNode(node.relation), { ...place, left: [...place.left, ...left] });
  const items = [...left, ...right];
  const operator = node.join_operator;
  const [kind, constraint] = typeof operator === 'string' ? [operator, 'None'] : (Object.entries(asNode(operator))[0] ?? ['', undefined]);
  if (!joinKinds.has(kind)) analysis.unsupported(`The join ${kind}`);
  if (constraint === 'None') return items;
  if (constraint === 'Natural') everyColumn(analysis, items, 'NATURAL JOIN');
  else {
    const { On: condition, Using: names, ...others } = asNode(constraint);
    if (Object.keys(others).length > 0) throw new UnexpectedTree('A join has an unknown constraint.');
    if (says(condition)) expression(analysis, { scope: { items, parent: place.parent }, ctes: place.ctes }, asNode(condition));
    for (const name of asList(names)) {
      const [column = '', ...more] = nameParts(analysis, name as unknown as AstValue);
      if (more.length > 0) analysis.unsupported('A qualified name in USING');
      usingColumn(analysis, left, column);
      usingColumn(analysis, right, column);
    }
  }
  return items;
}

const derivedFields = fields('lateral subquery alias');
const nestedFields = fields('table_with_joins');

function factor(analysis: MysqlAnalysis, node: AstNode, place: FromPlace): readonly ScopeItem[] {
  const [type, inner] = Object.entries(node)[0] ?? ['', undefined];
  const item = asNode(inner);
  if (type === 'NestedJoin') {
    analysis.onlyFields(item, type, nestedFields);
    return joined(analysis, asNode(item.table_with_joins), place);
  }
  analysis.count('fromItems', 'things in FROM over the statement');
  switch (type) {
    case 'Table': return [table(analysis, item, place)];
    case 'Derived': {
      analysis.onlyFields(item, type, derivedFields);
      const parent = item.lateral === true ? { items: place.left, parent: place.parent } : place.parent;
      const columns = query(analysis, asNode(item.subquery), { parent, ctes: place.ctes });
      if (!says(item.alias)) {
        analysis.refuse('unsupported-syntax', 'A subquery in FROM has no alias.', 'Name the subquery with AS.');
        return [{ alias: null, schema: null, columns, exposes: true }];
      }
      const alias = aliasOf(analysis, item.alias);
      return [{ alias: alias.name, schema: null, columns: renamedColumns(columns, alias.columns), exposes: true }];
    }
    default:
      analysis.unsupported(type);
      return [];
  }
}

const tableFields = fields('name alias');

/** A name in FROM: a common table expression in sight, else a table of the policy. */
function table(analysis: MysqlAnalysis, node: AstNode, { ctes }: FromPlace): ScopeItem {
  analysis.onlyFields(node, 'Table', tableFields);
  const parts = nameParts(analysis, node.name);
  const name = parts.at(-1) ?? '';
  const schema = parts.length === 1 ? null : parts.slice(0, -1).join('.');
  const alias = says(node.alias) ? aliasOf(analysis, node.alias) : { name, columns: [] };
  if (alias.columns.length > 0) analysis.unsupported('A list of column aliases after a table');
  // FROM DUAL is no table, and reads nothing.
  if (schema === null && folded(name) === 'dual' && !says(asNode(asList(node.name)[0]?.Identifier).quote_style)) return { alias: alias.name, schema: null, columns: noColumns, exposes: true };
  analysis.tables.add(`${schema ?? ''}.${name}`);
  const cte = schema === null ? commonTableExpression(analysis, ctes, name) : null;
  if (cte !== null) return { alias: alias.name, schema: null, columns: cte.columns, exposes: true };
  if (parts.length > 2) {
    analysis.refuse('cross-database', `${parts.join('.')} has too many parts.`, 'Name the table as database.table.');
    return { alias: alias.name, schema: null, columns: unknown, exposes: true };
  }
  const decision = analysis.policy.relation(schema, name);
  if (!decision.ok) {
    const near = analysis.policy.suggestions(name);
    analysis.refuse('relation', `${parts.join('.')} is not a table that may be read.`, decision.reason === 'unknown' && near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Read only the tables you were told about.');
    return { alias: alias.name, schema: null, columns: unknown, exposes: true };
  }
  const { rule } = decision;
  if (!analysis.columns.has(rule)) analysis.columns.set(rule, new Set());
  analysis.references.push({ node, rule });
  return { alias: alias.name, schema: rule.schema, columns: mysqlColumns(rule), exposes: true };
}

/** Whether case counts in these names depends on the server, so one that differs in nothing else is refused. */
function commonTableExpression(analysis: MysqlAnalysis, frames: CteFrame | null, name: string): CteFrame | null {
  for (let frame = frames; frame !== null; frame = frame.parent) {
    if (frame.name === name) return frame;
    if (folded(frame.name) === folded(name)) {
      analysis.refuse('relation', `${name} and ${frame.name} differ only in case, which counts on some servers.`, `Write ${frame.name}, or name the common table expression otherwise.`);
      return null;
    }
  }
  return null;
}
