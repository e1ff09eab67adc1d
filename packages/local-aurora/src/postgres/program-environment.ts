/**
 * What PostgreSQL's programs see of the environment: nothing of this process's, whose PG* variables and locale would
 * change the cluster. UTC spares initdb its search for the machine's time zone.
 */
export function programEnvironment(): Readonly<Record<string, string>> {
  const base = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };
  if (process.platform !== 'win32') return base;
  const { SystemRoot = 'C:\\Windows', TEMP = '', PATH = '' } = process.env;
  return { ...base, PATH, SystemRoot, TEMP, TMP: TEMP };
}
