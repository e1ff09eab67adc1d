import type pg from 'pg';

/** Everything a statement could change, read from the session that ran it, before it is rolled back. */
export interface SessionState {
  readonly transactionId: string | null;
  readonly walPosition: string;
  /** Settings, locks beyond AccessShare, prepared statements, cursors, channels, the role: one text a session. */
  readonly session: string;
}

const sessionSql = `
  SELECT pg_current_xact_id_if_assigned()::text AS "transactionId",
         pg_current_wal_insert_lsn()::text AS "walPosition",
         concat_ws(E'\\n',
           (SELECT md5(string_agg(name || '=' || coalesce(setting, ''), ',' ORDER BY name)) FROM pg_settings WHERE name NOT IN ('transaction_isolation')),
           (SELECT string_agg(locktype || ':' || mode || ':' || coalesce(relation::regclass::text, '') || ':' || coalesce(objid::text, ''), ',' ORDER BY 1)
              FROM (SELECT * FROM pg_locks WHERE pid = pg_backend_pid() AND mode <> 'AccessShareLock' AND NOT (locktype = 'virtualxid' AND mode = 'ExclusiveLock') ORDER BY locktype, mode, relation) l),
           (SELECT string_agg(name, ',' ORDER BY name) FROM pg_prepared_statements WHERE name <> ''),
           (SELECT string_agg(name, ',' ORDER BY name) FROM pg_cursors WHERE name NOT LIKE '<unnamed%'),
           (SELECT string_agg(c, ',' ORDER BY c) FROM pg_listening_channels() c),
           pg_my_temp_schema()::text, current_user, session_user) AS session`;

export async function sessionState(client: pg.ClientBase): Promise<SessionState> {
  const { rows } = await client.query<SessionState>(sessionSql);
  const [state] = rows;
  if (state === undefined) throw new Error('The server did not tell its state.');
  return state;
}

const durableSql = `
  SELECT concat_ws(E'\\n',
    (SELECT string_agg(slot_name, ',' ORDER BY slot_name) FROM pg_replication_slots),
    (SELECT string_agg(datname || coalesce(stats_reset::text, ''), ',' ORDER BY datname) FROM pg_stat_database),
    pg_conf_load_time()::text,
    (SELECT string_agg(rolname || coalesce(rolpassword, '') || rolsuper, ',' ORDER BY rolname) FROM pg_authid),
    (SELECT string_agg(setconfig::text, ',') FROM pg_db_role_setting),
    (SELECT string_agg(gid, ',') FROM pg_prepared_xacts)) AS server,
  concat_ws(E'\\n',
    (SELECT string_agg(schemaname || '.' || sequencename || '=' || coalesce(last_value::text, ''), ',' ORDER BY 1) FROM (SELECT * FROM pg_sequences ORDER BY 1, 2) s),
    (SELECT count(*)::text FROM pg_largeobject_metadata),
    (SELECT md5(string_agg(oid || relname || relkind::text || coalesce(relacl::text, ''), ',' ORDER BY oid)) FROM pg_class),
    (SELECT count(*) || ':' || max(oid) FROM pg_proc)`;

/** What stays after a rollback: of the whole server, and of one database. */
export interface DurableState {
  readonly server: string;
  readonly database: string;
}

/** Reads the durable state from another session than the one that ran a statement. `tables` are hashed row by row. */
export async function durableState(client: pg.ClientBase, tables: readonly string[]): Promise<DurableState> {
  const hashes = tables.map((table) => `(SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM ${table} t)`).join(', ');
  const { rows } = await client.query<DurableState>(`${durableSql}, ${hashes}) AS database`);
  const [state] = rows;
  if (state === undefined) throw new Error('The server did not tell its state.');
  return state;
}

/** Relations this session holds locks on, as `schema.name mode`, without system catalogs. */
export async function lockedRelations(client: pg.ClientBase): Promise<readonly { readonly schema: string; readonly name: string; readonly mode: string }[]> {
  const { rows } = await client.query<{ schema: string; name: string; mode: string }>(`
    SELECT n.nspname AS schema, c.relname AS name, l.mode
      FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind <> 'i'
     ORDER BY 1, 2, 3`);
  return rows;
}
