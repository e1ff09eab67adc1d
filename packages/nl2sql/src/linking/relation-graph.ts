import type { SchemaArtifact } from '../artifact/schema-artifact.js';

/** Relations by number, and which of them a foreign key joins. */
export interface RelationGraph {
  readonly neighbours: readonly (readonly number[])[];
  /** The relations between two, ends left out, when at most `longest` of them connect; null otherwise. */
  path(from: number, to: number, longest: number): readonly number[] | null;
}

/** Numbers the components of a graph: relations that joins connect have the same number. */
export function connectedComponents(graph: RelationGraph): Int32Array {
  const components = new Int32Array(graph.neighbours.length).fill(-1);
  let count = 0;
  for (let start = 0; start < components.length; start += 1) {
    if (components[start] !== -1) continue;
    const stack = [start];
    components[start] = count;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const neighbour of graph.neighbours[node] ?? []) {
        if (components[neighbour] === -1) {
          components[neighbour] = count;
          stack.push(neighbour);
        }
      }
    }
    count += 1;
  }
  return components;
}

/** A name under which a relation is found in maps; names hold no NUL. */
export function relationKey(schema: string, name: string): string {
  return `${schema}\u0000${name}`;
}

/** Makes the graph of an artifact's foreign keys, declared and inferred. */
export function createRelationGraph(artifact: SchemaArtifact): RelationGraph {
  const numbers = new Map(artifact.relations.map((relation, index) => [relationKey(relation.schema, relation.name), index]));
  const sets = artifact.relations.map(() => new Set<number>());
  for (const { from, to } of artifact.foreignKeys) {
    const a = numbers.get(relationKey(from.schema, from.relation));
    const b = numbers.get(relationKey(to.schema, to.relation));
    if (a === undefined || b === undefined || a === b) continue;
    sets[a]?.add(b);
    sets[b]?.add(a);
  }
  const neighbours = sets.map((set) => [...set]);
  return { neighbours, path: (from, to, longest) => shortestPath(neighbours, from, to, longest) };
}

function shortestPath(neighbours: readonly (readonly number[])[], from: number, to: number, longest: number): readonly number[] | null {
  const cameFrom = new Map<number, number>([[from, -1]]);
  let frontier = [from];
  for (let steps = 0; steps <= longest && frontier.length > 0; steps += 1) {
    const next: number[] = [];
    for (const node of frontier) {
      for (const neighbour of neighbours[node] ?? []) {
        if (cameFrom.has(neighbour)) continue;
        cameFrom.set(neighbour, node);
        if (neighbour === to) return between(cameFrom, from, node);
        next.push(neighbour);
      }
    }
    frontier = next;
  }
  return null;
}

function between(cameFrom: ReadonlyMap<number, number>, from: number, last: number): readonly number[] {
  const path: number[] = [];
  for (let node = last; node !== from && node !== -1; node = cameFrom.get(node) ?? -1) path.unshift(node);
  return path;
}
