import type { Lexicon } from './lexicon.js';
import { plural } from './names-in-words.js';
import { quotedList } from './not-understood.js';
import type { UnknownWords } from './not-understood.js';
import type { SchemaGraph } from './schema-graph.js';
import { similarWords } from './spelling.js';

const mostRelations = 8;

/** Why words could not be placed, what resembles them, and what the database does hold. */
export function unknownWordsReason({ words }: UnknownWords, lexicon: Lexicon, graph: SchemaGraph): string {
  const similar = [...new Set(words.flatMap((word) => similarWords(word, lexicon)))].slice(0, 3);
  const names = graph.nodes.map(plural);
  const shown = names.length > mostRelations ? `${names.slice(0, mostRelations).join(', ')} and ${names.length - mostRelations} more` : names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : (names[0] ?? 'nothing');
  const hint = similar.length > 0 ? ` Did you mean ${quotedList(similar, 'or')}?` : '';
  const what = words.length > 1 ? 'mean here: they are no names in this database and no values I have seen' : 'means here: it is no name in this database and no value I have seen';
  return `I do not know what ${quotedList(words)} ${what}.${hint} I know about ${shown}.`;
}
