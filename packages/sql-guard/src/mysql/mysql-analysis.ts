import type { AstNode, AstValue } from '../grammar/ast.js';
import type { CompiledPolicy, RelationRule } from '../policy/compiled-policy.js';
import { fields } from '../postgresql/analysis.js';
import type { CteFrame, Scope } from '../postgresql/scope.js';
import type { Rule } from '../verdict/violation.js';

/** Where an expression stands. */
export interface Place {
  readonly scope: Scope;
  readonly ctes: CteFrame | null;
  /** Names of output columns, which GROUP BY, HAVING and ORDER BY may use; lower case. */
  readonly outputs?: ReadonlySet<string>;
}

export interface Refusal {
  readonly rule: Rule;
  readonly message: string;
  readonly hint: string;
}

/** A stored table as the statement names it, which `enforce` may have to rewrite. */
export interface TableReference {
  readonly node: AstNode;
  readonly rule: RelationRule;
}

const MAXIMUM_REFUSALS = 20;
const noFields = fields('');

/** What one walk over sqlparser-rs's tree finds. */
export class MysqlAnalysis {
  readonly policy: CompiledPolicy;
  readonly refusals: Refusal[] = [];
  /** Columns read, by the table they belong to; every table read has an entry. */
  readonly columns = new Map<RelationRule, Set<string>>();
  /** Every name in FROM as written, `database.table`, for comparison with the other parser. */
  readonly tables = new Set<string>();
  readonly functions = new Set<string>();
  readonly references: TableReference[] = [];
  /** `database.table` of column references with three parts. */
  readonly qualified = new Set<string>();
  expressionDepth = 0;
  queryDepth = 0;
  fromItems = 0;
  setOperations = 0;
  commonTableExpressions = 0;
  /** Whether it searches with MATCH, which only stored tables have an index for. */
  searchesText = false;
  /** What all references grow to when derived tables are merged into each other. */
  growth = 0;
  /** What repeat() multiplies, over the statement. */
  repetitions = 1;

  constructor(policy: CompiledPolicy) {
    this.policy = policy;
  }

  get limits(): CompiledPolicy['source']['limits'] {
    return this.policy.source.limits;
  }

  refuse(rule: Rule, message: string, hint: string): void {
    if (this.refusals.length >= MAXIMUM_REFUSALS || this.refusals.some((other) => other.message === message)) return;
    this.refusals.push({ rule, message, hint });
  }

  unsupported(what: string): void {
    this.refuse('unsupported-syntax', `${what} is not on the list of syntax that only reads.`, 'Write the statement with plain SELECT syntax.');
  }

  /** Refuses fields that say something and are not known here, so that new syntax is refused rather than ignored. */
  onlyFields(node: AstNode, type: string, known: ReturnType<typeof fields> = noFields): void {
    for (const [field, value] of Object.entries(node)) if (says(value) && !place(field) && !known.has(field)) this.unsupported(`${type}.${field}`);
  }

  /** Counts what one reference grows to. */
  grow(by: number): void {
    this.growth += by;
    if (this.growth > this.limits.growth) this.refuse('limit', `Queries inside each other repeat their expressions more than ${String(this.limits.growth)} times.`, 'Name a computed column less often, or write fewer levels.');
  }

  /** Counts one more of something that is limited. */
  count(what: 'fromItems' | 'setOperations' | 'commonTableExpressions', named: string): void {
    this[what] += 1;
    if (this[what] > this.limits[what]) this.refuse('limit', `There are more than ${String(this.limits[what])} ${named}.`, 'Write fewer.');
  }

  readonly recordColumn = (rule: RelationRule, column: string): void => {
    const known = this.columns.get(rule);
    if (known === undefined) this.columns.set(rule, new Set([column]));
    else known.add(column);
  };
}

/** Fields with which sqlparser-rs tells where something stands. */
const place = (field: string): boolean => field === 'span' || field.endsWith('_token');

/** Whether a field of the tree holds anything: absent ones are printed as undefined, null, false or an empty list. */
export function says(value: AstValue | null): value is Exclude<AstValue, undefined> {
  return value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** MySQL compares column names, aliases of columns and functions without case. */
export const folded = (name: string): string => name.toLowerCase();
