import { asList, asNode, asText, bodyOf, nameParts, nodeType, optionalNode, type AstNode } from '../grammar/ast.js';
import { isStar, referenceParts } from './column-reference.js';

/** A name PostgreSQL gives to an output column; a weak one gives way to the name of an enclosing CASE or cast. */
interface Figured {
  readonly name: string | null;
  readonly strong: boolean;
}

const fixed: ReadonlyMap<string, string> = new Map(Object.entries({
  A_ArrayExpr: 'array', RowExpr: 'row', CoalesceExpr: 'coalesce', GroupingFunc: 'grouping', XmlSerialize: 'xmlserialize',
  JsonParseExpr: 'json', JsonScalarExpr: 'json_scalar', JsonSerializeExpr: 'json_serialize', JsonObjectConstructor: 'json_object',
  JsonArrayConstructor: 'json_array', JsonArrayQueryConstructor: 'json_array', JsonObjectAgg: 'json_objectagg', JsonArrayAgg: 'json_arrayagg',
}));
const jsonFunctions: ReadonlyMap<string, string> = new Map(Object.entries({ JSON_EXISTS_OP: 'json_exists', JSON_QUERY_OP: 'json_query', JSON_VALUE_OP: 'json_value' }));
const xmlFunctions: ReadonlyMap<string, string> = new Map(Object.entries({
  IS_XMLCONCAT: 'xmlconcat', IS_XMLELEMENT: 'xmlelement', IS_XMLFOREST: 'xmlforest', IS_XMLPARSE: 'xmlparse', IS_XMLPI: 'xmlpi', IS_XMLROOT: 'xmlroot',
}));

/** The name of an output column without AS, by the rules of PostgreSQL's `FigureColname`; `null` when it depends on a row. */
export function outputName(expression: AstNode): string | null {
  const figured = figure(expression);
  return figured === null ? '?column?' : figured.name;
}

function figure(wrapper: AstNode): Figured | null {
  const type = nodeType(wrapper);
  const node = asNode(wrapper[type]);
  const strong = (name: string | undefined): Figured | null => (name === undefined ? null : { name, strong: true });
  switch (type) {
    case 'ColumnRef': return strong(referenceParts(node).parts.at(-1));
    case 'A_Indirection': {
      const field = asList(node.indirection).flatMap((step) => (nodeType(step) === 'String' ? [asText(asNode(step.String).sval)] : [])).at(-1);
      return field === undefined ? figure(asNode(node.arg)) : strong(field);
    }
    case 'FuncCall': return strong(nameParts(node.funcname).at(-1));
    case 'A_Expr': return node.kind === 'AEXPR_NULLIF' ? strong('nullif') : null;
    case 'TypeCast': {
      const found = figure(asNode(node.arg));
      return found?.strong === true ? found : { name: nameParts(asNode(node.typeName).names).at(-1) ?? '', strong: false };
    }
    case 'CollateClause': return figure(asNode(node.arg));
    case 'SubLink': return subLinkName(node);
    case 'CaseExpr': {
      const otherwise = optionalNode(node.defresult);
      const found = otherwise === null ? null : figure(otherwise);
      return found?.strong === true ? found : { name: 'case', strong: false };
    }
    case 'MinMaxExpr': return strong(node.op === 'IS_LEAST' ? 'least' : 'greatest');
    case 'SQLValueFunction': return strong(asText(node.op).replace('SVFOP_', '').replace('_N', '').toLowerCase());
    case 'JsonFuncExpr': return strong(jsonFunctions.get(asText(node.op)));
    case 'XmlExpr': return strong(xmlFunctions.get(asText(node.op)));
    default: return strong(fixed.get(type));
  }
}

function subLinkName(node: AstNode): Figured | null {
  switch (node.subLinkType) {
    case 'EXISTS_SUBLINK': return { name: 'exists', strong: true };
    case 'ARRAY_SUBLINK': return { name: 'array', strong: true };
    case 'EXPR_SUBLINK': {
      let select = asNode(asNode(node.subselect).SelectStmt);
      while (select.larg !== undefined) select = asNode(select.larg);
      const first = asList(select.targetList)[0];
      if (first === undefined) return { name: 'column1', strong: true };
      const target = asNode(first.ResTarget);
      if (target.name !== undefined) return { name: asText(target.name), strong: true };
      const value = asNode(target.val);
      // A star stands for a column, and the name is that column's.
      return { name: isExpansion(value) ? null : outputName(value), strong: true };
    }
    default: return null;
  }
}

/** `*`, `r.*` or `(expression).*`. */
export function isExpansion(value: AstNode): boolean {
  const reference = bodyOf(value, 'ColumnRef');
  if (reference !== null) return isStar(reference);
  const indirection = bodyOf(value, 'A_Indirection');
  return indirection !== null && asList(indirection.indirection).at(-1)?.A_Star !== undefined;
}
