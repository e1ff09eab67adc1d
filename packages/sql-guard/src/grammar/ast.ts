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

/** The node type inside a wrapper and its body, read in one pass: looking the body up by a name that varies costs more than the rest of the walk. */
export function unwrap(wrapper: AstNode): { readonly type: string; readonly body: AstNode } {
  let type: string | undefined;
  let body: AstValue;
  for (const key in wrapper) {
    if (type !== undefined) throw new UnexpectedTree('A node has two types.');
    type = key;
    body = wrapper[key];
  }
  if (type === undefined) throw new UnexpectedTree('A node has no type.');
  return { type, body: asNode(body) };
}

/** The body of a wrapper if it is of the given type. */
export function bodyOf(wrapper: AstNode, type: string): AstNode | null {
  let found: string | undefined;
  let body: AstValue;
  for (const key in wrapper) {
    if (found !== undefined) throw new UnexpectedTree('A node has two types.');
    found = key;
    body = wrapper[key];
  }
  if (found === undefined) throw new UnexpectedTree('A node has no type.');
  return found === type ? asNode(body) : null;
}

/** The body of a wrapper that the grammar only ever makes of this type; any other is refused as unknown syntax. */
export function asBody(wrapper: AstNode, type: string): AstNode {
  const body = bodyOf(wrapper, type);
  if (body === null) throw new UnexpectedTree(`A ${type} was expected.`);
  return body;
}

/** The strings of a qualified name: `[{ String: { sval } }, ..]`. */
export function nameParts(list: AstValue): string[] {
  const parts: string[] = [];
  for (const item of asList(list)) {
    const body = bodyOf(item, 'String');
    if (body === null) throw new UnexpectedTree('A name was expected.');
    parts.push(asText(body.sval));
  }
  return parts;
}
