import type { Column, Node } from './schema-graph.js';
import { isPlural } from './singular.js';
import { columnWords, relationWords } from './identifier-words.js';

const uncounted = /^(staff|data|equipment|aircraft|series|species|media|stock|inventory|news|information|crew|personnel|people|men|women|children|history|furniture|feedback)$/;

/** The rows of a relation in words: "members" for `tbl_member`, "maintenance visits" for `MaintenanceVisit`. */
export function plural(node: Node): string {
  const words = relationWords(node.relation.name);
  const last = words.at(-1) ?? '';
  return [...words.slice(0, -1), isPlural(last) || uncounted.test(last) ? last : pluralOf(last)].join(' ');
}

/** A column in words: "battery percentage" for `batteryPct`. */
export function columnInWords(column: Column): string {
  return columnWords(column.column.name, column.node.mark).join(' ');
}

function pluralOf(noun: string): string {
  if (noun === 'person') return 'people';
  if (noun === 'child') return 'children';
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
