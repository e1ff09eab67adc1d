import { asList, asText, type AstNode, type AstValue } from '../grammar/ast.js';
import type { Scope, ScopeItem } from '../postgresql/scope.js';
import { folded, type MysqlAnalysis, type Place } from './mysql-analysis.js';

/**
 * Characters that MySQL folds to an ASCII letter and JavaScript does not, or the other way round:
 * with them a name could mean a hidden column to the server and nothing here.
 */
const foldsToAscii = /[\u0130\u0131\u017f\u212a]/;

/** The text of an identifier node. */
export function identifier(analysis: MysqlAnalysis, node: AstNode): string {
  const name = asText(node.value);
  if (foldsToAscii.test(name)) analysis.unsupported(`The name ${name}`);
  return name;
}

/** The parts of `a.b.c`, printed as identifiers or wrapped in `{ Identifier }`. */
export function nameParts(analysis: MysqlAnalysis, list: AstValue): readonly string[] {
  return asList(list).map((part) => identifier(analysis, (part.Identifier ?? part) as AstNode));
}

/** `column`, `table.column` or `database.table.column`. */
export function columnName(analysis: MysqlAnalysis, place: Place, parts: readonly string[]): void {
  const name = folded(parts.at(-1) ?? '');
  if (parts.length === 1) {
    bareName(analysis, place, name);
    return;
  }
  const item = qualifier(analysis, place.scope, parts.slice(0, -1));
  if (item === null) return;
  const presence = item.columns.find(name);
  const written = parts.join('.');
  analysis.grow(item.columns.growth(name));
  if (presence === 'yes' || presence === 'maybe') item.columns.read(name, analysis.recordColumn);
  else if (presence === 'no') analysis.refuse('unknown-column', `${written} is not a column.`, columnHint([item]));
  else analysis.refuse('column', `The column ${written} may not be read.`, columnHint([item]));
}

/**
 * The item in FROM that `t` or `database.t` names, or a refusal. Whether case counts in these names depends on the server:
 * one that differs in nothing else is meant where case does not count, so it may not be passed over for an exact one further out.
 */
export function qualifier(analysis: MysqlAnalysis, scope: Scope, parts: readonly string[]): ScopeItem | null {
  const alias = parts.at(-1) ?? '';
  const schema = parts.length === 1 ? null : parts.slice(0, -1).join('.');
  const written = parts.join('.');
  let near: ScopeItem | null = null;
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    const exact = level.items.find((item) => item.alias === alias && (schema === null || item.schema === null || item.schema === schema));
    if (exact !== undefined) {
      if (near !== null) {
        analysis.refuse('unknown-column', `${written} and ${near.alias ?? ''} differ only in case, which counts on some servers.`, 'Give them names that differ in more.');
        return null;
      }
      if (schema === null) return exact;
      if (exact.schema === null) {
        analysis.refuse('unknown-column', `${written} is qualified with a database, and ${alias} is not a stored table here.`, 'Qualify the column with the alias alone.');
        return null;
      }
      analysis.qualified.add(`${schema}.${alias}`);
      return exact;
    }
    near ??= level.items.find((item) => item.alias !== null && folded(item.alias) === folded(alias)) ?? null;
  }
  if (near !== null && schema === null) return near;
  analysis.refuse('unknown-column', `Nothing in FROM is called ${written} here.`, 'Qualify the column with the alias of a table in the same query.');
  return null;
}

/** A name without qualifier belongs to the nearest query that has such a column; in GROUP BY, HAVING and ORDER BY it may also be an output column. */
function bareName(analysis: MysqlAnalysis, { scope, outputs }: Place, name: string): void {
  let possible = outputs?.has(name) === true;
  analysis.grow(growthOf(scope, name));
  for (let level: Scope | null = scope; level !== null; level = level.parent) {
    let found = false;
    let unlisted: ScopeItem | null = null;
    for (const item of level.items) {
      const presence = item.columns.find(name);
      if (presence === 'hidden') {
        analysis.refuse('column', `The column ${name} may not be read.`, columnHint([item]));
        return;
      }
      if (presence === 'maybe-hidden') unlisted ??= item;
      if (presence === 'yes') found = true;
      if (presence === 'maybe') possible = true;
      if (presence === 'yes' || presence === 'maybe') item.columns.read(name, analysis.recordColumn);
    }
    if (found) return;
    if (unlisted !== null) {
      analysis.refuse('column', `${name} may be a column of ${unlisted.alias ?? 'a table'} that may not be read.`, 'Qualify the column with the alias of the table that has it.');
      return;
    }
    // Outputs are those of the nearest query; further out only a hidden column of the same name matters, and MySQL finds the output first.
    if (outputs?.has(name) === true) return;
  }
  if (!possible) analysis.refuse('unknown-column', `No column is called ${name} here.`, columnHint(scope.items));
}

/** What a bare name grows to at most, whichever of those in sight it means. */
function growthOf(scope: Scope, name: string): number {
  let growth = 1;
  for (let level: Scope | null = scope; level !== null; level = level.parent) for (const { columns } of level.items) if (columns.find(name) !== 'no') growth = Math.max(growth, columns.growth(name));
  return growth;
}

/** USING compares the column of both sides, which reveals it. */
export function usingColumn(analysis: MysqlAnalysis, side: readonly ScopeItem[], written: string): void {
  const name = folded(written);
  const presences = side.map((item) => item.columns.find(name));
  if (presences.includes('hidden') || presences.includes('maybe-hidden')) {
    analysis.refuse('column', `USING compares the column ${written}, which may not be read.`, 'Join on columns that may be read.');
    return;
  }
  for (const item of side) if (item.columns.find(name) !== 'no') item.columns.read(name, analysis.recordColumn);
  if (presences.every((presence) => presence === 'no')) analysis.refuse('unknown-column', `USING names ${written}, which is not a column of both sides.`, 'Join with ON.');
}

/** All columns of some items: `*`, `t.*` and NATURAL JOIN. Returns them, `null` when they are not all known. */
export function everyColumn(analysis: MysqlAnalysis, items: readonly ScopeItem[], written: string): readonly string[] | null {
  const names: string[] = [];
  let complete = true;
  for (const { columns } of items) {
    analysis.grow(columns.growth('*'));
    if (columns.wildcard) columns.read('*', analysis.recordColumn);
    else analysis.refuse('wildcard', `${written} reads whole rows of a table with columns that may not be read.`, 'Name the columns, and join with ON.');
    if (columns.names === null) complete = false;
    else names.push(...columns.names);
  }
  return complete ? names : null;
}

function columnHint(items: readonly ScopeItem[]): string {
  const names = [...new Set(items.flatMap((item) => item.columns.names ?? []))];
  return names.length === 0 ? 'Read another column.' : `Readable columns: ${names.slice(0, 30).join(', ')}.`;
}
