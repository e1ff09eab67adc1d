/** Verbs whose past form hides the noun that columns are named after. */
const irregular = new Map([
  ['built', 'build'], ['sold', 'sell'], ['bought', 'buy'], ['paid', 'pay'], ['sent', 'send'], ['held', 'hold'], ['begun', 'begin'], ['began', 'begin'], ['started', 'start'], ['born', 'birth'], ['died', 'death'],
  ['constructed', 'construct'], ['published', 'public'], ['publishing', 'public'], ['publish', 'public'], ['built', 'build'], ['led', 'lead'], ['left', 'leav'], ['creation', 'create'], ['registration', 'register'], ['written', 'writ'], ['wrote', 'writ'], ['taught', 'teach'],
]);

const endings = ['ization', 'ated', 'ates', 'ating', 'ate', 'isation', 'ations', 'ation', 'ments', 'ment', 'ions', 'ion', 'ings', 'ing', 'ers', 'ors', 'ies', 'ed', 'er', 'or', 'es', 's', 'e', 'y', 'al'];

/**
 * What the forms of one verb and its noun share: `enrolled`, `enrollment` and `enrolments` give `enrol`; `hired` and
 * `hire` give `hir`. Coarse on purpose: use it only where a verb stands for a column or relation.
 */
export function stem(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return stem(known);
  // admission and admit, submission and submit.
  if (word.endsWith('mission')) return stem(`${word.slice(0, -5)}t`);
  for (const ending of endings) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) return stem(undouble(word.slice(0, -ending.length)));
  }
  return undouble(word);
}

function undouble(word: string): string {
  return /([b-df-hj-np-rt-z])\1$/.test(word) ? word.slice(0, -1) : word;
}
