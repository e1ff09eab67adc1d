import { asBody, asList, asNode, asText, nameParts, type AstNode } from '../grammar/ast.js';
import { fields, type Analysis, type Place } from './analysis.js';
import { derivedColumns, renamedColumns, storedColumns } from './columns.js';
import { expressions, optionalExpression } from './expression.js';
import { aliasOf, type FromPlace } from './from-clause.js';
import { emptyScope, findCte, type ScopeItem } from './scope.js';

const relationFields = fields('catalogname schemaname relname inh relpersistence alias location');
const unknown = derivedColumns([], 'maybe');

/** A name in FROM: a common table expression in sight, else a table or view of the policy. */
export function storedRelation(analysis: Analysis, node: AstNode, place: FromPlace, plain: boolean): ScopeItem {
  const location = analysis.locate(node);
  analysis.onlyFields(node, 'RangeVar', relationFields);
  const name = asText(node.relname);
  const schema = node.schemaname === undefined ? null : asText(node.schemaname);
  const alias = aliasOf(analysis, node.alias);
  const visibleName = alias.name ?? name;
  const cte = schema === null && node.catalogname === undefined ? findCte(place.ctes, name) : null;
  if (cte !== null) return { alias: visibleName, schema: null, columns: renamedColumns(cte.columns, alias.columns), exposes: true };

  if (node.catalogname !== undefined) {
    analysis.refuse('cross-database', `${writtenName(node)} is qualified with a database.`, 'Name the relation as schema.name.', location);
    return { alias: visibleName, schema: null, columns: unknown, exposes: true };
  }
  const decision = analysis.policy.relation(schema, name);
  if (!decision.ok) {
    refuseRelation(analysis, decision.reason, writtenName(node), name, location);
    return { alias: visibleName, schema: null, columns: unknown, exposes: true };
  }
  const { rule } = decision;
  analysis.recordRelation(rule);
  analysis.references.push({ node, rule, plain });
  if (alias.columns.length > 0 && !rule.wildcard) {
    analysis.refuse('column', `Column aliases rename columns of ${writtenName(node)}, some of which may not be read.`, 'Leave the list of column aliases out.', location);
  }
  return { alias: visibleName, schema: alias.name === null ? rule.schema : null, columns: renamedColumns(storedColumns(rule), alias.columns), exposes: true };
}

const writtenName = ({ catalogname, schemaname, relname }: AstNode): string => [catalogname, schemaname, asText(relname)].filter((part) => part !== undefined).join('.');

function refuseRelation(analysis: Analysis, reason: 'unknown' | 'denied' | 'system' | 'view-reads-denied', written: string, name: string, location: number): void {
  if (reason === 'system') {
    analysis.refuse('system-catalog', `${written} is a system relation.`, 'Read only the tables you were told about.', location);
    return;
  }
  const near = analysis.policy.suggestions(name);
  const message = reason === 'view-reads-denied' ? `The view ${written} reads what the policy denies.` : reason === 'denied' ? `Reading ${written} is denied.` : `${written} is not a relation that may be read.`;
  analysis.refuse('relation', message, near.length > 0 && reason === 'unknown' ? `Did you mean ${near.join(' or ')}?` : 'Read only the tables you were told about.', location);
}

const sampleFields = fields('relation method args repeatable location');
const methods = fields('system bernoulli');

/** `relation TABLESAMPLE method (..)`. */
export function sampledRelation(analysis: Analysis, node: AstNode, place: FromPlace): ScopeItem {
  analysis.onlyFields(node, 'RangeTableSample', sampleFields);
  const method = nameParts(node.method);
  const builtIn = method.length === 1 || (method.length === 2 && method[0] === 'pg_catalog');
  if (!builtIn || !methods.has(method.at(-1) ?? '')) {
    analysis.refuse('function', `The sampling method ${method.join('.')} is not allowed.`, 'Sample with SYSTEM or BERNOULLI.', analysis.place);
  }
  // Unlike a call in FROM, these do not see the items to their left: a name means what it means further out.
  const outside: Place = { scope: place.parent ?? emptyScope, ctes: place.ctes };
  expressions(analysis, outside, asList(node.args));
  optionalExpression(analysis, outside, node.repeatable);
  return storedRelation(analysis, asBody(asNode(node.relation), 'RangeVar'), place, false);
}
