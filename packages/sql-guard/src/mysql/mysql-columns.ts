import type { RelationRule } from '../policy/compiled-policy.js';
import { perRule } from '../policy/per-rule.js';
import { unlistedColumns, type Columns } from '../postgresql/columns.js';
import { folded } from './mysql-analysis.js';

/** Columns of a table as the policy tells them, by folded name; they are reported as the policy spells them. */
export const mysqlColumns = perRule(columnsOfRule);

function columnsOfRule(rule: RelationRule): Columns {
  const hidden = new Set([...rule.hidden].map(folded));
  const visible = rule.visible === null ? null : new Map([...rule.visible].map((column) => [folded(column), column]));
  const unlisted = unlistedColumns(rule);
  return {
    names: rule.complete && visible !== null ? [...visible.keys()] : null,
    ordered: false,
    unlisted,
    wildcard: rule.wildcard,
    find(name) {
      if (hidden.has(name)) return 'hidden';
      return visible?.has(name) === true ? 'yes' : unlisted;
    },
    growth: () => 1,
    read(name, visit) {
      if (name === '*' && rule.visible !== null) for (const column of rule.visible) visit(rule, column);
      else visit(rule, visible?.get(name) ?? name);
    },
  };
}
