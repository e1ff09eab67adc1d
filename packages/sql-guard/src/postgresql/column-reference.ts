import { asList, asText, bodyOf, UnexpectedTree, asNode, unwrap, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis } from './analysis.js';
import { emptyScope, type Scope, type ScopeItem } from './scope.js';

const known = fields('fields location');

/** What a bare name turned out to be. */
export type Resolution = 'column' | 'whole-row' | 'uncertain' | 'refused';

/** `a`, `r.a`, `s.r.a`; stars are only for lists, see `readStar`. */
export function columnReference(analysis: Analysis, scope: Scope, node: AstNode): Resolution {
  const location = analysis.locate(node);
  analysis.onlyFields(node, 'ColumnRef', known);
  const { parts, star } = referenceParts(node);
  if (star) {
    readStar(analysis, scope, node);
    return 'whole-row';
  }
  if (parts.length === 1) return bareName(analysis, scope, parts[0] as string, location);
  const item = qualifier(analysis, scope, parts.slice(0, -1), node, location);
  if (item === null) return 'refused';
  return qualifiedName(analysis, item, parts.at(-1) as string, location);
}

/** The item that `r` or `s.r` names, or a refusal. */
function qualifier(analysis: Analysis, scope: Scope, parts: readonly string[], node: AstNode, location: number): ScopeItem | null {
  if (parts.length > 2) {
    analysis.refuse('cross-database', `The name ${parts.join('.')} is qualified with a database.`, 'Qualify columns with a table alias.', location);
    return null;
  }
  const alias = parts[parts.length - 1] as string;
  const schema = parts.length === 2 ? (parts[0] as string) : null;
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    for (const item of level.items) {
      if (item.alias !== alias || (schema !== null && item.schema !== schema)) continue;
      if (schema !== null) analysis.qualifiedColumns.push({ node, schema, relation: alias });
      return item;
    }
  }
  analysis.refuse('unknown-column', `Nothing in FROM is called ${parts.join('.')} here.`, 'Qualify the column with the alias of a table in the same query.', location);
  return null;
}

/** Column `name` of one item in FROM. */
export function qualifiedName(analysis: Analysis, item: ScopeItem, name: string, location: number): Resolution {
  analysis.grow(item.columns.growth(name));
  switch (item.columns.find(name)) {
    case 'yes':
      item.columns.read(name, analysis.recordColumn);
      return 'column';
    case 'maybe':
      // PostgreSQL reads r.f as f(r) when r has no column f.
      if (analysis.catalog.rowFunctions.has(name) && (!analysis.policy.function(null, name) || !item.columns.wildcard)) {
        analysis.refuse('attribute-notation', `${writtenAs(item, name)} may be a call of the function ${name}.`, 'List the columns of the table in the policy, or use another name.', location);
        return 'refused';
      }
      item.columns.read(name, analysis.recordColumn);
      return 'column';
    case 'computed':
      // The value may be anything, a row too, and PostgreSQL reads r.f as f(r) when r has no column f.
      if (!analysis.policy.compositeFields.has(name)) {
        analysis.refuse('attribute-notation', `${writtenAs(item, name)} may be a call of the function ${name}.`, `Name the columns of ${item.alias ?? 'the call'} in its alias, as in AS x(first, second).`, location);
        return 'refused';
      }
      item.columns.read(name, analysis.recordColumn);
      return 'column';
    case 'no':
      analysis.refuse('unknown-column', `${writtenAs(item, name)} is not a column.`, columnHint(item.columns.names), location);
      return 'refused';
    default:
      analysis.refuse('column', `The column ${writtenAs(item, name)} may not be read.`, columnHint(item.columns.names), location);
      return 'refused';
  }
}

const writtenAs = (item: ScopeItem, name: string): string => `${item.alias ?? 'the relation'}.${name}`;

const columnHint = (names: readonly string[] | null): string =>
  names === null || names.length === 0 ? 'Read another column.' : `Readable columns: ${names.slice(0, 30).join(', ')}.`;

