import type { Catalog } from '../catalog/catalog.js';
import type { AstNode } from '../grammar/ast.js';
import { relationKey } from '../policy/relation-key.js';
import type { CompiledPolicy, RelationRule } from '../policy/compiled-policy.js';
import type { Rule } from '../verdict/violation.js';
import type { RelationName } from '../verdict/verdict.js';
import type { Scope } from './scope.js';
import type { CteFrame } from './scope.js';

/** A violation whose place is still the parser's: bytes of UTF-8 into the parsed text. */
export interface LocatedViolation {
  readonly rule: Rule;
  readonly message: string;
  readonly hint: string;
  readonly location: number;
}

/** A stored relation as the statement names it, which `enforce` may have to rewrite. */
export interface RelationReference {
  readonly node: AstNode;
  readonly rule: RelationRule;
  /** False inside TABLESAMPLE, which a row filter can't be put around without moving the alias. */
  readonly plain: boolean;
}

/** Where an expression stands. */
export interface Place {
  readonly scope: Scope;
  readonly ctes: CteFrame | null;
}

const MAXIMUM_VIOLATIONS = 20;

/** What one walk over a statement finds. */
export class Analysis {
  readonly policy: CompiledPolicy;
  readonly catalog: Catalog;
  readonly violations: LocatedViolation[] = [];
  readonly relations = new Map<string, RelationName>();
  /** Columns read, by the relation they belong to. */
  readonly columns = new Map<RelationRule, Set<string>>();
  readonly functions = new Set<string>();
  readonly operators = new Set<string>();
  readonly parameterNumbers = new Set<number>();
  readonly references: RelationReference[] = [];
  /** Nodes of three-part column references, by the relation they name. */
  readonly qualifiedColumns: { readonly node: AstNode; readonly schema: string; readonly relation: string }[] = [];
  readonly limits: CompiledPolicy['source']['limits'];
  #at = 0;
  expressionDepth = 0;
  queryDepth = 0;
  fromItems = 0;
  setOperations = 0;
  commonTableExpressions = 0;
  /** Of calls that replace text, how much they multiply. */
  readonly replacedGrowths = new Map<AstNode, number>();
  /** What all references grow to when queries are flattened into each other. */
  growth = 0;
  /** Whether rows or quotations were made, which grow with every one around them even where nothing is flattened. */
  quotes = false;
  /**
   * Whether an operator or function may fail at a value. PostgreSQL tries those on the most common values of a column while planning,
   * other tenants' among them.
   */
  triesStatistics = false;
  /** The call of pg_typeof() whose result meets no text. */
  namedType: AstNode | null = null;
  seriesRows = 1;
  repetitions = 1;
  /** Characters of the longest literal. */
  longestText = 0;

  constructor(policy: CompiledPolicy, catalog: Catalog) {
    this.policy = policy;
    this.catalog = catalog;
    this.limits = policy.source.limits;
  }

  /** The last place seen. */
  get place(): number {
    return this.#at;
  }

  /** The place of a node, or of the last one before it that has a place. */
  locate(node: AstNode): number {
    const { location } = node;
    if (typeof location === 'number' && location >= 0) this.#at = location;
    return this.#at;
  }

  refuse(rule: Rule, message: string, hint: string, location: number): void {
    if (this.violations.length >= MAXIMUM_VIOLATIONS) return;
    if (this.violations.some((other) => other.location === location && other.message === message)) return;
    this.violations.push({ rule, message, hint, location });
  }

  /** Counts what one reference, or one expression around others, grows to. */
  grow(by: number): void {
    this.growth += by;
    if (this.growth <= this.limits.growth || this.growth - by > this.limits.growth) return;
    this.refuse('limit', `Queries inside each other repeat their expressions more than ${String(this.limits.growth)} times.`, 'Name a computed column less often, or write fewer levels.', this.#at);
  }

  /** Counts an expression that writes what is inside it between quotes, which doubles it when printed: `before` is the growth before its parts. */
  quote(before: number): void {
    this.quotes = true;
    this.grow(1 + this.growth - before);
  }

  unsupported(what: string, location: number = this.#at): void {
    this.refuse('unsupported-syntax', `${what} is not on the list of syntax that only reads.`, 'Write the statement with plain SELECT syntax.', location);
  }

  /** Refuses fields that this version of the guard does not know, so that new grammar is refused rather than ignored. */
  onlyFields(node: AstNode, type: string, known: FieldList): void {
    for (const field in node) if (!known.has(field)) this.unsupported(`${type}.${field}`, this.#at);
  }

  readonly recordColumn = (rule: RelationRule, column: string): void => {
    const known = this.columns.get(rule);
    if (known === undefined) this.columns.set(rule, new Set([column]));
    else known.add(column);
  };

  recordRelation(rule: RelationRule): void {
    this.relations.set(relationKey(rule.schema, rule.name), { schema: rule.schema, name: rule.name });
  }
}

/** The names a node's field, or a field's value, may have. */
class FieldList {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Compares with the names one by one, which for as few as these is faster than hashing. */
  has(name: string): boolean {
    const names = this.#names;
    for (let index = 0; index < names.length; index += 1) if (names[index] === name) return true;
    return false;
  }
}

/** A list of names, the frequent ones first. */
export const fields = (list: string): FieldList => new FieldList(list.split(' '));
