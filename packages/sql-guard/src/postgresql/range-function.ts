import { asBody, asList, asNode, asText, UnexpectedTree, type AstNode, type AstValue } from '../grammar/ast.js';
import { fields, type Analysis } from './analysis.js';
import { callOutput } from './call-output.js';
import { derivedColumns, renamedColumns } from './columns.js';
import { expression } from './expression.js';
import { aliasOf, lateralPlace, type FromPlace } from './from-clause.js';
import { outputName } from './output-name.js';
import type { ScopeItem } from './scope.js';
import { checkTypeName } from './type-name.js';

const rangeFields = fields('lateral ordinality is_rowsfrom functions alias coldeflist');

/** `FROM f(..)`, `ROWS FROM (f(..), g(..))`, with column definitions and WITH ORDINALITY. Calls see the items to their left. */
export function rangeFunction(analysis: Analysis, node: AstNode, place: FromPlace): ScopeItem {
  analysis.onlyFields(node, 'RangeFunction', rangeFields);
  const alias = aliasOf(analysis, node.alias);
  const calls = asList(node.functions);
  const before = analysis.growth;
  const names: string[] = [];
  let complete = true;
  let first: string | null = null;
  for (const entry of calls) {
    // The second of the pair is empty for a call without column definitions.
    const [call, definitions = {}] = asList(asBody(entry, 'List').items);
    if (call === undefined) throw new UnexpectedTree('ROWS FROM has no call.');
    expression(analysis, lateralPlace(place), call);
    const name = outputName(call);
    first ??= name;
    const defined = [...(Object.keys(definitions).length === 0 ? [] : columnDefinitions(analysis, asBody(definitions, 'List').items)), ...columnDefinitions(analysis, node.coldeflist)];
    const output = defined.length > 0 ? defined : callOutput(analysis, call);
    if (output === 'unknown') complete = false;
    else if (output !== 'value') names.push(...output);
    else names.push((calls.length === 1 ? alias.name : null) ?? name ?? '');
  }
  if (node.ordinality === true) names.push('ordinality');
  // Of a call whose result only the server knows, x.f may be f(x), and the result may be any value.
  const columns = derivedColumns(names, complete ? 'no' : 'computed', true, [...names, ''].map(() => Math.max(1, analysis.growth - before)));
  return { alias: alias.name ?? first, schema: null, columns: renamedColumns(columns, alias.columns), exposes: true };
}

const definitionFields = fields('colname typeName is_local collClause location');

function columnDefinitions(analysis: Analysis, list: AstValue): readonly string[] {
  return asList(list).map((item) => {
    const node = asBody(item, 'ColumnDef');
    analysis.onlyFields(node, 'ColumnDef', definitionFields);
    if (node.collClause !== undefined) analysis.unsupported('ColumnDef.collClause');
    checkTypeName(analysis, asNode(node.typeName));
    return asText(node.colname);
  });
}
