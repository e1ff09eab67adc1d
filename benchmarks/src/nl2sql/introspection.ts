import { startLocalPostgres } from '@ask-aurora/local-aurora';
import { introspect } from '@ask-aurora/nl2sql';
import pg from 'pg';

/** How long introspection takes on databases of 100, 1,000 and 5,000 tables of ten columns, and how many queries. */
// Thousands of tables are made here: their safety on disk is not what is measured.
const postgres = await startLocalPostgres({ settings: { fsync: 'off', full_page_writes: 'off', checkpoint_timeout: '1h', max_wal_size: '8GB' } });
try {
  for (const tables of [100, 1_000, 5_000]) {
    const database = `tables_${tables}`;
    await postgres.createDatabase(database);
    const client = new pg.Client({ connectionString: postgres.connectionString({ database }) });
    await client.connect();
    await client.query(`DO $$ BEGIN FOR i IN 1..${tables} LOOP
      EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, name text NOT NULL UNIQUE, amount numeric(10,2), happened_on date, parent_id int REFERENCES t%s, c1 text, c2 text, c3 int, c4 int, c5 boolean)', i, greatest(i - 1, 1));
      EXECUTE format('COMMENT ON COLUMN t%s.amount IS %L', i, 'Amount in US dollars');
      IF i %% 100 = 0 THEN COMMIT; END IF; END LOOP; END $$`.replaceAll('%%', '%'));
    const times: number[] = [];
    let queries = 0;
    for (let round = 0; round < 5; round += 1) {
      queries = 0;
      const startedAt = performance.now();
      const artifact = await introspect(async (sql) => {
        queries += 1;
        return (await client.query(sql)).rows as Record<string, unknown>[];
      });
      times.push(performance.now() - startedAt);
      if (artifact.relations.length !== tables) throw new Error(`${artifact.relations.length} of ${tables} tables were found.`);
    }
    times.sort((a, b) => a - b);
    console.log(`${tables} tables: median ${((times[2] ?? 0) / 1_000).toFixed(2)} s, slowest ${((times[4] ?? 0) / 1_000).toFixed(2)} s, ${queries} queries`);
    // What stopping would have to write is written here, where nothing waits for it.
    await client.query('CHECKPOINT');
    await client.end();
  }
} finally {
  await postgres.stop();
}
