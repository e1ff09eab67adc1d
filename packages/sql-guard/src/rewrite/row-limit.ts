import { asInteger, asList, asNode, bodyOf, optionalNode, type AstNode } from '../grammar/ast.js';
import { tokenIndexAt } from '../postgresql/token-span.js';
import type { MutableNode } from './mutable-tree.js';
import type { Rewriting } from './tenant-filter.js';

export interface RowLimit {
  readonly rowLimit: number | null;
  /** Puts the statement inside another where its own LIMIT can't be read. */
  readonly wrap: (sql: string) => string;
}

const asIs = (sql: string): string => sql;
const integer = (value: number): MutableNode => ({ A_Const: { ival: { ival: value } } });

/** Caps the rows at one more than `cap`, so that a result of more than `cap` rows is known to be cut. */
export function limitRows(rewriting: Rewriting, cap: number | null): RowLimit {
  const raw = asNode(asList(rewriting.inspection.tree.stmts)[0]);
  const original = asNode(asNode(raw.stmt).SelectStmt);
  const select = rewriting.copyOf.get(original);
  if (cap === null || select === undefined) return { rowLimit: null, wrap: asIs };
  const count = optionalNode(original.limitCount);
  const constant = count === null ? null : bodyOf(count, 'A_Const');
  const own = constant?.ival === undefined ? null : asInteger(asNode(constant.ival).ival);

  if (original.limitOption === 'LIMIT_OPTION_COUNT' && own !== null && own <= cap) return { rowLimit: own, wrap: asIs };
  if (original.limitOption === 'LIMIT_OPTION_COUNT' && constant !== null && own !== null) {
    replaceCount(rewriting, select, constant, cap + 1);
    return { rowLimit: cap, wrap: asIs };
  }
  if (count === null && original.limitOption === 'LIMIT_OPTION_DEFAULT') {
    select.limitCount = integer(cap + 1);
    select.limitOption = 'LIMIT_OPTION_COUNT';
    const end = statementEnd(rewriting);
    rewriting.edits.push({ start: end, end, text: ` LIMIT ${String(cap + 1)}` });
    return { rowLimit: cap, wrap: asIs };
  }
  return wrapped(rewriting, raw, cap);
}

function replaceCount(rewriting: Rewriting, select: MutableNode, constant: AstNode, value: number): void {
  const at = rewriting.inspection.bound.originalOffset(typeof constant.location === 'number' ? constant.location : 0);
  const token = rewriting.tokens[tokenIndexAt(rewriting.tokens, at)];
  if (token === undefined) return;
  select.limitCount = integer(value);
  rewriting.edits.push({ start: token.start, end: token.end, text: String(value) });
}

/** The end of the last token that is not a semicolon: what follows can only be comments and semicolons. */
function statementEnd({ inspection, tokens }: Rewriting): number {
  return tokens.findLast((token) => inspection.sql[token.start] !== ';')?.end ?? inspection.sql.length;
}

/** `LIMIT :n`, `LIMIT ALL`, `FETCH .. WITH TIES`: the statement becomes a subquery, whose order PostgreSQL keeps. */
function wrapped(rewriting: Rewriting, raw: AstNode, cap: number): RowLimit {
  const copy = rewriting.copyOf.get(raw);
  if (copy === undefined) return { rowLimit: null, wrap: asIs };
  copy.stmt = {
    SelectStmt: {
      targetList: [{ ResTarget: { val: { ColumnRef: { fields: [{ A_Star: {} }] } } } }],
      fromClause: [{ RangeSubselect: { subquery: copy.stmt as MutableNode, alias: { aliasname: 'guarded' } } }],
      limitCount: integer(cap + 1),
      limitOption: 'LIMIT_OPTION_COUNT',
      op: 'SETOP_NONE',
    },
  };
  const end = statementEnd(rewriting);
  rewriting.edits.push({ start: end, end: rewriting.inspection.sql.length, text: '' });
  return { rowLimit: cap, wrap: (sql) => `SELECT * FROM (\n${sql}\n) AS guarded LIMIT ${String(cap + 1)}` };
}
