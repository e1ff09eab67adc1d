/** A PostgreSQL identifier that means exactly this name, whatever its characters. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A PostgreSQL literal. Backslashes are plain characters there, as `standard_conforming_strings` is on. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A MySQL identifier. */
export function quoteMysqlIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A MySQL database in a GRANT, where `_` and `%` would match other databases too. */
export function quoteMysqlGrantDatabase(name: string): string {
  return quoteMysqlIdentifier(name.replaceAll(/[\\_%]/g, (character) => `\\${character}`));
}

/** A MySQL literal, right under every `sql_mode`. */
export function quoteMysqlLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Splits at the first dot: a schema's name has none here, because the props refuse it. */
export function splitRelation(qualified: string): { readonly schema: string; readonly name: string } {
  const dot = qualified.indexOf('.');
  return { schema: qualified.slice(0, dot), name: qualified.slice(dot + 1) };
}
