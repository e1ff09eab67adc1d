import type { Metric, NamedFilter } from '../artifact/schema-artifact.js';
import { expandAbbreviations } from './abbreviations.js';
import { dateColumns, presences } from './date-words.js';
import { holdsPeople } from './holds-people.js';
import { ownWords } from './label-columns.js';
import type { Column, Edge, Node, SchemaGraph } from './schema-graph.js';
import { singular } from './singular.js';
import { stem } from './stem.js';
import type { Token } from './tokenise.js';
import { functionWords, grammarWords } from './word-classes.js';

/** What a phrase of a question may stand for. `cost` 0 is a whole name; more is a weaker reading. */
export type Link =
  | { readonly kind: 'relation'; readonly node: Node; readonly cost: number }
  | { readonly kind: 'role'; readonly edge: Edge; readonly cost: number }
  | { readonly kind: 'column'; readonly column: Column; readonly cost: number }
  | { readonly kind: 'label'; readonly node: Node; readonly cost: number }
  | { readonly kind: 'value'; readonly column: Column; readonly values: readonly (string | boolean)[]; /** Joined by "and", which of facts may mean all of them. */ readonly and?: true; readonly cost: number }
  /** "unpaid", "returned": whether a date that may be empty is filled in. */
  | { readonly kind: 'presence'; readonly column: Column; readonly present: boolean; readonly cost: number }
  | { readonly kind: 'metric'; readonly metric: Metric; readonly node: Node; readonly cost: number }
  | { readonly kind: 'filter'; readonly filter: NamedFilter; readonly node: Node; readonly cost: number };

export type LinkKind = Link['kind'];

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

const timeWords = new Set(['date', 'of', 'at', 'on', 'ts', 'dt', 'datetime', 'time', 'timestamp', 'year', 'day']);
const booleanPrefixes = new Set(['is', 'has', 'was', 'are', 'can']);
const kindWords = new Set(['position', 'title', 'role', 'rank', 'job', 'type', 'category', 'kind', 'level']);
const longestValue = 8;

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
          if (phrase !== undefined) matches.push({ length: next - position, links: phrase.links });
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
    value: (text) => values.get(wordsOf(text).join(' ')) ?? [],
  };
}

function isFigure(link: Link): boolean {
  return link.kind === 'metric' || link.kind === 'filter';
}

/** Words of a phrase as the lexicon keys them. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '')
    .map(singular);
}

type Add = (words: readonly string[], link: Link) => void;
type AddVerb = (word: string, link: Link) => void;

function addRelation(node: Node, add: Add, addVerb: AddVerb): void {
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
  if (node.words.length > 1 && last !== undefined) add([last], { ...link, cost: 0.4 });
  if (node.words.length === 1 && last !== undefined) addVerb(last, { ...link, cost: 0.2 });
  if (node.label.length > 0) for (const words of [[...node.words, 'name'], ['name'], ...(node.words.length > 1 && last !== undefined ? [[last, 'name']] : [])]) add(words, { kind: 'label', node, cost: 0 });
}

function addColumn(node: Node, column: Column, add: Add, addVerb: AddVerb): void {
  const link: Link = { kind: 'column', column, cost: 0 };
  const own = ownWords(node, column.words);
  for (const words of [column.words, own, expandAbbreviations(own)]) {
    add(words, link);
    add([...node.words, ...words], link);
    const head = node.words.at(-1);
    if (node.words.length > 1 && head !== undefined) add([head, ...words], { ...link, cost: 0.3 });
  }
  if (own.length === 1 && own[0] === 'email') add(['email', 'address'], link);
  if (own.length === 1 && own[0] === 'phone') add(['phone', 'number'], link);
  addQuantity(expandAbbreviations(own), link, add);
  const [first] = own;
  if (own.length === 2 && own[1] !== undefined && first !== undefined) add([own[1], 'of', first], { ...link, cost: 0.1 });
  // "weight" for `weight_kg`, and weakly "wage" for `hourly_wage`.
  const bare = own.slice(0, own.findIndex((word, index) => index > 0 && own.slice(index).every((rest) => unitWords.has(rest))));
  if (own.length > 1 && unitWords.has(own.at(-1) ?? '') && bare.length > 0) add(bare, { ...link, cost: 0.1 });
  const noun = own.at(-1);
  if (own.length > 1 && noun !== undefined && link.column.kind === 'number' && !genericNouns.has(noun) && !unitWords.has(noun)) add([noun], { ...link, cost: weakCost });
  // `country_name` of a lake is what "country" means where no relation holds countries.
  if (own.length > 1 && own.at(-1) === 'name' && !node.words.includes(own[0] ?? '')) add(own.slice(0, -1), { ...link, cost: 0.1 });
  for (const synonym of column.column.synonyms) {
    const words = wordsOf(synonym);
    add(words, link);
    // "majors in" is a verb: no compound with the relation's name.
    if (!functionWords.has(words.at(-1) ?? '')) add([...node.words, ...words], link);
  }
  if (column.kind === 'boolean') addBoolean(column, own, add);
  const expanded = expandAbbreviations(own);
  const verb = expanded.filter((word) => !timeWords.has(word));
  const [only] = verb;
  if (only !== undefined && verb.length === 1 && (verb.length < expanded.length || column.kind === 'date' || column.kind === 'timestamp')) addVerb(only, { ...link, cost: 0.1 });
  // "majoring in", "sponsored by": a column named after what the verb is about.
  else if (only !== undefined && verb.length === 1 && column.kind === 'text') addVerb(only, { ...link, cost: 0.3 });
}

/** From this cost on a phrase names only part of a column's name. */
export const weakCost = 0.6;
const unitWords = new Set(['kg', 'g', 'mg', 'lb', 'lbs', 'oz', 'cm', 'mm', 'm', 'km', 'mile', 'ft', 'sqm', 'square', 'meter', 'metre', 'kilometer', 'usd', 'eur', 'gbp', 'percent', 'pct', 'hour', 'hr', 'minute', 'min', 'second', 'sec', 'm', 'litre', 'liter']);
const genericNouns = new Set(['id', 'code', 'key', 'number', 'num', 'no', 'count', 'cnt', 'value', 'year', 'date', 'day', 'month', 'time', 'type', 'status', 'flag', 'index', 'order', 'percentage', 'line']);
const quantityWords = new Set(['number', 'count', 'num', 'cnt']);

