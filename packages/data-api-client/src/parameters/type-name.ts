import { ParameterError } from '../errors/parameter-error.js';

const identifier = String.raw`(?:[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|"(?:[^"\0]|"")+")`;
const words = String.raw`(?:\s+(?:precision|varying|unsigned|signed|with(?:out)?\s+time\s+zone))?`;
const typePattern = new RegExp(String.raw`^(${identifier}(?:\.${identifier})?${words})(\(\s*\d+(?:\s*,\s*-?\d+)?\s*\)${words})?((?:\[\])*)$`, 'iu');

export interface TypeName {
  /** The type's name in lower case, without modifier and dimensions; a quoted name keeps its case and its quotes. */
  readonly base: string;
  /** Whether the name ends in `[]`. */
  readonly isArray: boolean;
  /** The name as it goes into a cast. */
  readonly sql: string;
}

/** Reads a type name that is to be written into a statement, and refuses anything that is more than a type name. */
export function parseTypeName(name: string): TypeName {
  const match = typePattern.exec(name);
  if (!match) throw new ParameterError(`${JSON.stringify(name)} is not the name of a type. Quote unusual names: app."Order State".`);
  const [, base = '', , dimensions = ''] = match;
  return { base: base.includes('"') ? base : base.toLowerCase(), isArray: dimensions !== '', sql: name };
}
