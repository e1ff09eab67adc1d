import { columnNames } from '../verdict/column-names.js';
import { fingerprint } from '../verdict/fingerprint.js';
import { guardedStatement } from '../verdict/guarded-statement.js';
import type { GuardedStatement } from '../verdict/verdict.js';
import type { Inspection } from './inspect-statement.js';

const sorted = (values: ReadonlySet<string>): readonly string[] => [...values].sort();
const none: GuardedStatement['parameters'] = Object.freeze([]);

/** The public description of an accepted statement, with the text to run. */
export function describeStatement({ tree, bound, analysis }: Inspection, sql: string, rowLimit: number | null): GuardedStatement {
  return guardedStatement(
    {
      sql,
      relations: [...analysis.relations].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation),
      functions: sorted(analysis.functions),
      operators: sorted(analysis.operators),
      parameters: analysis.parameterNumbers.size === 0 ? none : [...analysis.parameterNumbers].sort((a, b) => a - b).map((number) => ({ name: bound.names[number - 1] ?? String(number) })),
      rowLimit,
    },
    { columns: () => columnNames(analysis.columns), fingerprint: () => fingerprint(tree) },
  );
}
