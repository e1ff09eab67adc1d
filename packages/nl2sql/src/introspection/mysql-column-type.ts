/** A column's type as information_schema's COLUMN_TYPE gives it. */
export interface MysqlColumnType {
  /** Without what says nothing: display widths of integers, the labels of an enum. */
  readonly type: string;
  /** Of an enum or a set, in their order. */
  readonly labels: readonly string[] | null;
}

/**
 * Reads a COLUMN_TYPE. Display widths of integers go (MySQL 8.0.19 and later shows none, earlier ones and MariaDB do), but
 * for `tinyint(1)`, which is how MySQL writes a boolean.
 *
 * @example
 * readMysqlColumnType("enum('new','it''s paid')") // { type: 'enum', labels: ['new', "it's paid"] }
 */
export function readMysqlColumnType(columnType: string): MysqlColumnType {
  const listed = /^(enum|set)\((.*)\)/is.exec(columnType);
  if (listed !== null) return { type: (listed[1] ?? 'enum').toLowerCase(), labels: labelsOf(listed[2] ?? '') };
  const lower = columnType.toLowerCase();
  return { type: lower.startsWith('tinyint(1)') ? lower : lower.replace(/^((?:tiny|small|medium|big)?int)\(\d+\)/, '$1'), labels: null };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', '0': '\0' };

/** The server doubles quotes in labels and escapes backslashes, line breaks and NUL. */
function labelsOf(list: string): readonly string[] {
  return [...list.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs)].map(([, label = '']) => label.replace(/''|\\(.)/gs, (_match, escaped?: string) => (escaped === undefined ? "'" : (escapes[escaped] ?? escaped))));
}
