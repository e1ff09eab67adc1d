import type { AstNode } from '../grammar/ast.js';

/** A tree that the rewriting changes; the parsed one stays as it was. */
export interface MutableNode {
  [field: string]: MutableNode | MutableNode[] | string | number | boolean | undefined;
}

/** Copies a tree and tells which copy stands for which node. */
export function copyTree(tree: AstNode): { readonly copy: MutableNode; readonly copyOf: ReadonlyMap<AstNode, MutableNode> } {
  const copyOf = new Map<AstNode, MutableNode>();
  const visit = (node: AstNode): MutableNode => {
    const copy: MutableNode = {};
    copyOf.set(node, copy);
    for (const [field, value] of Object.entries(node)) {
      const copied = Array.isArray(value) ? (value as readonly AstNode[]).map(visit) : typeof value === 'object' ? visit(value as AstNode) : value;
      Object.defineProperty(copy, field, { value: copied, enumerable: true, writable: true, configurable: true });
    }
    return copy;
  };
  return { copy: visit(tree), copyOf };
}

/** Turns `node` into another node in place, so that whoever holds it sees the change. */
export function becomes(node: MutableNode, replacement: MutableNode): void {
  for (const field of Object.keys(node)) delete node[field];
  Object.assign(node, replacement);
}
