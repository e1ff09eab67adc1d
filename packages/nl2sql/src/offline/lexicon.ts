import { addColumn } from './column-phrases.js';
import { dateColumns, presences } from './date-words.js';
import { ownWords } from './label-columns.js';
import { isFigure, sameLink } from './link.js';
import type { Link } from './link.js';
import { addRelation, addRole, lastWordCost } from './relation-phrases.js';
import type { Column, SchemaGraph } from './schema-graph.js';
import { singular } from './singular.js';
import { stem } from './stem.js';
import type { Token } from './tokenise.js';
import { addValues } from './value-phrases.js';
import { functionWords, grammarWords } from './word-classes.js';
import { wordsOf } from './words-of.js';

/** A phrase at a position of a question: how many tokens it takes and what it may stand for. */
export interface PhraseMatch {
  readonly length: number;
  readonly links: readonly Link[];
}

export interface Lexicon {
  /** Matches at a position, the longest first. */
  at(tokens: readonly Token[], position: number): readonly PhraseMatch[];
  /** What a verb form stands for: `hired` for `hire_date`, `enrolled` for `enrollments`. */
  verb(token: Token): readonly Link[];
  /** Every word of the schema's names, synonyms and short values, in the singular. */
  words(): Iterable<string>;
  /** Values equal to a text, whatever its case. */
  value(text: string): readonly Link[];
}

/** Builds the phrases of a schema: names, synonyms, relation-and-column compounds, values, and with `figures` metrics and named filters. */
export function createLexicon(graph: SchemaGraph, options: { readonly figures: boolean }): Lexicon {
  const phrases = new Map<string, { words: readonly string[]; links: Link[] }>();
  const starts = new Map<string, number>();
  const verbs = new Map<string, Link[]>();
  const values = new Map<string, Link[]>();

  const add = (words: readonly string[], link: Link): void => {
    const [first] = words;
    if (first === undefined || (words.length === 1 && (functionWords.has(first) || (link.kind === 'value' && grammarWords.has(first))))) return;
    const key = words.join(' ');
    const phrase = phrases.get(key) ?? { words, links: [] };
    const present = phrase.links.findIndex((other) => sameLink(other, link));
    if (present < 0) phrase.links.push(link);
    else if ((phrase.links[present]?.cost ?? 0) > link.cost) phrase.links[present] = link;
    phrases.set(key, phrase);
    starts.set(first, Math.max(starts.get(first) ?? 0, words.length));
  };
  const addVerb = (word: string, link: Link): void => {
    const key = stem(word);
    verbs.set(key, [...(verbs.get(key) ?? []), link]);
  };

  for (const node of graph.nodes) {
    addRelation(node, add, addVerb);
    for (const column of node.columns.values()) {
      addColumn(node, column, add, addVerb);
      addValues(graph, column, add, values);
    }
    for (const edge of node.parents) if (edge.role.length > 0) addRole(edge, add, addVerb);
  }
  for (const metric of options.figures ? graph.artifact.metrics : []) {
    const node = graph.node(metric.relation.schema, metric.relation.name);
    if (node !== undefined) for (const name of [metric.name, ...metric.synonyms]) add(wordsOf(name), { kind: 'metric', metric, node, cost: 0 });
  }
  for (const filter of options.figures ? graph.artifact.filters : []) {
    const node = graph.node(filter.relation.schema, filter.relation.name);
    if (node !== undefined) for (const name of [filter.name, ...filter.synonyms]) add(wordsOf(name), { kind: 'filter', filter, node, cost: 0 });
  }

  // "branch name" is what names a branch before it is the column that does.
  for (const { links } of phrases.values()) {
    for (const [index, link] of links.entries()) {
      if (link.kind === 'column' && links.some((other) => other.kind === 'label' && other.cost <= link.cost && other.node.label.length === 1 && other.node.label[0] === link.column)) links[index] = { ...link, cost: link.cost + 0.2 };
    }
  }
  // "actors", where a relation is called so, are no rows of `film_actors`.
  for (const { links } of phrases.values()) {
    if (links.some((link) => link.kind === 'relation' && link.cost === 0)) links.splice(0, links.length, ...links.filter((link) => link.kind !== 'relation' || link.cost < lastWordCost));
  }
  // "revenue", where it names a metric, is no column that only has it for a synonym, with figures or without.
  for (const metric of graph.artifact.metrics) {
    for (const name of [metric.name, ...metric.synonyms]) {
      const key = wordsOf(name).join(' ');
      const phrase = phrases.get(key);
      const own = (column: Column): boolean => [column.words, ownWords(column.node, column.words)].some((words) => words.join(' ') === key);
      if (phrase !== undefined) phrase.links.splice(0, phrase.links.length, ...phrase.links.filter((link) => link.kind !== 'column' || own(link.column)));
    }
  }
  // "revenue" or "professors", where a metric or a filter has that name, is that before it is a column or a value.
  for (const { links } of phrases.values()) {
    if (!links.some(isFigure)) continue;
    for (const [index, link] of links.entries()) if (!isFigure(link)) links[index] = { ...link, cost: link.cost + 0.3 };
  }

  const words = new Set([...phrases.values()].flatMap((phrase) => phrase.words.filter((word) => word.length >= 4 && !functionWords.has(word))));

  return {
    at(tokens, position) {
      const first = tokens[position];
      if (first === undefined || first.kind === 'comma' || first.kind === 'quoted') return [];
      const matches: PhraseMatch[] = [];
      // "check-ins" is also looked up as one word.
      for (const glued of tokens[position + 1]?.hyphened === true ? [false, true] : [false]) {
        const words = glued ? [singular(`${first.lower}${tokens[position + 1]?.lower ?? ''}`.toLowerCase())] : [singular(first.lower.toLowerCase())];
        const longest = starts.get(words[0] ?? '') ?? 0;
        for (let next = position + (glued ? 2 : 1); words.length <= longest; next += 1) {
          const phrase = phrases.get(words.join(' '));
          const links = phrase === undefined ? [] : written(phrase.links, tokens.slice(position, next));
          if (links.length > 0) matches.push({ length: next - position, links });
          const token = tokens[next];
          if (token === undefined || token.kind === 'comma' || token.kind === 'quoted') break;
          words.push(singular(token.lower.toLowerCase()));
        }
      }
      const dated = tokens[position + 1]?.lower === 'date' ? dateColumns(first, verbs) : [];
      if (dated.length > 0 && !matches.some(({ length }) => length >= 2)) matches.push({ length: 2, links: dated });
      const states = presences(first, verbs);
      if (states.length > 0) {
        const same = matches.findIndex(({ length }) => length === 1);
        if (same < 0) matches.push({ length: 1, links: states });
        else matches[same] = { length: 1, links: [...(matches[same]?.links ?? []), ...states] };
      }
      matches.sort((a, b) => b.length - a.length);
      return matches;
    },
    verb: (token) => (token.kind === 'word' ? (verbs.get(stem(token.lower)) ?? []) : []),
    words: () => words,
    value: (text) => (values.get(wordsOf(text).join(' ')) ?? []).filter((link) => isWritten(link, text)),
  };
}

/** Without the values that differ from what is written by a sign: "O-" is not O+. */
function written(links: readonly Link[], tokens: readonly Token[]): readonly Link[] {
  return links.some((link) => link.kind === 'value' && link.exact === true) ? links.filter((link) => isWritten(link, tokens.map(({ text }) => text).join(' '))) : links;
}

function isWritten(link: Link, text: string): boolean {
  return link.kind !== 'value' || link.exact !== true || link.values.some((value) => typeof value === 'string' && value.toLowerCase() === text.toLowerCase());
}
