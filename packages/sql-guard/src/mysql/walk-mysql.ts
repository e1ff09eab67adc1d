import { asList, asNode, asText, UnexpectedTree, type AstNode, type AstValue } from '../grammar/ast.js';
import type { CompiledPolicy, RelationRule } from '../policy/compiled-policy.js';
import { fields } from '../postgresql/analysis.js';
import type { Rule } from '../verdict/violation.js';

/** What the walk over sqlparser-rs's tree finds. */
export interface MysqlFindings {
  readonly refusals: { readonly rule: Rule; readonly message: string; readonly hint: string }[];
  readonly rules: Map<string, RelationRule>;
  /** Every name in FROM as written, `database.table`, for comparison with the other parser. */
  readonly tables: Set<string>;
  readonly functions: Set<string>;
  /** Bare and last parts of column names. */
  readonly names: Set<string>;
  /** Names that the statement itself gives: aliases and columns of common table expressions. */
  readonly given: Set<string>;
  wildcard: boolean;
  natural: boolean;
}

/** Variants of sqlparser-rs that only read. All others are refused. */
const variants = fields(
  'Query Select SetOperation Values UnnamedExpr ExprWithAlias Wildcard QualifiedWildcard Identifier CompoundIdentifier Value Number SingleQuotedString Boolean Placeholder BinaryOp UnaryOp Nested Function List Unnamed Expr Expressions Table Derived NestedJoin Join Inner Left LeftOuter Right RightOuter CrossJoin StraightJoin On Using Constraint None Natural Between InList InSubquery Subquery Exists Like ILike RLike Case IsNull IsNotNull IsTrue IsFalse IsNotTrue IsNotFalse Cast Convert Extract Substring Trim Position Ceil Floor Interval Tuple AtTimeZone LimitOffset OffsetCommaLimit WindowSpec NamedWindow DateTimeField Scale Word ObjectName Tokens Rollup GroupingSets Cube AnyOp AllOp Collate All Distinct OrderBy Null PrecisionAndScale Precision IntegerLength',
);
/** Data types of CAST and unit names, which sqlparser-rs prints as variants with or without content. */
const types = fields(
  'Char Character Varchar Nvarchar Text Binary Varbinary Date Time Datetime Timestamp Decimal Dec Numeric Float Double DoublePrecision Real Int Integer BigInt SmallInt TinyInt MediumInt Signed SignedInteger Unsigned UnsignedInteger JSON Year Month Day Hour Minute Second Quarter Week WithoutTimeZone Custom',
);
/** Struct fields that say something a read may say; any other must be empty. */
const knownFields = fields(
  'with recursive cte_tables alias name columns query body span start end line column with_token select_token closing_paren_token token value keyword explicit distinct projection from relation joins join_operator global selection group_by having named_window window_frame partition_by order_by order_by_all options asc nulls_first expr exprs kind limit_clause limit offset limit_by rows op left right negated pattern escape_char low high list subquery args clauses parameters over filter null_treatment within_group operand conditions condition result else_result data_type format field syntax substring_from substring_for special shorthand trim_where trim_what trim_characters in leading_field leading_precision last_field fractional_seconds_precision set_quantifier flavor lateral window_name units start_bound end_bound duplicate_treatment explicit_row top_before_distinct window_before_qualify quote_style any table_with_joins case_token end_token index_hints value_keyword target_before_value is_try charset styles with_ordinality uses_odbc_syntax parenthesized optional_alias exclude except rename replace ilike opt_exclude opt_except opt_rename opt_replace opt_ilike wildcard_token interpolate quantifier precision scale length array nulls_distinct timezone collation',
);

export function walkMysql(statement: AstNode, policy: CompiledPolicy): MysqlFindings {
  const findings: MysqlFindings = { refusals: [], rules: new Map(), tables: new Set(), functions: new Set(), names: new Set(), given: new Set(), wildcard: false, natural: false };
  const kind = Object.keys(statement);
  if (kind.length !== 1 || kind[0] !== 'Query') findings.refusals.push({ rule: 'statement-type', message: `${kind[0] ?? 'This'} is not a SELECT statement.`, hint: 'Only SELECT statements are run.' });
  else new MysqlWalk(findings, policy).visit(statement, new Set());
  return findings;
}

class MysqlWalk {
  readonly #findings: MysqlFindings;
  readonly #policy: CompiledPolicy;

  constructor(findings: MysqlFindings, policy: CompiledPolicy) {
    this.#findings = findings;
    this.#policy = policy;
  }

  visit(value: AstValue, ctes: ReadonlySet<string>): void {
    if (Array.isArray(value)) {
      for (const item of value as readonly AstNode[]) this.visit(item, ctes);
      return;
    }
    if (typeof value !== 'object') return;
    const node = value as AstNode;
    if (node.body !== undefined) {
      this.#query(node, ctes);
      return;
    }
    for (const [field, inner] of Object.entries(node)) this.#field(field, inner, ctes);
  }

  /** A query: its common table expressions are in sight of it and of what is inside it, each of those after it. */
  #query(node: AstNode, outer: ReadonlySet<string>): void {
    let ctes = outer;
    const withClause = node.with;
    if (withClause !== undefined && withClause !== null) {
      const { recursive, cte_tables: tables } = asNode(withClause);
      const names = asList(tables).map((table) => asText(asNode(asNode(table.alias).name).value));
      if (recursive === true && !this.#policy.source.limits.recursion) this.#refuse('recursion', 'WITH RECURSIVE is not allowed.', 'Write the statement without recursion.');
      if (recursive === true) ctes = new Set([...ctes, ...names]);
      for (const [index, table] of asList(tables).entries()) {
        this.#alias(asNode(table.alias));
        this.visit(table.query, ctes);
        ctes = new Set([...ctes, names[index] ?? '']);
      }
    }
    for (const [field, inner] of Object.entries(node)) if (field !== 'with') this.#field(field, inner, ctes);
  }

