import { describe, expect, it } from 'vitest';
import { schoolArtifact } from '../testing/school-artifact.js';
import { createLexicon } from './lexicon.js';
import type { Lexicon } from './lexicon.js';
import { NotUnderstood } from './not-understood.js';
import { parseRequest } from './parse-request.js';
import { schemaGraph } from './schema-graph.js';
import { tokenise } from './tokenise.js';

const lexicon = createLexicon(schemaGraph(schoolArtifact), { figures: true });

/** How often a question is looked up in the lexicon while it is read. */
function lookUps(question: string): number {
  let count = 0;
  const counting: Lexicon = { ...lexicon, at: (tokens, position) => ((count += 1), lexicon.at(tokens, position)) };
  try {
    parseRequest(tokenise(question), counting, '2025-01-01');
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
  }
  return count;
}

describe('parseRequest', () => {
  it.each(['students ', 'Physics or ', 'list the ', '(', 'by student ', 'in 2024 and ', 'average ', 'both '])('reads a long question of %j in steps that grow with its length', (part) => {
    expect(lookUps(part.repeat(400))).toBeLessThanOrEqual(2.2 * lookUps(part.repeat(200)) + 50);
  });
});
