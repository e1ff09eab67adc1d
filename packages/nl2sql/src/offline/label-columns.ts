import type { Column, Node } from './schema-graph.js';

const personNames: readonly (readonly [string, string])[] = [
  ['first name', 'last name'], ['given name', 'family name'], ['firstname', 'lastname'], ['first name', 'surname'], ['forename', 'surname'],
];
const wholeNames = ['full name', 'display name'];
const singleNames = ['name', 'title', 'label', 'username', 'user name', 'subject', 'symbol'];

/** The columns that name a row to people: those of the overlay, a person's two names, or a name, title or label column. */
export function labelColumns(node: Node): readonly Column[] {
  const columns = [...node.columns.values()];
  const named = node.relation.labelColumns.map((name) => node.columns.get(name)).filter((column) => column !== undefined);
  if (named.length > 0) return named;
  const byWords = columnsByWords(node);
  for (const name of wholeNames) {
    const whole = byWords.get(name);
    if (whole?.kind === 'text') return [whole];
  }
  const pair = personNameColumns(node);
  if (pair.length > 0) return pair;
  for (const name of singleNames) {
    const column = byWords.get(name);
    if (column?.kind === 'text') return [column];
  }
  const only = columns.filter((column) => column.kind === 'text' && column.words.at(-1) === 'name');
  return only.length === 1 ? only : [];
}

function columnsByWords(node: Node): ReadonlyMap<string, Column> {
  return new Map([...node.columns.values()].map((column) => [ownWords(node, column.words).join(' '), column]));
}

/** A person's first and last name, or nothing where they are not held apart. */
export function personNameColumns(node: Node): readonly Column[] {
  const byWords = columnsByWords(node);
  for (const [first, last] of personNames) {
    const pair = [byWords.get(first), byWords.get(last)].filter((column) => column !== undefined);
    if (pair.length === 2) return pair;
  }
  return [];
}

/** A column's words without the relation's own name before them: `project_title` of `projects` is [title]. */
export function ownWords(node: Node, words: readonly string[]): readonly string[] {
  const prefix = node.words.length < words.length && node.words.every((word, index) => words[index] === word);
  return prefix ? words.slice(node.words.length) : words;
}
