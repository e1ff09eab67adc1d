import { readdirSync } from 'node:fs';
import type { Connection } from 'mysql2/promise';

type Row = readonly (string | number | null)[];

const rows = async (connection: Connection, sql: string): Promise<readonly Row[]> => (await connection.query(sql))[0] as unknown as readonly Row[];

/** Variables that change by themselves, or with every statement. */
const volatile = "'timestamp', 'rand_seed1', 'rand_seed2', 'last_insert_id', 'insert_id', 'identity', 'pseudo_thread_id', 'error_count', 'warning_count', 'statement_id', 'gtid_executed', 'gtid_next', 'transaction_isolation', 'transaction_read_only'";

const sessionSql = [
  'SELECT DATABASE(), CURRENT_USER(), CURRENT_ROLE()',
  'SELECT variable_name, variable_value FROM performance_schema.user_variables_by_thread WHERE thread_id = PS_CURRENT_THREAD_ID()',
  `SELECT variable_name, variable_value FROM performance_schema.session_variables WHERE variable_name NOT IN (${volatile})`,
  // What is more than a read keeps others from writing, or outlives its transaction.
  "SELECT object_type, object_schema, object_name, lock_type, lock_duration FROM performance_schema.metadata_locks WHERE owner_thread_id = PS_CURRENT_THREAD_ID() AND object_schema IS NOT NULL AND (lock_duration = 'EXPLICIT' OR lock_type IN ('SHARED_WRITE', 'SHARED_WRITE_LOW_PRIO', 'SHARED_READ_ONLY', 'SHARED_UPGRADABLE', 'SHARED_NO_WRITE', 'SHARED_NO_READ_WRITE', 'EXCLUSIVE')) ORDER BY 1, 2, 3, 4",
  "SELECT object_type, object_name, lock_type FROM performance_schema.metadata_locks WHERE owner_thread_id = PS_CURRENT_THREAD_ID() AND object_schema IS NULL AND lock_duration = 'EXPLICIT'",
  'SELECT object_schema, object_name, lock_mode FROM performance_schema.data_locks WHERE thread_id = PS_CURRENT_THREAD_ID() ORDER BY 1, 2, 3',
  'SELECT statement_name FROM performance_schema.prepared_statements_instances WHERE owner_thread_id = PS_CURRENT_THREAD_ID() AND statement_name IS NOT NULL',
];

/** What a statement could change of the session that ran it: variables, locks, prepared statements, the database it uses. */
export async function mysqlSessionState(connection: Connection): Promise<string> {
  const parts: unknown[] = [];
  for (const sql of sessionSql) parts.push(await rows(connection, sql));
  return JSON.stringify(parts);
}

/** What stays of a statement when its session is gone: of the data, and of the server beside. */
export interface MysqlDurableState {
  readonly data: string;
  readonly server: string;
  /** Global variables, which can be set back one by one. */
  readonly variables: ReadonlyMap<string, string>;
}

const ours = "NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')";

export async function mysqlDurableState(connection: Connection, files: string): Promise<MysqlDurableState> {
  const columns = await rows(connection, `SELECT table_schema, table_name, column_name, column_type FROM information_schema.columns WHERE table_schema ${ours} ORDER BY 1, 2, ordinal_position`);
  const tables = [...new Set(columns.map(([schema, table]) => `\`${String(schema)}\`.\`${String(table)}\``))];
  const data = [
    columns,
    tables.length === 0 ? [] : await rows(connection, `CHECKSUM TABLE ${tables.join(', ')}`),
    await rows(connection, `SELECT schema_name FROM information_schema.schemata WHERE schema_name ${ours} ORDER BY 1`),
    await rows(connection, `SELECT routine_schema, routine_name FROM information_schema.routines WHERE routine_schema ${ours} UNION SELECT trigger_schema, trigger_name FROM information_schema.triggers WHERE trigger_schema ${ours} UNION SELECT event_schema, event_name FROM information_schema.events ORDER BY 1, 2`),
    readdirSync(files).sort(),
  ];
  const server = [
    await rows(connection, 'SELECT user, host, authentication_string, account_locked FROM mysql.user ORDER BY 1, 2'),
    await rows(connection, 'CHECKSUM TABLE mysql.user, mysql.db, mysql.tables_priv, mysql.columns_priv, mysql.procs_priv, mysql.global_grants, mysql.plugin, mysql.component, mysql.func, mysql.servers'),
    await rows(connection, 'SELECT resource_group_name FROM information_schema.resource_groups ORDER BY 1'),
  ];
  const variables = await rows(connection, `SELECT variable_name, variable_value FROM performance_schema.global_variables WHERE variable_name NOT IN (${volatile})`);
  return { data: JSON.stringify(data), server: JSON.stringify(server), variables: new Map(variables.map(([name, value]) => [String(name), String(value)])) };
}

export const sameDurableState = (one: MysqlDurableState, other: MysqlDurableState): boolean =>
  one.data === other.data && one.server === other.server && JSON.stringify([...one.variables]) === JSON.stringify([...other.variables]);
