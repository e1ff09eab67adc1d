import { asList, asNode, asText, nameParts, optionalNode, unwrap, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { derivedColumns, joinedColumns, renamedColumns, type Columns } from './columns.js';
import { optionalExpression } from './expression.js';
import { rangeFunction } from './range-function.js';
import { jsonTable, rangeTableFunction } from './range-table-function.js';
import { sampledRelation, storedRelation } from './range-relation.js';
import { selectStatement } from './select-statement.js';
import type { CteFrame, Scope, ScopeItem } from './scope.js';

export interface FromPlace {
  /** The scope of the enclosing query. */
  readonly parent: Scope | null;
  readonly ctes: CteFrame | null;
  /** Items to the left, which only LATERAL items and calls may name. */
  readonly left: readonly ScopeItem[];
}

/** The items of a FROM list, as the rest of the query sees them. */
export function fromClause(analysis: Analysis, list: AstValue, parent: Scope | null, ctes: CteFrame | null): readonly ScopeItem[] {
  const items: ScopeItem[] = [];
  const place: FromPlace = { parent, ctes, left: items };
  for (const wrapper of asList(list)) for (const item of fromItem(analysis, wrapper, place)) items.push(item);
  return items;
}

/** Where an item that may look left is checked. */
export const lateralPlace = (place: FromPlace): Place => ({ scope: { items: place.left, parent: place.parent }, ctes: place.ctes });

function fromItem(analysis: Analysis, wrapper: AstNode, place: FromPlace): readonly ScopeItem[] {
  const { type, body: node } = unwrap(wrapper);
  analysis.locate(node);
  if (type !== 'JoinExpr') {
    analysis.fromItems += 1;
    if (analysis.fromItems > analysis.limits.fromItems) {
      analysis.refuse('limit', `FROM names more than ${String(analysis.limits.fromItems)} things over the statement.`, 'Read fewer relations.', analysis.place);
      return [];
    }
  }
  switch (type) {
    case 'RangeVar': return [storedRelation(analysis, node, place, true)];
    case 'RangeTableSample': return [sampledRelation(analysis, node, place)];
    case 'RangeSubselect': return [subselect(analysis, node, place)];
    case 'RangeFunction': return [rangeFunction(analysis, node, place)];
    case 'RangeTableFunc': return [rangeTableFunction(analysis, node, place)];
    case 'JsonTable': return [jsonTable(analysis, node, place)];
    case 'JoinExpr': return join(analysis, node, place);
    default:
      analysis.unsupported(type);
      return [];
  }
}

const aliasFields = fields('aliasname colnames');
const noAlias: { readonly name: null; readonly columns: readonly string[] } = { name: null, columns: [] };

/** `AS name (columns)`; both empty when there is none. */
export function aliasOf(analysis: Analysis, value: AstValue): { readonly name: string | null; readonly columns: readonly string[] } {
  const node = optionalNode(value);
  if (node === null) return noAlias;
  analysis.onlyFields(node, 'Alias', aliasFields);
  return { name: asText(node.aliasname), columns: nameParts(node.colnames) };
}

const subselectFields = fields('lateral subquery alias');

function subselect(analysis: Analysis, node: AstNode, place: FromPlace): ScopeItem {
  analysis.onlyFields(node, 'RangeSubselect', subselectFields);
  const parent = node.lateral === true ? lateralPlace(place).scope : place.parent;
  const columns = selectStatement(analysis, asNode(node.subquery), { parent, ctes: place.ctes });
  const alias = aliasOf(analysis, node.alias);
  return { alias: alias.name, schema: null, columns: renamedColumns(columns, alias.columns), exposes: true };
}

const joinFields = fields('jointype isNatural larg rarg usingClause join_using_alias quals alias rtindex');
const joinTypes = fields('JOIN_INNER JOIN_LEFT JOIN_FULL JOIN_RIGHT');

function join(analysis: Analysis, node: AstNode, place: FromPlace): readonly ScopeItem[] {
  analysis.onlyFields(node, 'JoinExpr', joinFields);
  if (!joinTypes.has(asText(node.jointype))) analysis.unsupported(`JoinExpr ${asText(node.jointype)}`);
  const left = fromItem(analysis, asNode(node.larg), place);
  const right = fromItem(analysis, asNode(node.rarg), { parent: place.parent, ctes: place.ctes, left: [...place.left, ...left] });
  const items = [...left, ...right];
  const shared = nameParts(node.usingClause);
  for (const name of shared) for (const side of [left, right]) usingColumn(analysis, side, name);
  if (node.isNatural === true) naturalJoin(analysis, items);
  optionalExpression(analysis, { scope: { items, parent: place.parent }, ctes: place.ctes }, node.quals);

  const usingAlias = aliasOf(analysis, node.join_using_alias);
  if (usingAlias.name !== null) {
    const sides = joinedColumns(items.map((item) => item.columns));
    items.push({ alias: usingAlias.name, schema: null, columns: derivedColumns(shared, 'no', true, shared.map((name) => sides.growth(name))), exposes: false });
  }
  const alias = aliasOf(analysis, node.alias);
  if (alias.name === null) return items;
  const columns = joinedColumns(items.filter((item) => item.exposes).map((item) => item.columns));
  return [{ alias: alias.name, schema: null, columns: aliasedJoin(analysis, columns, alias.columns), exposes: true }];
}

function aliasedJoin(analysis: Analysis, columns: Columns, aliases: readonly string[]): Columns {
  if (aliases.length === 0) return columns;
  if (!columns.wildcard) {
    analysis.refuse('column', 'Column aliases rename columns that may not be read.', 'Leave the list of column aliases out.', analysis.place);
  }
  return renamedColumns(columns, aliases);
}

/** USING compares the column on both sides, which reveals it. */
function usingColumn(analysis: Analysis, side: readonly ScopeItem[], name: string): void {
  let found = false;
  for (const item of side) {
    const presence = item.columns.find(name);
    if (presence === 'hidden' || presence === 'maybe-hidden') {
      analysis.refuse('column', `USING compares the column ${name} of ${item.alias ?? 'a relation'}, which may not be read.`, 'Join on columns that may be read.', analysis.place);
      return;
    }
    if (presence !== 'no') {
      found = true;
      item.columns.read(name, analysis.recordColumn);
    }
  }
  if (!found) analysis.refuse('unknown-column', `USING names ${name}, which is not a column of both sides.`, 'Join with ON.', analysis.place);
}

/** NATURAL compares every column of the same name, hidden ones too. */
function naturalJoin(analysis: Analysis, items: readonly ScopeItem[]): void {
  for (const item of items) {
    if (item.columns.wildcard) item.columns.read('*', analysis.recordColumn);
    else {
      const why = analysis.policy.source.wildcards === 'refuse' ? 'which the policy refuses' : 'some of which may not be read';
      analysis.refuse('column', `NATURAL JOIN may compare every column of ${item.alias ?? 'a relation'}, ${why}.`, 'Join with ON or USING.', analysis.place);
    }
  }
}
