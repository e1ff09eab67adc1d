/** The PostgreSQL majors with embedded binaries. */
export type PostgresVersion = 16 | 17 | 18;

export const postgresVersions: readonly PostgresVersion[] = [16, 17, 18];

export const defaultPostgresVersion: PostgresVersion = 17;
