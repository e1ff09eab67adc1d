/** One relation as a map's key. NUL is in no name, so two relations never share a key. */
export const relationKey = (schema: string, name: string): string => `${schema}\u0000${name}`;
