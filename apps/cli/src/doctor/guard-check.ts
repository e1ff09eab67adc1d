import { failed, ok, type Check } from './check.js';

const majors = [16, 17, 18] as const;

/** Each grammar loads, accepts a read and refuses a write. */
export const guardCheck: Check = {
  name: 'Guard',
  deadlineMs: 20_000,
  async run() {
    const { createGuard } = await import('@ask-aurora/sql-guard');
    for (const version of majors) {
      const guard = await createGuard({ version, policy: { version: 1, schemas: ['public'] } });
      if (!guard.check('SELECT count(*) FROM orders').ok || guard.check('DELETE FROM orders').ok) {
        return failed(`The grammar of PostgreSQL ${String(version)} does not tell a read from a write.`, 'Install the package again; its files are not as published.');
      }
    }
    return ok(`grammars of PostgreSQL ${majors.join(', ')} accept reads and refuse writes`);
  },
};
