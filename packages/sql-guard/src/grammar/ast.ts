/** A node of PostgreSQL's parse tree, as libpg_query prints it in JSON: fields with their default value are absent. */
export interface AstNode {
  readonly [field: string]: AstValue;
}

export type AstValue = string | number | boolean | undefined | AstNode | readonly AstNode[];

/** Thrown when a tree does not have the expected shape: the statement is then refused. */
export class UnexpectedTree extends Error {}

export function asNode(value: AstValue): AstNode {
  if (typeof value !== 'object' || Array.isArray(value)) throw new UnexpectedTree('A node was expected.');
  return value as AstNode;
}

export function optionalNode(value: AstValue): AstNode | null {
  return value === undefined ? null : asNode(value);
}

const none: readonly AstNode[] = [];

export function asList(value: AstValue): readonly AstNode[] {
  if (value === undefined) return none;
  if (!Array.isArray(value)) throw new UnexpectedTree('A list was expected.');
  return value as readonly AstNode[];
}

export function asText(value: AstValue): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw new UnexpectedTree('Text was expected.');
  return value;
}

export function asInteger(value: AstValue): number {
  if (value === undefined) return 0;
  if (typeof value !== 'number') throw new UnexpectedTree('A number was expected.');
  return value;
}

/** The one node type inside a wrapper such as `{ ColumnRef: {..} }`. */
export function nodeType(wrapper: AstNode): string {
  let found: string | undefined;
  for (const key in wrapper) {
    if (found !== undefined) throw new UnexpectedTree('A node has two types.');
    found = key;
  }
  if (found === undefined) throw new UnexpectedTree('A node has no type.');
  return found;
}

/** The body of a wrapper if it is of the given type. */
export function bodyOf(wrapper: AstNode, type: string): AstNode | null {
  return nodeType(wrapper) === type ? asNode(wrapper[type]) : null;
}

/** The strings of a qualified name: `[{ String: { sval } }, ..]`. */
export function nameParts(list: AstValue): string[] {
  return asList(list).map((item) => {
    const body = bodyOf(item, 'String');
    if (body === null) throw new UnexpectedTree('A name was expected.');
    return asText(body.sval);
  });
}
