import { expandAbbreviations } from './abbreviations.js';
import { holdsPeople } from './holds-people.js';
import type { Link } from './link.js';
import type { Edge, Node } from './schema-graph.js';
import { wordsOf } from './words-of.js';

/** Takes a phrase and what it may stand for. */
export type Add = (words: readonly string[], link: Link) => void;
/** Takes a verb, in any form, and what it may stand for. */
export type AddVerb = (word: string, link: Link) => void;

/** What it costs to read the last word of a relation's name for all of it. */
export const lastWordCost = 0.4;

/** What a relation is called: its name, synonyms, the last word of a long name, and what names its rows. */
export function addRelation(node: Node, add: Add, addVerb: AddVerb): void {
  const link: Link = { kind: 'relation', node, cost: 0 };
  const last = node.words.at(-1);
  add(node.words, link);
  add(expandAbbreviations(node.words), link);
  add([...wordsOf(node.relation.schema), ...node.words], link);
  for (const synonym of node.relation.synonyms) {
    const words = wordsOf(synonym);
    add(words, { ...link, cost: 0.2 });
    if (words.length === 1 && words[0] !== undefined) addVerb(words[0], { ...link, cost: 0.3 });
  }
  if (holdsPeople(node)) add(['person'], { ...link, cost: 0.3 });
  if (node.words.length > 1 && last !== undefined) add([last], { ...link, cost: lastWordCost });
  if (node.words.length === 1 && last !== undefined) addVerb(last, { ...link, cost: 0.2 });
  if (node.label.length > 0) for (const words of [[...node.words, 'name'], ['name'], ...(node.words.length > 1 && last !== undefined ? [[last, 'name']] : [])]) add(words, { kind: 'label', node, cost: 0 });
}

/** What a key is called after the part its parent plays: "origin depot", "led by". */
export function addRole(edge: Edge, add: Add, addVerb: AddVerb): void {
  const link: Link = { kind: 'role', edge, cost: 0.1 };
  add(edge.role, link);
  add([...edge.role, ...edge.parent.words], link);
  for (const phrase of edge.key.phrases) add(wordsOf(phrase), { ...link, cost: 0 });
  const [only] = edge.role;
  if (edge.role.length === 1 && only !== undefined) addVerb(only, link);
}
