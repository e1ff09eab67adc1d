import type { Direction } from './direction.js';
import type { Link } from './link.js';
import { NotUnderstood } from './not-understood.js';
import type { PhraseCondition } from './phrase-condition.js';
import type { Reading } from './reading.js';
import type { Condition } from './request.js';
import type { Column } from './schema-graph.js';

/** Values of one column, any of which will do. */
export interface Either {
  readonly kind: 'either';
  readonly column: Column;
  readonly values: readonly (string | boolean)[];
  readonly and?: true;
  /** What the words may stand for beside this. */
  readonly others: readonly Link[];
  readonly negated: boolean;
  readonly role: PhraseCondition['role'];
  readonly via: Link | null;
  readonly every?: true;
  readonly toward?: Direction;
}

/** Values of one column joined by "or" become one list; an "or" between anything else is not understood. */
export function mergeAlternatives(conditions: readonly Condition[], reading: Reading): readonly (Condition | Either)[] {
  const merged: (Condition | Either)[] = [];
  for (const condition of conditions) {
    if (condition.kind !== 'phrase') {
      merged.push(condition);
      continue;
    }
    const value = plainValue(condition, reading);
    const before = merged.at(-1);
    if (condition.or) {
      if (value === null || before?.kind !== 'either' || before.column !== value.column || (condition.negated && !before.negated)) throw new NotUnderstood('I understand "or" only between values of one column.');
      merged[merged.length - 1] = { ...before, values: [...before.values, ...value.values] };
    } else if (value !== null) merged.push({ kind: 'either', column: value.column, values: value.values, ...(value.and === true ? { and: true as const } : {}), ...(condition.every === true ? { every: true as const } : {}), ...(condition.toward === undefined ? {} : { toward: condition.toward }), others: condition.phrase.head?.links ?? [], negated: condition.negated, role: condition.role, via: condition.via === null ? null : reading.pick(condition.via) });
    else merged.push(condition);
  }
  return merged;
}

function plainValue(condition: PhraseCondition, reading: Reading): Extract<Link, { kind: 'value' }> | null {
  const { phrase } = condition;
  if (phrase.head === null || phrase.before.length > 0 || phrase.name !== null || phrase.key !== null || phrase.of !== null || phrase.superlative !== null) return null;
  const link = reading.pick(phrase.head);
  return link.kind === 'value' ? link : null;
}
