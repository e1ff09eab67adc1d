import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import { isIsoDate } from '../offline/calendar.js';
import type { ParameterValue } from '../pipeline/parameter-value.js';
import type { Token } from '../offline/tokenise.js';
import type { SlotText } from './question-template.js';
import type { VerifiedQueryParameter } from './verified-query.js';

/** Words in lower case inside names of people and things. */
const particles = new Set(['of', 'the', 'and', 'de', 'la', 'van', 'von', 'der', 'da', 'di', 'del', 'bin', 'al']);

/**
 * The value a slot's text stands for, or null when it cannot be one: a text must be among the values of its lookup
 * column when the artifact knows them all, and otherwise be quoted, known or written like a name.
 */
export function slotValue(slot: SlotText, parameter: VerifiedQueryParameter, artifact: SchemaArtifact): ParameterValue {
  const [first, ...more] = slot.tokens;
  if (first === undefined) return null;
  switch (parameter.type) {
    case 'integer':
      return more.length === 0 && first.kind === 'number' && Number.isSafeInteger(first.value) ? first.value : null;
    case 'number':
      return more.length === 0 && first.kind === 'number' ? first.value : null;
    case 'date':
      return more.length === 0 && isIsoDate(first.text) ? first.text : null;
    case 'boolean':
      return /^(true|yes)$/.test(first.lower) ? true : /^(false|no)$/.test(first.lower) ? false : null;
    case 'text':
      return textValue(slot, parameter, artifact);
  }
}

function textValue(slot: SlotText, parameter: VerifiedQueryParameter, artifact: SchemaArtifact): string | null {
  const lookup = parameter.values;
  const column = lookup === undefined ? undefined : artifact.relations.find(({ schema, name }) => schema === lookup.schema && name === lookup.relation)?.columns.find(({ name }) => name === lookup.column);
  const known = column?.sampleValues.find((value) => plain(value) === plain(slot.text));
  if (known !== undefined) return known;
  if (column?.sampleValuesComplete === true) return null;
  const isName = (token: Token | undefined): boolean => token?.kind === 'quoted' || token?.capital === true;
  const named = slot.tokens.every((token) => isName(token) || token.kind === 'number' || particles.has(token.lower)) && isName(slot.tokens[0]);
  const mistaken = artifact.relations.some((relation) => relation.columns.some((other) => other !== column && other.sampleValuesComplete && other.sampleValues.some((value) => plain(value) === plain(slot.text))));
  return named && !mistaken ? slot.text : null;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
