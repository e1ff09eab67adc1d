import { Token } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';

/** Bounds of a number, both inclusive. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/**
 * Collects every problem of a construct's props and reports them together.
 *
 * A value that is a token, hence unknown until deployment, passes: refusing it would make the construct unusable with
 * parameters and imports, and reading it as text would compare a placeholder.
 */
export class PropsCheck {
  readonly #scope: IConstruct;
  readonly #problems: string[] = [];

  constructor(scope: IConstruct) {
    this.#scope = scope;
  }

  /** The text's length, in characters, and its form. */
  text(name: string, value: string | undefined, rule: Bounds & { readonly pattern?: RegExp; readonly form?: string }): this {
    if (value === undefined || Token.isUnresolved(value)) return this;
    if (value.length < rule.min || value.length > rule.max) {
      this.problem(`${name} must have ${rule.min} to ${rule.max} characters, it has ${value.length}`);
    } else if (rule.pattern !== undefined && !rule.pattern.test(value)) {
      this.problem(`${name} must be ${rule.form ?? `like ${String(rule.pattern)}`}, it is ${JSON.stringify(value)}`);
    }
    return this;
  }

  integer(name: string, value: number | undefined, bounds: Bounds): this {
    if (value === undefined || Token.isUnresolved(value)) return this;
    if (!Number.isInteger(value) || value < bounds.min || value > bounds.max) {
      this.problem(`${name} must be a whole number from ${bounds.min} to ${bounds.max}, it is ${value}`);
    }
    return this;
  }

  /** A number of halves: 0.5, 1, 1.5. */
  halves(name: string, value: number | undefined, bounds: Bounds): this {
    if (value === undefined || Token.isUnresolved(value)) return this;
    if (!Number.isInteger(value * 2) || value < bounds.min || value > bounds.max) {
      this.problem(`${name} must be ${bounds.min} to ${bounds.max} in steps of a half, it is ${value}`);
    }
    return this;
  }

  /** The duration in seconds. */
  seconds(name: string, value: Duration | undefined, bounds: Bounds): this {
    if (value === undefined || value.isUnresolved()) return this;
    const seconds = value.toSeconds({ integral: false });
    if (seconds < bounds.min || seconds > bounds.max) {
      this.problem(`${name} must be ${bounds.min} to ${bounds.max} seconds, it is ${seconds}`);
    }
    return this;
  }

  /** The number of elements of a list. */
  count(name: string, value: readonly unknown[] | undefined, bounds: Bounds): this {
    if (value === undefined || Token.isUnresolved(value)) return this;
    if (value.length < bounds.min || value.length > bounds.max) {
      this.problem(`${name} must have ${bounds.min} to ${bounds.max} elements, it has ${value.length}`);
    }
    return this;
  }

  /** Any other condition. */
  require(condition: boolean, problem: string): this {
    if (!condition) this.problem(problem);
    return this;
  }

  problem(text: string): void {
    this.#problems.push(text);
  }

  /**
   * @throws CdkConstructsError `invalid-props`, with every problem found and the construct's path.
   */
  done(): void {
    if (this.#problems.length === 0) return;
    throw new CdkConstructsError('invalid-props', `${this.#scope.node.path}: ${this.#problems.join('; ')}.`);
  }
}
