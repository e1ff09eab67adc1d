import type { CaseResult } from './case-result.js';
import type { EvaluationReport } from './evaluation-report.js';

/** What changed between two runs, over the cases that both have. */
export interface ReportComparison {
  readonly baseline: string;
  readonly candidate: string;
  /** Cases in both runs. */
  readonly shared: number;
  /** Wrong before, right now. */
  readonly fixed: readonly CasePair[];
  /** Right before, wrong now. */
  readonly broken: readonly CasePair[];
  /** Neither right before nor now, with another outcome. */
  readonly moved: readonly CasePair[];
  /** Cases of one run only. */
  readonly onlyBaseline: readonly string[];
  readonly onlyCandidate: readonly string[];
  /**
   * Two-sided exact sign test over the cases that changed: how likely a difference at least this large is when both
   * systems are equally good.
   */
  readonly pValue: number;
}

export interface CasePair {
  readonly before: CaseResult;
  readonly after: CaseResult;
}

/** Compares two runs case by case; right means strictly right. */
export function compareReports(baseline: EvaluationReport, candidate: EvaluationReport): ReportComparison {
  const before = new Map(baseline.results.map((result) => [result.id, result]));
  const after = new Map(candidate.results.map((result) => [result.id, result]));
  const pairs = baseline.results.flatMap((result): CasePair[] => {
    const other = after.get(result.id);
    return other === undefined ? [] : [{ before: result, after: other }];
  });
  const fixed = pairs.filter((pair) => !pair.before.correct && pair.after.correct);
  const broken = pairs.filter((pair) => pair.before.correct && !pair.after.correct);
  return {
    baseline: baseline.system,
    candidate: candidate.system,
    shared: pairs.length,
    fixed,
    broken,
    moved: pairs.filter((pair) => !pair.before.correct && !pair.after.correct && pair.before.outcome !== pair.after.outcome),
    onlyBaseline: [...before.keys()].filter((id) => !after.has(id)),
    onlyCandidate: [...after.keys()].filter((id) => !before.has(id)),
    pValue: signTest(fixed.length, broken.length),
  };
}

function signTest(wins: number, losses: number): number {
  const trials = wins + losses;
  if (trials === 0) return 1;
  let term = Math.exp(-trials * Math.LN2);
  let tail = 0;
  for (let successes = 0; successes <= Math.min(wins, losses); successes += 1) {
    tail += term;
    term *= (trials - successes) / (successes + 1);
  }
  return Math.min(1, 2 * tail);
}
