const marker = Symbol.for('@ask-aurora/data-api-client/typed-value');

/** A value with the name of its database type. Made by `typed`. */
export class TypedValue {
  /** The type as it is written in SQL, for example `int4`, `text[]` or `app."Mood"`. */
  readonly typeName: string;
  readonly value: unknown;

  constructor(typeName: string, value: unknown) {
    this.typeName = typeName;
    this.value = value;
    Object.defineProperty(this, marker, { value: true });
  }

  static isInstance(value: unknown): value is TypedValue {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
