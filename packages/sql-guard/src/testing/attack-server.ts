import { startLocalPostgres, type LocalPostgres } from '@ask-aurora/local-aurora';
import pg from 'pg';
import { attackSetup } from './attack-catalogue.js';

/** A server with the database that attacks are run against, quiet enough for every written byte to be a statement's doing. */
export interface AttackServer {
  readonly postgres: LocalPostgres;
  connect(database?: 'attacked' | 'twin'): Promise<pg.Client>;
  /** Makes the database `twin`: the same but for what is hidden, which sorts, counts and compares otherwise. */
  createTwin(): Promise<void>;
  /** Puts the database back to what `attacks/setup.sql` makes. Closes no connection of the caller: reconnect afterwards. */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

const settings = {
  autovacuum: 'off', wal_level: 'minimal', max_wal_senders: '0', fsync: 'off', jit: 'off', checkpoint_timeout: '1d', bgwriter_lru_maxpages: '0', work_mem: '16MB', temp_file_limit: '200MB',
};

export async function startAttackServer(version: 16 | 17 | 18): Promise<AttackServer> {
  const postgres = await startLocalPostgres({ version, settings });
  const admin = new pg.Client({ connectionString: postgres.connectionString({ database: 'postgres' }) });
  admin.on('error', () => undefined);
  await admin.connect();
  await admin.query('CREATE DATABASE attack_template');
  const template = new pg.Client({ connectionString: postgres.connectionString({ database: 'attack_template' }) });
  await template.connect();
  await template.query(attackSetup());
  await template.query('VACUUM (FREEZE, ANALYZE)');
  await template.end();
  const createTwin = async (): Promise<void> => {
    await admin.query('CREATE DATABASE twin');
    const twin = new pg.Client({ connectionString: postgres.connectionString({ database: 'twin' }) });
    await twin.connect();
    await twin.query(attackSetup().replaceAll(/'TOPSECRET-?(\w?)'/g, (_, which: string) => (which === '2' ? 'NULL' : `'${which === '1' ? 'Z' : 'A'} much longer secret'`)));
    await twin.query('VACUUM (FREEZE, ANALYZE)');
    await twin.end();
  };
  const restore = async (): Promise<void> => {
    for (const { gid } of (await admin.query<{ gid: string }>('SELECT gid FROM pg_prepared_xacts')).rows) await admin.query(`ROLLBACK PREPARED '${gid}'`);
    for (const { slot_name: slot } of (await admin.query<{ slot_name: string }>('SELECT slot_name FROM pg_replication_slots')).rows) await admin.query('SELECT pg_drop_replication_slot($1)', [slot]);
    await admin.query('DROP DATABASE IF EXISTS attacked WITH (FORCE)');
    await admin.query('CREATE DATABASE attacked TEMPLATE attack_template');
    await admin.query('CHECKPOINT');
  };
  await restore();
  return {
    postgres,
    restore,
    createTwin,
    async connect(database = 'attacked') {
      const client = new pg.Client({ connectionString: postgres.connectionString({ database }) });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    async stop() {
      await admin.end();
      await postgres.stop();
    },
  };
}
