import type { ArtifactColumn, ForeignKey, Relation, SchemaArtifact } from '../artifact/schema-artifact.js';
import { splitIdentifier } from '../introspection/split-identifier.js';
import { columnMark, columnWords, relationWords } from './identifier-words.js';
import { columnKind } from './column-kind.js';
import type { ColumnKind } from './column-kind.js';
import { labelColumns } from './label-columns.js';
import { singular } from './singular.js';

/** A relation with what the answerer derives from it once. */
export interface Node {
  readonly key: string;
  readonly relation: Relation;
  /** Singular words of its name. */
  readonly words: readonly string[];
  /** What its columns begin with that only repeats its name in short: the "mbr" of `mbr_name`. */
  readonly mark: string | null;
  readonly columns: ReadonlyMap<string, Column>;
  /** The columns that name a row to people; empty when there is none. */
  readonly label: readonly Column[];
  /** Keys from this relation to its parents. */
  readonly parents: readonly Edge[];
  /** Keys of other relations to this one. */
  readonly children: readonly Edge[];
  /** Every column's foreign key columns. */
  readonly keyColumns: ReadonlySet<string>;
}

export interface Column {
  readonly node: Node;
  readonly column: ArtifactColumn;
  readonly kind: ColumnKind;
  readonly words: readonly string[];
}

/** A foreign key as an arrow from child to parent. */
export interface Edge {
  readonly id: string;
  readonly key: ForeignKey;
  readonly child: Node;
  readonly parent: Node;
  /** Words of the key's columns that are not the parent's name or "id": the role the parent plays, such as `advisor`. */
  readonly role: readonly string[];
}

export interface SchemaGraph {
  readonly artifact: SchemaArtifact;
  readonly nodes: readonly Node[];
  node(schema: string, name: string): Node | undefined;
}

const keyWords = new Set(['id', 'key', 'fk', 'code', 'no', 'num', 'number', 'uuid', 'ref']);

/** The artifact as nodes and arrows. */
export function schemaGraph(artifact: SchemaArtifact): SchemaGraph {
  const enumNames = new Set(artifact.enums.flatMap(({ schema, name }) => [name, `${schema}.${name}`, `"${name}"`]));
  const nodes = artifact.relations.map((relation) => makeNode(relation, enumNames));
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  for (const key of artifact.foreignKeys) {
    const child = byKey.get(`${key.from.schema}.${key.from.relation}`);
    const parent = byKey.get(`${key.to.schema}.${key.to.relation}`);
    if (child === undefined || parent === undefined) continue;
    const edge: Edge = { id: `${child.key}(${key.from.columns.join()})->${parent.key}`, key, child, parent, role: roleWords(key, parent) };
    child.parents.push(edge);
    parent.children.push(edge);
    for (const column of key.from.columns) child.keyColumns.add(column);
  }
  return { artifact, nodes, node: (schema, name) => byKey.get(`${schema}.${name}`) };
}

interface MutableNode extends Node {
  readonly parents: Edge[];
  readonly children: Edge[];
  readonly keyColumns: Set<string>;
}

function makeNode(relation: Relation, enumNames: ReadonlySet<string>): MutableNode {
  const columns = new Map<string, Column>();
  const mark = columnMark(relationWords(relation.name), relation.columns.map(({ name }) => name));
  const node: MutableNode = {
    key: `${relation.schema}.${relation.name}`,
    relation,
    words: relationWords(relation.name).map(singular),
    mark,
    columns,
    label: [],
    parents: [],
    children: [],
    keyColumns: new Set(),
  };
  for (const column of relation.columns) columns.set(column.name, { node, column, kind: columnKind(column, enumNames), words: columnWords(column.name, mark).map(singular) });
  return Object.assign(node, { label: labelColumns(node) });
}

function roleWords(key: ForeignKey, parent: Node): readonly string[] {
  // `mbr_id` that points to `mbr_id` tells of no part that the parent plays.
  if (key.from.columns.length !== 1 || (key.from.columns[0] === key.to.columns[0] && columnWords(key.from.columns[0] ?? '', parent.mark).length < splitIdentifier(key.from.columns[0] ?? '').length)) return [];
  const words = splitIdentifier(key.from.columns[0] ?? '').map(singular);
  return words.filter((word) => !keyWords.has(word) && !parent.words.includes(word));
}
