import { DatabaseError } from '@ask-aurora/data-api-client';
import { openConnection } from '../session/open-connection.js';
import { failed, ok, type Check } from './check.js';

const refusedWrite = new Set(['42501', '25006']);

/** The embedded PostgreSQL starts, answers through the Data API, and refuses a write to the read-only role. */
export const localAuroraCheck: Check = {
  name: 'Local Aurora',
  deadlineMs: 90_000,
  async run({ signal, onProgress, dataDirectory }) {
    const { client, close } = await openConnection({ database: 'university', signal, onProgress, ...(dataDirectory === undefined ? {} : { dataDirectory }) });
    try {
      const { server, students } = await client.one<{ server: string; students: number }>('SELECT current_setting(\'server_version\') AS server, (SELECT count(*)::int FROM academics.students) AS students', {}, { signal });
      const written = await client.execute('UPDATE academics.students SET student_id = student_id WHERE false', {}, { signal }).then(
        () => true,
        (error: unknown) => {
          if (DatabaseError.isInstance(error) && refusedWrite.has(error.sqlState ?? '')) return false;
          throw error;
        },
      );
      if (written) return failed('The read-only role of the samples may write.', 'Remove the data directory; the next start makes a new one.');
      return ok(`PostgreSQL ${server} answers (${String(students)} students), and its read-only role can't write`);
    } finally {
      await close();
    }
  },
};
