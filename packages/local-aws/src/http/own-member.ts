/** A member by a name that a client gave: `constructor` and `__proto__` are names like any other. */
export function ownMember<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
