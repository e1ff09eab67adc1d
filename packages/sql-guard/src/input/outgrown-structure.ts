import type { Limits } from '../policy/guard-policy.js';
import { scanSql } from './scan-sql.js';

export interface OutgrownStructure {
  readonly message: string;
  readonly hint: string;
  readonly start: number;
}

/** Keywords between expressions, or between terms that the grammar keeps side by side; expressions on both sides do not nest. */
const separators = new Set('and or when then else select from where group order having on join union intersect except values with limit offset window'.split(' '));
const setOperators = new Set(['union', 'intersect', 'except']);
const longestSeparator = 9;

/**
 * Finds in the tokens what the walk over the tree would refuse anyway: an expression, a chain of set operations or of joins that is far too deep.
 * Parsing such a tree costs many times more than this. Only the parser knows the tree, so a statement that is let through here may still be refused.
 */
export function outgrownStructure(sql: string, limits: Limits): OutgrownStructure | null {
  /** Tokens since the last separator, for each open parenthesis and CASE. */
  const outer: number[] = [];
  // An operator and its operand are two tokens a level.
  const longestRun = 2 * limits.expressionDepth;
  let run = 0;
  let setOperations = 0;
  let joins = 0;
  let found: OutgrownStructure | null = null;
  const outgrown = (start: number, message: string, hint: string): void => {
    found = { start, message, hint };
  };
  scanSql(sql, limits, (kind, start, end) => {
    if (found !== null) return;
    run += 1;
    if (kind === 'symbol') {
      const code = sql.charCodeAt(start);
      if (code === 44 || code === 59) run = 0;
      else if (code === 40 || code === 91) {
        outer.push(run);
        run = 0;
      } else if (code === 41 || code === 93) run = outer.pop() ?? run;
    } else if (kind === 'word' && end - start <= longestSeparator && sql.charCodeAt(start - 1) !== 46) {
      const word = sql.slice(start, end).toLowerCase();
      if (separators.has(word)) run = 0;
      if (setOperators.has(word)) setOperations += 1;
      else if (word === 'join') joins += 1;
      else if (word === 'case') {
        outer.push(run);
        run = 0;
        if (outer.length > limits.expressionDepth) outgrown(start, `CASE and parentheses are nested more than ${String(limits.expressionDepth)} deep.`, 'Write a shallower expression.');
      } else if (word === 'end') run = outer.pop() ?? run;
    }
    if (run > longestRun) outgrown(start, `An expression goes on for more than ${String(longestRun)} tokens.`, 'Write a shallower expression.');
    if (setOperations > limits.setOperations) outgrown(start, `There are more than ${String(limits.setOperations)} set operations.`, 'Write fewer.');
    if (joins > limits.fromItems) outgrown(start, `FROM names more than ${String(limits.fromItems)} things over the statement.`, 'Read fewer relations.');
  });
  return found;
}
