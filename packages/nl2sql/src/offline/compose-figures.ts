import { composeConditions } from './compose-conditions.js';
import { figureExpression, figureName } from './derived-figure.js';
import { NotUnderstood } from './not-understood.js';
import type { Plan } from './planner.js';
import type { Reading } from './reading.js';
import type { Request } from './request.js';
import { capitalised, describeMeasure, finishStatement } from './statement.js';
import type { Statement } from './statement.js';
import type { Subject } from './subject.js';

export function composeFigures(plan: Plan, request: Request, subject: Subject, reading: Reading): Statement {
  composeConditions(plan, request.conditions, reading, () => false);
  if (request.order !== null) throw new NotUnderstood('I cannot sort a single row.');
  refuseRanking(request, subject);
  refuseInnerRanking(request);
  const alias = plan.scope.reach(plan.basePath, true);
  const outputs = subject.measures.map((measure) => ({ sql: figureExpression(measure, alias, plan.scope.root !== plan.base), name: figureName(measure) }));
  const what = subject.measures.map(describeMeasure).join(' and ');
  if (request.lead === 'difference') {
    const [first, second, ...more] = outputs;
    if (first === undefined || second === undefined || more.length > 0) throw new NotUnderstood('I cannot tell between which two figures the difference is wanted.');
    return finishStatement(plan, [{ sql: `${first.sql} - ${second.sql}`, name: 'difference' }], '', '', null, `Difference between ${what}`);
  }
  return finishStatement(plan, outputs, '', '', null, capitalised(what));
}

/** A ranking inside "of" that this shape of statement has no use for. */
export function refuseInnerRanking(request: Request): void {
  const inner = request.heads.find((phrase) => phrase.of !== null && phrase.of.superlative !== null);
  if (inner !== undefined) throw new NotUnderstood(`I cannot tell what "${inner.text}" ranks.`);
}

/** A ranking that no figure used up must not be passed over. */
function refuseRanking(request: Request, subject: Subject): void {
  for (const phrase of request.heads) {
    const used = subject.measures.some((measure) => measure.phrase === phrase && measure.kind === 'aggregate' && phrase.aggregate === null);
    if (phrase.superlative !== null && !used) throw new NotUnderstood(`I cannot tell what "${phrase.superlative.word}" goes by.`);
  }
  if (request.conditions.some((condition) => condition.kind === 'phrase' && condition.phrase.superlative !== null)) throw new NotUnderstood('I cannot tell what the question ranks.');
}
