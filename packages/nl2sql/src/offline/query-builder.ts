import type { ParameterValue } from '../pipeline/parameter-value.js';
import { quotedName } from './quoted-name.js';
import type { Column, Edge, Node } from './schema-graph.js';

/** Names that a whole statement shares: aliases and parameters. */
export class Names {
  readonly parameters: Record<string, ParameterValue> = {};
  private readonly aliases = new Set<string>();

  alias(wanted: string): string {
    let alias = wanted;
    for (let number = 2; this.aliases.has(alias); number += 1) alias = `${wanted}_${number}`;
    this.aliases.add(alias);
    return alias;
  }

  /** Adds a parameter and gives its `:name`; equal values of one wanted name share it. */
  parameter(wanted: string, value: ParameterValue): string {
    const base = wanted.toLowerCase().replace(/[^a-z0-9_]+/g, '_').replace(/^(?=\d)/, 'p') || 'value';
    let name = base;
    for (let number = 2; name in this.parameters && this.parameters[name] !== value; number += 1) name = `${base}_${number}`;
    this.parameters[name] = value;
    return `:${name}`;
  }
}

interface Join {
  readonly alias: string;
  readonly edge: Edge;
  readonly childAlias: string;
  inner: boolean;
}

/** One FROM clause: a root relation and the parents joined to it on demand, each once a path. */
export class Scope {
  readonly alias: string;
  readonly where: string[] = [];
  /** While true, relations are joined so that rows without them stay. */
  optional = false;
  private readonly joins = new Map<string, Join>();

  constructor(
    readonly root: Node,
    readonly names: Names,
  ) {
    this.alias = names.alias(root.relation.name);
  }

  /** Adds a condition that may be there already. */
  require(condition: string): void {
    if (!this.where.includes(condition)) this.where.push(condition);
  }

  /** The alias at the end of a path of keys from the root, joined when it is not yet. */
  reach(path: readonly Edge[], required: boolean): string {
    const inner = required && !this.optional;
    let alias = this.alias;
    let key = '';
    for (const edge of path) {
      key += ` ${edge.id}`;
      const present = this.joins.get(key);
      if (present === undefined) {
        const own = edge.parent === this.root && edge.role.length > 0 ? edge.role.join('_') : edge.parent.relation.name;
        const join: Join = { alias: this.names.alias(own), edge, childAlias: alias, inner };
        this.joins.set(key, join);
        alias = join.alias;
      } else {
        present.inner ||= inner;
        alias = present.alias;
      }
    }
    return alias;
  }

  fromClause(): string {
    const joins = [...this.joins.values()].map(
      ({ alias, edge, childAlias, inner }) => `${inner ? 'JOIN' : 'LEFT JOIN'} ${relationAs(edge.parent, alias)} ON ${joinCondition(edge, childAlias, alias)}`,
    );
    return [`FROM ${relationAs(this.root, this.alias)}`, ...joins].join('\n');
  }
}

export function relationAs(node: Node, alias: string): string {
  return `${quotedName(node.relation.schema)}.${quotedName(node.relation.name)} AS ${quotedName(alias)}`;
}

export function joinCondition(edge: Edge, childAlias: string, parentAlias: string): string {
  return edge.key.from.columns.map((column, index) => `${quotedName(childAlias)}.${quotedName(column)} = ${quotedName(parentAlias)}.${quotedName(edge.key.to.columns[index] ?? '')}`).join(' AND ');
}

export function columnRef(alias: string, column: Column): string {
  return `${quotedName(alias)}.${quotedName(column.column.name)}`;
}
