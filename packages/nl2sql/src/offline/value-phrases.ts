import type { Link } from './link.js';
import type { Add } from './relation-phrases.js';
import type { Column, SchemaGraph } from './schema-graph.js';
import { wordsOf } from './words-of.js';

const kindWords = new Set(['position', 'title', 'role', 'rank', 'job', 'type', 'category', 'kind', 'level']);
const longestValue = 8;

/** Known values of a column and their synonyms. */
export function addValues(graph: SchemaGraph, column: Column, add: Add, index: Map<string, Link[]>): void {
  if (column.kind !== 'text' && column.kind !== 'enum') return;
  const labels = column.kind === 'enum' ? graph.artifact.enums.find(({ schema, name }) => [name, `${schema}.${name}`, `"${name}"`].includes(column.column.type))?.values : undefined;
  const known = labels ?? column.column.sampleValues;
  for (const value of known) {
    const words = wordsOf(value);
    if (words.length === 0 || words.length > longestValue) continue;
    const alike = known.some((other) => other.toLowerCase() !== value.toLowerCase() && wordsOf(other).join(' ') === words.join(' '));
    const link: Link = { kind: 'value', column, values: [value], ...(alike ? { exact: true as const } : {}), cost: 0.1 };
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
