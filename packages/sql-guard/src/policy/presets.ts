import type { GuardPolicyInput } from './guard-policy.js';

type Preset = Omit<GuardPolicyInput, 'version' | 'tables' | 'schemas' | 'searchPath'>;

/** One read, with the default limits: for statements that people or models write. */
export const readOnly: Preset = { maxRows: 1_000 };

/** For reports: larger results, longer statements, wide series. */
export const analytics: Preset = {
  maxRows: 50_000,
  limits: { length: 200_000, tokens: 20_000, queryDepth: 32, fromItems: 200, setOperations: 100, commonTableExpressions: 100, seriesRows: 10_000_000 },
};

/** For callers that nobody knows: named columns only, constant bounds, no recursion, small statements. */
export const strict: Preset = {
  maxRows: 200,
  wildcards: 'refuse',
  limits: { length: 10_000, tokens: 2_500, parenthesisNesting: 50, expressionDepth: 100, queryDepth: 8, fromItems: 20, setOperations: 8, commonTableExpressions: 10, recursion: false, seriesRows: 10_000, openSeries: false, repeat: 100, padding: 1_000 },
};
