import { asBody, asList, asNode, asText, optionalNode, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { derivedColumns, renamedColumns } from './columns.js';
import { expression, optionalExpression } from './expression.js';
import { aliasOf, lateralPlace, type FromPlace } from './from-clause.js';
import { jsonArguments, jsonBehavior, jsonValue } from './json-expression.js';
import type { ScopeItem } from './scope.js';
import { checkTypeName } from './type-name.js';

const tableFields = fields('lateral docexpr rowexpr namespaces columns alias location');
const columnFields = fields('colname typeName for_ordinality is_not_null colexpr coldefexpr location');
const namespaceFields = fields('name val location');

/** XMLTABLE. */
export function rangeTableFunction(analysis: Analysis, node: AstNode, place: FromPlace): ScopeItem {
  const inside = lateralPlace(place);
  analysis.onlyFields(node, 'RangeTableFunc', tableFields);
  optionalExpression(analysis, inside, node.docexpr);
  optionalExpression(analysis, inside, node.rowexpr);
  for (const item of asList(node.namespaces)) {
    const target = asBody(item, 'ResTarget');
    analysis.onlyFields(target, 'ResTarget', namespaceFields);
    expression(analysis, inside, asNode(target.val));
  }
  const names = asList(node.columns).map((item) => {
    const column = asBody(item, 'RangeTableFuncCol');
    analysis.onlyFields(column, 'RangeTableFuncCol', columnFields);
    const type = optionalNode(column.typeName);
    if (type !== null) checkTypeName(analysis, type);
    optionalExpression(analysis, inside, column.colexpr);
    optionalExpression(analysis, inside, column.coldefexpr);
    return asText(column.colname);
  });
  const alias = aliasOf(analysis, node.alias);
  return { alias: alias.name ?? 'xmltable', schema: null, columns: renamedColumns(derivedColumns(names, 'no'), alias.columns), exposes: true };
}

const jsonTableFields = fields('context_item pathspec passing columns on_error alias lateral location');

/** JSON_TABLE, with nested paths. */
export function jsonTable(analysis: Analysis, node: AstNode, place: FromPlace): ScopeItem {
  const inside = lateralPlace(place);
  analysis.onlyFields(node, 'JsonTable', jsonTableFields);
  jsonValue(analysis, inside, node.context_item);
  pathSpecification(analysis, inside, node.pathspec);
  jsonArguments(analysis, inside, node.passing);
  jsonBehavior(analysis, inside, node.on_error);
  const names = jsonColumns(analysis, inside, node.columns);
  const alias = aliasOf(analysis, node.alias);
  // Nested columns come after those beside them, wherever they are written.
  const ordered = asList(node.columns).every((item) => asBody(item, 'JsonTableColumn').columns === undefined);
  return { alias: alias.name ?? 'json_table', schema: null, columns: renamedColumns(derivedColumns(names, 'no', ordered), alias.columns), exposes: true };
}

const pathFields = fields('string name name_location location');

function pathSpecification(analysis: Analysis, place: Place, value: AstValue): void {
  const node = optionalNode(value);
  if (node === null) return;
  analysis.onlyFields(node, 'JsonTablePathSpec', pathFields);
  optionalExpression(analysis, place, node.string);
}

const jsonColumnFields = fields('coltype name typeName pathspec format wrapper quotes columns on_empty on_error location');
const formatFields = fields('format_type encoding location');

function jsonColumns(analysis: Analysis, place: Place, list: AstValue): readonly string[] {
  return asList(list).flatMap((item) => {
    const node = asBody(item, 'JsonTableColumn');
    analysis.onlyFields(node, 'JsonTableColumn', jsonColumnFields);
    const type = optionalNode(node.typeName);
    if (type !== null) checkTypeName(analysis, type);
    const format = optionalNode(node.format);
    if (format !== null) analysis.onlyFields(format, 'JsonFormat', formatFields);
    pathSpecification(analysis, place, node.pathspec);
    jsonBehavior(analysis, place, node.on_empty);
    jsonBehavior(analysis, place, node.on_error);
    return node.columns === undefined ? [asText(node.name)] : jsonColumns(analysis, place, node.columns);
  });
}
