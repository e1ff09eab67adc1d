import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog/load-catalog.js';
import type { AstNode } from '../grammar/ast.js';
import { loadParser } from '../grammar/load-parser.js';
import { bindParameters } from '../input/bind-parameters.js';
import { screenInput } from '../input/screen-input.js';
import { compilePolicy } from '../policy/compiled-policy.js';
import { parsePolicy } from '../policy/parse-policy.js';
import { attackPolicy } from '../testing/attack-policy.js';
import { legitimateStatements } from '../testing/legitimate-statements.js';
import { analyzeTree } from './analyze-tree.js';

const parser = await loadParser(17);
const catalog = await loadCatalog(17);
const policy = compilePolicy(parsePolicy(attackPolicy), catalog);

function treeOf(sql: string): AstNode {
  const screened = screenInput(sql, policy.source.limits);
  const parsed = parser.parse(screened.ok ? bindParameters(sql, screened.parameters).text : sql);
  if (!parsed.ok) throw new Error(`${parsed.kind}: ${sql}`);
  return parsed.tree;
}
const refused = (tree: AstNode): boolean => analyzeTree(tree, policy, catalog).violations.length > 0;

type Json = { [field: string]: unknown };
type Step = string | number;
const isNode = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every change of one kind that turns a tree of today's grammar into one of a grammar to come, named by where it was made. */
function* changes(value: unknown, context: string, path: readonly Step[]): Generator<{ readonly name: string; readonly path: readonly Step[]; readonly change: (node: Json) => void }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* changes(item, context, [...path, index]);
    return;
  }
  if (!isNode(value)) return;
  const fields = Object.keys(value);
  const [type = ''] = fields;
  const wraps = fields.length === 1 && /^[A-Z]/.test(type) && isNode(value[type]);
  if (wraps) {
    yield { name: `${context} of a new type`, path, change: (node) => { node.BrandNew = node[type]; delete node[type]; } };
    yield* changes(value[type], type, [...path, type]);
    return;
  }
  yield { name: `${context} with a new field`, path, change: (node) => { node.brand_new = 1; } };
  for (const field of fields) {
    const inner = value[field];
    if (typeof inner === 'string' && /^[A-Z]+_[A-Z_]+$/.test(inner)) yield { name: `${context}.${field} of a new kind`, path, change: (node) => { node[field] = 'BRAND_NEW'; } };
    else yield* changes(inner, `${context}.${field}`, [...path, field]);
  }
}

function changed(tree: AstNode, path: readonly Step[], change: (node: Json) => void): AstNode {
  const copy = structuredClone(tree) as Json;
  change(path.reduce<unknown>((node, step) => (node as Record<Step, unknown>)[step], copy) as Json);
  return copy as AstNode;
}

/** What of the trees says nothing that matters: the wrappings of words and lists, and choices among forms that all only read. */
const ignored = [
  'A_Star with a new field', 'Integer with a new field', 'List with a new field', 'String with a new field', 'cycle_clause.cycle_col_list of a new type', 'search_clause.search_col_list of a new type',
  ...['BooleanTest.booltesttype', 'GroupingSet.kind', 'JsonFuncExpr.quotes', 'JsonFuncExpr.wrapper', 'JsonIsPredicate.item_type', 'JsonTableColumn.coltype', 'JsonTableColumn.quotes', 'JsonTableColumn.wrapper', 'MinMaxExpr.op'].map((field) => `${field} of a new kind`),
  ...['NullTest.nulltesttype', 'RowExpr.row_format', 'SortBy.sortby_nulls', 'XmlExpr.xmloption', 'XmlSerialize.xmloption', 'format.encoding', 'format.format_type', 'on_empty.btype', 'on_error.btype'].map((field) => `${field} of a new kind`),
].sort();

