import type { RelationRule } from './compiled-policy.js';

/** Makes what is derived from a rule once, for as long as the policy lives: statements name the same few relations again and again. */
export function perRule<T extends object>(derive: (rule: RelationRule) => T): (rule: RelationRule) => T {
  const known = new WeakMap<RelationRule, T>();
  return (rule) => {
    let derived = known.get(rule);
    if (derived === undefined) {
      derived = derive(rule);
      known.set(rule, derived);
    }
    return derived;
  };
}