/** A name without qualifier: a column of the nearest query that has one, else the whole row of a relation. */
function bareName(analysis: Analysis, scope: Scope, name: string, location: number): Resolution {
  const resolved = scope.resolved?.get(name);
  if (resolved !== undefined) {
    analysis.grow(resolved);
    return 'column';
  }
  let growth = 1;
  let possible = false;
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    let found = false;
    let unlisted: ScopeItem | null = null;
    for (const item of level.items) {
      if (!item.exposes) continue;
      const presence = item.columns.find(name);
      if (presence === 'hidden') {
        analysis.refuse('column', `The column ${name} may not be read.`, columnHint(item.columns.names), location);
        return 'refused';
      }
      if (presence === 'yes') found = true;
      if (presence === 'maybe' || presence === 'computed') possible = true;
      if (presence === 'yes' || presence === 'maybe' || presence === 'computed') {
        growth = Math.max(growth, item.columns.growth(name));
        item.columns.read(name, analysis.recordColumn);
      }
      if (presence === 'maybe-hidden') unlisted ??= item;
    }
    if (found) return remember(analysis, scope, name, growth);
    if (unlisted !== null) {
      analysis.refuse('column', `${name} may be a column of ${unlisted.alias ?? 'a relation'} that may not be read.`, 'Qualify the column with the alias of the table that has it.', location);
      return 'refused';
    }
  }
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const item = level.items.find((candidate) => candidate.alias === name);
    if (item === undefined) continue;
    analysis.grow(Math.max(growth, 2 * item.columns.growth('*')));
    analysis.quotes = true;
    wholeRow(analysis, item, name, location);
    return possible ? 'uncertain' : 'whole-row';
  }
  if (possible) return remember(analysis, scope, name, growth);
  analysis.refuse('unknown-column', `No column is called ${name} here.`, nearHint(scope), location);
  return 'refused';
}

function remember(analysis: Analysis, scope: Scope, name: string, growth: number): Resolution {
  analysis.grow(growth);
  if (scope === emptyScope) return 'column';
  scope.resolved ??= new Map();
  scope.resolved.set(name, growth);
  return 'column';
}

function nearHint(scope: Scope): string {
  const names = scope.items.flatMap((item) => (item.exposes ? (item.columns.names ?? []) : []));
  return names.length === 0 ? 'Name a column of a table in FROM.' : `Columns here: ${[...new Set(names)].slice(0, 30).join(', ')}.`;
}

function wholeRow(analysis: Analysis, item: ScopeItem, written: string, location: number): void {
  if (item.columns.wildcard) item.columns.read('*', analysis.recordColumn);
  else {
    const why = analysis.policy.source.wildcards === 'refuse' ? 'reads whole rows, which the policy refuses' : 'reads the whole row of a relation with columns that may not be read';
    analysis.refuse('wildcard', `${written} ${why}.`, 'Name the columns instead.', location);
  }
}

/** `*`, `r.*` or `s.r.*`. Returns the items whose columns it stands for, `null` when it is refused. */
export function readStar(analysis: Analysis, scope: Scope, node: AstNode): readonly ScopeItem[] | null {
  const location = analysis.locate(node);
  const { parts } = referenceParts(node);
  if (parts.length === 0) {
    const items = scope.items.filter((item) => item.exposes);
    for (const item of items) {
      analysis.grow(item.columns.growth('*'));
      wholeRow(analysis, item, '*', location);
    }
    return items;
  }
  const item = qualifier(analysis, scope, parts, node, location);
  if (item === null) return null;
  analysis.grow(item.columns.growth('*'));
  wholeRow(analysis, item, `${parts.join('.')}.*`, location);
  return [item];
}

/** Whether a column reference ends in a star. */
export function isStar(node: AstNode): boolean {
  const { fields: parts } = node;
  return Array.isArray(parts) && (parts as readonly AstNode[])[parts.length - 1]?.A_Star !== undefined;
}

export function referenceParts(node: AstNode): { readonly parts: readonly string[]; readonly star: boolean } {
  const parts: string[] = [];
  let star = false;
  for (const field of asList(node.fields)) {
    const { type, body } = unwrap(field);
    if (type === 'A_Star') star = true;
    else {
      if (type !== 'String' || star) throw new UnexpectedTree('A column reference has an unknown part.');
      parts.push(asText(body.sval));
    }
  }
  return { parts, star };
}

/** The column a bare reference names, for places where a name can mean an output column. */
export function bareColumnName(wrapper: AstNode): string | null {
  const body = bodyOf(wrapper, 'ColumnRef');
  if (body === null) return null;
  const parts = asList(body.fields);
  const name = parts.length === 1 ? parts[0]?.String : undefined;
  return name === undefined ? null : asText(asNode(name).sval);
}