  #field(field: string, inner: AstValue, ctes: ReadonlySet<string>): void {
    if (/^[A-Z]/.test(field)) {
      this.#variant(field, inner, ctes);
      return;
    }
    if (inner === undefined || inner === null || inner === false || (Array.isArray(inner) && inner.length === 0)) return;
    if (!knownFields.has(field)) {
      this.#refuse('unsupported-syntax', `${field} is not on the list of syntax that only reads.`, 'Write the statement with plain SELECT syntax.');
      return;
    }
    if (field === 'alias') this.#alias(asNode(inner));
    // Unit variants are printed as plain strings: join kinds, operators, quantifiers.
    else if (field === 'join_operator' && typeof inner === 'object') this.#join(asNode(inner), ctes);
    else if (field !== 'span' && !field.endsWith('_token')) this.visit(inner, ctes);
  }

  #variant(variant: string, inner: AstValue, ctes: ReadonlySet<string>): void {
    if (!variants.has(variant) && !types.has(variant)) {
      this.#refuse('unsupported-syntax', `${variant} is not on the list of syntax that only reads.`, 'Write the statement with plain SELECT syntax.');
      return;
    }
    switch (variant) {
      case 'Table': this.#table(asNode(inner), ctes); break;
      case 'Function': this.#call(asNode(inner), ctes); break;
      case 'Identifier': this.#name(asText(asNode(inner).value)); break;
      case 'CompoundIdentifier': this.#name(asText(asNode(asList(inner).at(-1) as AstNode).value)); break;
      case 'Wildcard':
      case 'QualifiedWildcard': this.#findings.wildcard = true; break;
      case 'ExprWithAlias': {
        const { expr, alias } = asNode(inner);
        this.#findings.given.add(asText(asNode(alias).value).toLowerCase());
        this.visit(expr, ctes);
        break;
      }
      case 'Placeholder': break;
      default: this.visit(inner, ctes);
    }
  }

  #table(node: AstNode, ctes: ReadonlySet<string>): void {
    const parts = asList(node.name).map((part) => asText(asNode(part.Identifier).value));
    const [schema, name] = parts.length === 2 ? (parts as [string, string]) : [null, parts[0] ?? ''];
    this.#findings.tables.add(`${schema ?? ''}.${name}`);
    for (const [field, inner] of Object.entries(node)) if (field !== 'name') this.#field(field, inner, ctes);
    if (parts.length > 2) this.#refuse('cross-database', `${parts.join('.')} has too many parts.`, 'Name the table as database.table.');
    if (schema === null && ctes.has(name)) return;
    const decision = this.#policy.relation(schema, name);
    if (decision.ok) this.#findings.rules.set(`${decision.rule.schema}.${decision.rule.name}`, decision.rule);
    else this.#refuse('relation', `${parts.join('.')} is not a table that may be read.`, 'Read only the tables you were told about.');
  }

  #call(node: AstNode, ctes: ReadonlySet<string>): void {
    const parts = asList(node.name).map((part) => asText(asNode(part.Identifier).value).toLowerCase());
    const name = parts.at(-1) ?? '';
    const schema = parts.length > 1 ? parts.slice(0, -1).join('.') : null;
    this.#findings.functions.add(parts.join('.'));
    if (!this.#policy.function(schema, name)) this.#refuse('function', `The function ${parts.join('.')} is not on the list of functions that only compute.`, 'Use a built-in function that reads only its arguments.');
    if (name === 'lpad' || name === 'rpad') this.#padding(node);
    for (const [field, inner] of Object.entries(node)) if (field !== 'name') this.#argument(field, inner, ctes);
  }

  /** The star of COUNT(*) reveals no column. */
  #argument(field: string, inner: AstValue, ctes: ReadonlySet<string>): void {
    const before = this.#findings.wildcard;
    this.#field(field, inner, ctes);
    if (field === 'args' && JSON.stringify(inner).includes('"Unnamed":"Wildcard"')) this.#findings.wildcard = before;
  }

  #padding(node: AstNode): void {
    const text = JSON.stringify(node.args);
    const sizes = [...text.matchAll(/"Number":\["(\d+)"/g)].map(([, digits]) => Number(digits));
    if (sizes.length !== 1 || (sizes[0] ?? Number.POSITIVE_INFINITY) > this.#policy.source.limits.padding) this.#refuse('limit', `Padding needs one constant length of at most ${String(this.#policy.source.limits.padding)}.`, 'Ask for less.');
  }

  #join(operator: AstNode, ctes: ReadonlySet<string>): void {
    for (const [kind, constraint] of Object.entries(operator)) {
      if (!variants.has(kind)) this.#refuse('unsupported-syntax', `${kind} is not on the list of joins.`, 'Use JOIN .. ON.');
      if (constraint === 'Natural') this.#findings.natural = true;
      else if (typeof constraint === 'object') this.visit(constraint, ctes);
    }
  }

  #alias(alias: AstNode): void {
    const name = alias.name === undefined ? alias : asNode(alias.name);
    if (typeof name.value !== 'string') throw new UnexpectedTree('An alias has no name.');
    this.#findings.given.add(name.value.toLowerCase());
    for (const column of asList(alias.columns)) this.#findings.given.add(asText(asNode(column.name).value).toLowerCase());
  }

  #name(name: string): void {
    this.#findings.names.add(name.toLowerCase());
  }

  #refuse(rule: Rule, message: string, hint: string): void {
    if (this.#findings.refusals.length < 20) this.#findings.refusals.push({ rule, message, hint });
  }
}