/** `citation_num`, `num_citations` and `citation_count` are what "number of citations" and "citations" mean. */
function addQuantity(own: readonly string[], link: Extract<Link, { kind: 'column' }>, add: Add): void {
  if (link.column.kind !== 'number' || own.length < 2) return;
  const rest = quantityWords.has(own.at(-1) ?? '') ? own.slice(0, -1) : quantityWords.has(own[0] ?? '') ? own.slice(own[1] === 'of' ? 2 : 1) : [];
  if (rest.length === 0) return;
  for (const intro of [['number', 'of'], ['count', 'of'], []]) add([...intro, ...rest], { ...link, cost: intro.length === 0 ? 0.3 : 0.1 });
}

function addBoolean(column: Column, own: readonly string[], add: Add): void {
  const words = booleanPrefixes.has(own[0] ?? '') ? own.slice(1) : own;
  const last = words.at(-1);
  if (last === undefined) return;
  add(words, { kind: 'value', column, values: [true], cost: 0 });
  for (const prefix of ['in', 'un', 'non']) add([...words.slice(0, -1), `${prefix}${last}`], { kind: 'value', column, values: [false], cost: 0 });
}

function addValues(graph: SchemaGraph, column: Column, add: Add, index: Map<string, Link[]>): void {
  if (column.kind !== 'text' && column.kind !== 'enum') return;
  const labels = column.kind === 'enum' ? graph.artifact.enums.find(({ schema, name }) => [name, `${schema}.${name}`, `"${name}"`].includes(column.column.type))?.values : undefined;
  const known = labels ?? column.column.sampleValues;
  for (const value of known) {
    const words = wordsOf(value);
    if (words.length === 0 || words.length > longestValue) continue;
    const link: Link = { kind: 'value', column, values: [value], cost: 0.1 };
    index.set(words.join(' '), [...(index.get(words.join(' ')) ?? []), link]);
    if (value.length > 1 && !/^[\d\s.,-]+$/.test(value)) add(words, link);
    for (const synonym of column.column.valueSynonyms[value] ?? []) add(wordsOf(synonym), { ...link, cost: 0.2 });
  }
  if (kindWords.has(column.words.at(-1) ?? '') && !column.node.label.includes(column) && (labels !== undefined || column.column.sampleValuesComplete)) addValueFamilies(column, known, add);
}

/** "Professors" for the values Assistant Professor, Associate Professor and Professor of a column of kinds. */
function addValueFamilies(column: Column, known: readonly string[], add: Add): void {
  const families = new Map<string, string[]>();
  for (const value of known) {
    const last = wordsOf(value).at(-1);
    if (last !== undefined && last.length > 3) families.set(last, [...(families.get(last) ?? []), value]);
  }
  for (const [last, members] of families) {
    if (members.some((value) => wordsOf(value).length > 1)) add([last], { kind: 'value', column, values: members, cost: 0.6 });
  }
}

function addRole(edge: Edge, add: Add, addVerb: AddVerb): void {
  const link: Link = { kind: 'role', edge, cost: 0.1 };
  add(edge.role, link);
  add([...edge.role, ...edge.parent.words], link);
  for (const phrase of edge.key.phrases) add(wordsOf(phrase), { ...link, cost: 0 });
  const [only] = edge.role;
  if (edge.role.length === 1 && only !== undefined) addVerb(only, link);
}

function sameLink(a: Link, b: Link): boolean {
  if (a.kind === 'value' && b.kind === 'value') return a.column === b.column && a.values.join('\0') === b.values.join('\0');
  if (a.kind === 'column' && b.kind === 'column') return a.column === b.column;
  if (a.kind === 'role' && b.kind === 'role') return a.edge === b.edge;
  if ((a.kind === 'relation' || a.kind === 'label') && b.kind === a.kind) return a.node === b.node;
  if (a.kind === 'presence' && b.kind === 'presence') return a.column === b.column && a.present === b.present;
  if (a.kind === 'metric' && b.kind === 'metric') return a.metric === b.metric;
  return a.kind === 'filter' && b.kind === 'filter' && a.filter === b.filter;
}
