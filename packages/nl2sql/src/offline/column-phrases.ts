import { splitIdentifier } from '../introspection/split-identifier.js';
import { ownWords } from './label-columns.js';
import { weakCost } from './link.js';
import type { Link } from './link.js';
import type { Add, AddVerb } from './relation-phrases.js';
import type { Column, Node } from './schema-graph.js';
import { singular } from './singular.js';
import { functionWords } from './word-classes.js';
import { wordsOf } from './words-of.js';

const timeWords = new Set(['date', 'of', 'at', 'on', 'ts', 'dt', 'datetime', 'time', 'timestamp', 'year', 'day']);
const booleanPrefixes = new Set(['is', 'has', 'was', 'are', 'can']);

/** What a column is called: its name with and without its relation, abbreviations, units, synonyms and verbs. */
export function addColumn(node: Node, column: Column, add: Add, addVerb: AddVerb): void {
  const link: Link = { kind: 'column', column, cost: 0 };
  const own = ownWords(node, column.words);
  for (const words of [splitIdentifier(column.column.name).map(singular), column.words, own]) {
    add(words, link);
    // "bookings | checked in" are those that are.
    if (column.kind !== 'boolean') add([...node.words, ...words], link);
    const head = node.words.at(-1);
    if (node.words.length > 1 && head !== undefined) add([head, ...words], { ...link, cost: 0.3 });
  }
  if (own.length === 1 && own[0] === 'email') add(['email', 'address'], link);
  if (own.length === 1 && own[0] === 'phone') add(['phone', 'number'], link);
  addQuantity(own, link, add);
  const [first] = own;
  if (own.length === 2 && own[1] !== undefined && first !== undefined && !(quantityWords.has(own[1]) && isName(column))) add([own[1], 'of', first], { ...link, cost: 0.1 });
  // "weight" for `weight_kg`, and weakly "wage" for `hourly_wage`.
  const bare = own.slice(0, own.findIndex((word, index) => index > 0 && own.slice(index).every((rest) => unitWords.has(rest))));
  if (own.length > 1 && unitWords.has(own.at(-1) ?? '') && bare.length > 0 && bare.join(' ') !== node.words.join(' ')) add(bare, { ...link, cost: 0.1 });
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
  const verb = own.filter((word) => !timeWords.has(word));
  const [only] = verb;
  if (only !== undefined && verb.length === 1 && (verb.length < own.length || column.kind === 'date' || column.kind === 'timestamp')) addVerb(only, { ...link, cost: 0.1 });
  // "majoring in", "sponsored by": a column named after what the verb is about.
  else if (only !== undefined && verb.length === 1 && column.kind === 'text') addVerb(only, { ...link, cost: 0.3 });
}

const unitWords = new Set(['kg', 'g', 'mg', 'lb', 'lbs', 'oz', 'cm', 'mm', 'm', 'km', 'mile', 'ft', 'sqm', 'square', 'meter', 'metre', 'kilometer', 'usd', 'eur', 'gbp', 'cent', 'percent', 'percentage', 'hour', 'hr', 'minute', 'min', 'second', 'sec', 'litre', 'liter']);
const genericNouns = new Set(['id', 'code', 'key', 'number', 'num', 'no', 'count', 'cnt', 'value', 'year', 'date', 'day', 'month', 'time', 'type', 'status', 'flag', 'index', 'order', 'percentage', 'line']);
const quantityWords = new Set(['number', 'count', 'num', 'cnt']);

/** `citation_num`, `num_citations` and `citation_count` are what "number of citations" and "citations" mean. */
function addQuantity(own: readonly string[], link: Extract<Link, { kind: 'column' }>, add: Add): void {
  if (link.column.kind !== 'number' || own.length < 2 || isName(link.column)) return;
  const rest = quantityWords.has(own.at(-1) ?? '') ? own.slice(0, -1) : quantityWords.has(own[0] ?? '') ? own.slice(own[1] === 'of' ? 2 : 1) : [];
  if (rest.length === 0) return;
  for (const intro of [['number', 'of'], ['count', 'of'], []]) add([...intro, ...rest], { ...link, cost: intro.length === 0 ? 0.3 : 0.1 });
}

/** Whether numbers name rows, as keys and a `permit_no` do, and are nothing to count or to add up. */
export function isName({ node, column }: Column): boolean {
  return /(?:^|_)(no|id)$|[a-z](No|Id)$/.test(column.name) || node.keyColumns.has(column.name) || node.relation.primaryKey.includes(column.name);
}

function addBoolean(column: Column, own: readonly string[], add: Add): void {
  const words = booleanPrefixes.has(own[0] ?? '') ? own.slice(1) : own;
  const last = words.at(-1);
  if (last === undefined) return;
  add(words, { kind: 'value', column, values: [true], cost: 0 });
  for (const prefix of ['in', 'un', 'non']) add([...words.slice(0, -1), `${prefix}${last}`], { kind: 'value', column, values: [false], cost: 0 });
}
