/**
 * What information_schema of a real server (MariaDB 10.11) answered about a small shop, row by row as a driver gives it, so
 * that reading it is tested where no server is installed.
 */
type Row = Readonly<Record<string, unknown>>;

const rowsOf = (columns: readonly string[], values: readonly (readonly (string | null)[])[]): readonly Row[] => values.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));

/** VERSION() and DATABASE(). */
const server = rowsOf(["server_version", "database_name", "knows_view_reads"], [
  ["10.11.19-MariaDB-0+deb12u1", null, "0"],
]);

/** information_schema.TABLES. */
const relations = rowsOf(["schema_name", "relation_name", "kind", "comment_text", "row_estimate", "partitioned"], [
  ["shop", "Größen", "BASE TABLE", "", "0", "0"],
  ["shop", "customers", "BASE TABLE", "Who buys; \"quoted\" and ünïcode", "20", "0"],
  ["shop", "events", "BASE TABLE", "", "2", "1"],
  ["shop", "line_returns", "BASE TABLE", "", "0", "0"],
  ["shop", "open_orders", "VIEW", "VIEW", null, "0"],
  ["shop", "order_lines", "BASE TABLE", "", "60", "0"],
  ["shop", "orders", "BASE TABLE", "", "60", "0"],
  ["shop", "products", "BASE TABLE", "", "0", "0"],
]);

/** information_schema.COLUMNS. */
const columns = rowsOf(["schema_name", "relation_name", "column_name", "column_type", "is_nullable", "comment_text"], [
  ["shop", "Größen", "größe", "int(11)", "NO", ""],
  ["shop", "customers", "id", "bigint(20)", "NO", ""],
  ["shop", "customers", "name", "varchar(80)", "NO", ""],
  ["shop", "customers", "mail", "varchar(80)", "YES", ""],
  ["shop", "customers", "segment", "varchar(20)", "NO", "Kind of customer"],
  ["shop", "customers", "note", "text", "YES", "Confidential remarks"],
  ["shop", "customers", "reachable_at", "varchar(40)", "YES", ""],
  ["shop", "customers", "active", "tinyint(1)", "NO", ""],
  ["shop", "events", "at", "date", "NO", ""],
  ["shop", "events", "kind", "varchar(20)", "YES", ""],
  ["shop", "line_returns", "order_id", "int(10) unsigned", "YES", ""],
  ["shop", "line_returns", "line", "int(11)", "YES", ""],
  ["shop", "line_returns", "returned_on", "date", "YES", ""],
  ["shop", "open_orders", "id", "int(10) unsigned", "NO", ""],
  ["shop", "open_orders", "customer_id", "bigint(20)", "NO", ""],
  ["shop", "order_lines", "order_id", "int(10) unsigned", "NO", ""],
  ["shop", "order_lines", "line", "int(11)", "NO", ""],
  ["shop", "order_lines", "product_code", "varchar(20)", "NO", ""],
  ["shop", "orders", "id", "int(10) unsigned", "NO", ""],
  ["shop", "orders", "customer_id", "bigint(20)", "NO", ""],
  ["shop", "orders", "state", "enum('new','paid','it''s sent','back\\\\slash')", "NO", ""],
  ["shop", "orders", "flags", "set('gift','express')", "YES", ""],
  ["shop", "orders", "ordered_at", "datetime", "NO", ""],
  ["shop", "orders", "total", "decimal(12,2)", "YES", ""],
  ["shop", "products", "product_code", "varchar(20)", "NO", ""],
  ["shop", "products", "List Price", "decimal(10,2)", "YES", ""],
]);

/** information_schema.STATISTICS. */
const uniqueKeys = rowsOf(["schema_name", "relation_name", "key_name", "column_name", "partial"], [
  ["shop", "Größen", "PRIMARY", "größe", "0"],
  ["shop", "customers", "mail", "mail", "0"],
  ["shop", "customers", "PRIMARY", "id", "0"],
  ["shop", "order_lines", "PRIMARY", "line", "0"],
  ["shop", "order_lines", "PRIMARY", "order_id", "0"],
  ["shop", "orders", "PRIMARY", "id", "0"],
  ["shop", "products", "prefix_only", "product_code", "1"],
  ["shop", "products", "prefix_only", "List Price", "0"],
  ["shop", "products", "PRIMARY", "product_code", "0"],
]);

/** information_schema.KEY_COLUMN_USAGE. */
const foreignKeys = rowsOf(["schema_name", "relation_name", "key_name", "column_name", "target_schema", "target_relation", "target_column"], [
  ["shop", "line_returns", "line_returns_ibfk_1", "line", "shop", "order_lines", "line"],
  ["shop", "line_returns", "line_returns_ibfk_1", "order_id", "shop", "order_lines", "order_id"],
  ["shop", "order_lines", "order_lines_ibfk_1", "order_id", "shop", "orders", "id"],
  ["shop", "orders", "orders_customer", "customer_id", "shop", "customers", "id"],
]);

/** The values of shop.orders. */
const orderValues = rowsOf(["place", "value_text", "row_count", "distinct_count", "left_out"], [
  ["0", null, "60", "60", "0"],
  ["0", "1", "1", null, null],
  ["0", "10", "1", null, null],
  ["0", "11", "1", null, null],
  ["1", null, "60", "20", "0"],
  ["1", "1", "3", null, null],
  ["1", "10", "3", null, null],
  ["1", "11", "3", null, null],
  ["2", null, "60", "3", "0"],
  ["2", "it's sent", "20", null, null],
  ["2", "new", "20", null, null],
  ["2", "paid", "20", null, null],
  ["3", null, "60", "2", "0"],
  ["3", "gift", "30", null, null],
  ["3", "gift,express", "30", null, null],
  ["4", null, "60", "1", "0"],
  ["4", "2026-11-25 19:58:46", "60", null, null],
  ["5", null, "60", "60", "0"],
  ["5", "1.00", "1", null, null],
  ["5", "10.00", "1", null, null],
  ["5", "11.00", "1", null, null],
]);

/** Answers introspection's statements with the recorded rows, and keeps the statements. */
export function recordedMysql(): { readonly run: (sql: string) => Promise<Record<string, unknown>[]>; readonly statements: string[] } {
  const statements: string[] = [];
  const answers: readonly (readonly [RegExp, readonly Row[]])[] = [
    [/VERSION\(\)/, server],
    [/information_schema\.TABLES/, relations],
    [/information_schema\.COLUMNS/, columns],
    [/information_schema\.STATISTICS/, uniqueKeys],
    [/information_schema\.KEY_COLUMN_USAGE/, foreignKeys],
    [/FROM `shop`\.`orders`/, orderValues],
  ];
  return { statements, run: (sql) => (statements.push(sql), Promise.resolve((answers.find(([pattern]) => pattern.test(sql))?.[1] ?? []).map((row) => ({ ...row })))) };
}