describe('syntax of a grammar to come', () => {
  const trees = [
    ...legitimateStatements().filter(({ from = 16 }) => from <= 17).map(({ sql }) => sql),
    "WITH RECURSIVE v AS (SELECT 1 AS f UNION ALL SELECT f + 1 FROM v) SEARCH BREADTH FIRST BY f SET o CYCLE f SET looped TO 'y' DEFAULT 'n' USING way SELECT f FROM v",
    "SELECT x.a FROM XMLTABLE(XMLNAMESPACES('http://a' AS n), '/r' PASSING '<r/>' COLUMNS a int PATH '@a' DEFAULT 1, o FOR ORDINALITY) x",
    "SELECT JSON_VALUE('1', '$' PASSING 1 AS p RETURNING int DEFAULT 1 ON EMPTY ERROR ON ERROR), JSON_OBJECT('a': '1' FORMAT JSON RETURNING text FORMAT JSON), JSON_ARRAY(SELECT 1 FORMAT JSON), '1' IS JSON",
    "SELECT j.a FROM JSON_TABLE('[1]', '$[*]' AS r PASSING 1 AS p COLUMNS (a int PATH '$' DEFAULT 1 ON EMPTY, b text FORMAT JSON PATH '$', NESTED PATH '$' COLUMNS (c int PATH '$')) ERROR ON ERROR) j",
    'SELECT r.a FROM ROWS FROM (json_to_record(\'{}\') AS (a int, b text)) r', "SELECT amount FROM orders ORDER BY amount USING <, ARRAY[1]::int[3] LIMIT 3 OFFSET 1",
    'SELECT sum(amount) FILTER (WHERE id > 1) OVER w FROM orders WINDOW w AS (PARTITION BY id ORDER BY amount)', "SELECT XMLFOREST(1 AS a), XMLSERIALIZE(CONTENT '<a/>' AS text)", 'VALUES (1, 2), (3, 4)',
    'SELECT JSON_ARRAYAGG(amount ORDER BY id RETURNING text) FILTER (WHERE id > 1) OVER (PARTITION BY id), JSON_OBJECTAGG(id: amount) FROM orders',
  ].map((sql) => [sql, treeOf(sql)] as const);

  it('starts from statements that are accepted', () => {
    expect(trees.filter(([, tree]) => refused(tree)).map(([sql]) => sql)).toEqual([]);
  });

  it('is refused wherever it appears', () => {
    const seen = new Set<string>();
    const accepted: string[] = [];
    for (const [, tree] of trees) {
      for (const { name, path, change } of changes(tree, 'ParseResult', [])) {
        if (seen.has(name)) continue;
        seen.add(name);
        if (!refused(changed(tree, path, change))) accepted.push(/[^.]*\.?[^.]*$/.exec(name)?.[0] ?? name);
      }
    }
    expect(seen.size).toBeGreaterThan(250);
    expect([...new Set(accepted)].sort()).toEqual(ignored);
  });

  it('is refused with a reason when the tree has another shape', () => {
    expect(analyzeTree({ stmts: [{ stmt: { SelectStmt: 'text' } }] }, policy, catalog).violations).toMatchObject([{ rule: 'unsupported-syntax', message: expect.stringContaining('This form of the statement') as string }]);
    expect(analyzeTree({ stmts: [{ stmt: { One: {}, Two: {} } }] }, policy, catalog).violations).toMatchObject([{ rule: 'unsupported-syntax' }]);
    expect(analyzeTree({ stmts: [{ stmt: {} }, {}] }, policy, catalog).violations).toMatchObject([{ rule: 'multiple-statements', location: 0 }]);
  });

  it('is refused when it is nested deeper than the stack', () => {
    const deep = compilePolicy(parsePolicy({ version: 1, limits: { expressionDepth: 10_000_000 } }), catalog);
    let expression: AstNode = { A_Const: { ival: {} } };
    for (let depth = 0; depth < 60_000; depth += 1) expression = { NullTest: { arg: expression } };
    const tree: AstNode = { stmts: [{ stmt: { SelectStmt: { targetList: [{ ResTarget: { val: expression } }], limitOption: 'LIMIT_OPTION_DEFAULT', op: 'SETOP_NONE' } } }] };
    expect(analyzeTree(tree, deep, catalog).violations).toMatchObject([{ rule: 'limit', location: 0 }]);
  });

  it('does not hide a fault of the policy', () => {
    const faulty = { ...policy, relation: () => { throw new TypeError('fault'); } };
    expect(() => analyzeTree(treeOf('SELECT 1 FROM orders'), faulty, catalog)).toThrow(TypeError);
  });
});
