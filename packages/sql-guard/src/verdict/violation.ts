/** What a refused statement broke. */
export type Rule =
  | 'input-empty'
  | 'input-too-long'
  | 'input-not-text'
  | 'input-nesting'
  | 'input-unterminated'
  | 'input-hint-comment'
  | 'syntax'
  | 'parser-exhausted'
  | 'multiple-statements'
  | 'statement-type'
  | 'data-modification'
  | 'select-into'
  | 'row-locking'
  | 'unsupported-syntax'
  | 'relation'
  | 'system-catalog'
  | 'cross-database'
  | 'column'
  | 'unknown-column'
  | 'wildcard'
  | 'attribute-notation'
  | 'function'
  | 'operator'
  | 'type'
  | 'collation'
  | 'limit'
  | 'recursion'
  | 'parameter'
  | 'tenant'
  | 'rewrite'
  | 'parsers-disagree';

/** One reason for a refusal. `start` and `end` are UTF-16 offsets into the statement as it was given; `end` is exclusive. */
export interface Violation {
  readonly rule: Rule;
  /** What is wrong, for a person. */
  readonly message: string;
  /** What to write instead, for a person or a model. */
  readonly hint: string;
  readonly start: number;
  readonly end: number;
}
