import type { ParameterValue } from '../parameters/parameter-value.js';

const marker = Symbol.for('@ask-aurora/data-api-client/sql-statement');

/** SQL text and the values that belong into it, kept apart until they are sent. Made by the `sql` tag. */
export class SqlStatement {
  /** Text pieces; between each two stands a value. */
  readonly texts: readonly string[];
  readonly values: readonly ParameterValue[];

  constructor(texts: readonly string[], values: readonly ParameterValue[]) {
    this.texts = texts;
    this.values = values;
    Object.defineProperty(this, marker, { value: true });
  }

  static isInstance(value: unknown): value is SqlStatement {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
