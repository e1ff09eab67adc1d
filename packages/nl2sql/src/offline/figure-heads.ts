import { takePhrase } from './cursor.js';
import type { Draft } from './draft.js';
import { NotUnderstood } from './not-understood.js';
import { readNounPhrase } from './noun-phrase.js';
import type { Request } from './request.js';

/** "ratio of returns to orders", "ratio between delivered and open orders". */
export function readRatio(draft: Draft): void {
  const above = readNounPhrase(draft);
  const joined = above === null ? null : takePhrase(draft, ['to', 'and', 'versus', 'vs', 'over']);
  const below = joined === null ? null : readNounPhrase(draft);
  if (above === null || below === null) throw new NotUnderstood('I cannot tell which two figures the ratio is of.');
  draft.heads.push(above, below);
  draft.last = 'head';
}

/** "How many courses does a department offer on average": the average of a count, or of a column. */
export function averageHead(draft: Draft, lead: Request['lead']): void {
  const [head, ...more] = draft.heads;
  if (head === undefined || more.length > 0 || head.aggregate !== null || head.superlative !== null) throw new NotUnderstood('I cannot tell what is to be averaged.');
  draft.heads[0] = lead === 'count' ? { ...head, aggregate: 'count', outer: 'avg' } : { ...head, aggregate: 'avg' };
}
