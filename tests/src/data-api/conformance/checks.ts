import type { LocalServer } from '../local-server.js';
import type { ClientUnderTest, SampleColumn } from './client-under-test.js';
import { shown, shownError } from './shown.js';

/** One row of the table: a piece of work, and what there is to know about the service. */
export interface Check {
  readonly work: string;
  /** What Aurora's Data API does by its documentation, or was seen to do. */
  readonly service: string;
  run(client: ClientUnderTest, server: LocalServer): Promise<string>;
}

/** The outcome of a piece of work, and how many transactions it left open. */
async function withTransactions({ api }: LocalServer, work: () => Promise<string>): Promise<string> {
  const before = api.stats().transactions;
  const text = await work();
  return `${text}; ${api.stats().transactions - before} left open`;
}

const outcome = (work: Promise<unknown>): Promise<string> => work.then(shown, shownError);

function read(column: SampleColumn, literal: string, service: string): Check {
  return {
    work: `read \`${column}\`: \`${literal}\``,
    service,
    async run(client, { admin }) {
      const [row] = await admin(`insert into sample (${column}) values (${literal}) returning id`);
      return outcome(client.read(column, Number(row?.['id'])));
    },
  };
}

/** Writes through the client and looks at what PostgreSQL has. */
function write(column: SampleColumn, value: unknown, service: string): Check {
  return {
    work: `write \`${column}\`: \`${shown(value)}\``,
    service,
    run: (client, { admin }) =>
      outcome(
        client.write(column, value).then(async (id) => {
          const [row] = await admin(`select ${column}::text as stored from sample where id = $1`, [id]);
          return row?.['stored'];
        }),
      ),
  };
}

function query(work: string, sql: string, service: string): Check {
  return { work, service, run: (client) => outcome(client.query(sql).then((rows) => (rows.length > 3 ? `${rows.length} rows` : rows))) };
}

const uuid = '8c3f7f3a-2f5d-4c2e-9a39-3f1bb2c7e0a1';

export const checks: readonly Check[] = [
  {
    work: 'create, read, update, delete',
    service: 'one call each',
    async run(client, { admin }) {
      const id = await client.write('name', 'first');
      const before = await client.read('name', id);
      await client.rename(id, 'second');
      const after = await client.read('name', id);
      await client.remove(id);
      const left = (await admin('select 1 from sample where id = $1', [id])).length;
      return before === 'first' && after === 'second' && left === 0 ? 'works' : shown([before, after, left]);
    },
  },
  {
    work: 'commit a transaction',
    service: 'all or nothing',
    async run(client, { admin }) {
      await client.transaction(["insert into sample (name) values ('one of two')", "insert into sample (name) values ('one of two')"]);
      return (await admin("delete from sample where name = 'one of two' returning 1")).length === 2 ? 'works' : 'incomplete';
    },
  },
  {
    work: 'roll a transaction back on an SQL error',
    service: 'the transaction stays open after the error; the client has to roll it back',
    run: (client, server) =>
      withTransactions(server, async () => {
        const failure = await outcome(client.transaction(["insert into sample (name) values ('gone')", 'select nothing']));
        const left = await server.admin("select 1 from sample where name = 'gone'");
        return `${failure}; ${left.length === 0 ? 'rolled back' : 'kept'}`;
      }),
  },
  {
    work: 'run two statements of one transaction at the same time',
    service: 'the second is refused, and so is a rollback meanwhile: "Transaction is still running a query"',
    run: (client, server) =>
      withTransactions(server, async () => {
        const work = client.overlap(['select pg_sleep(1)', 'select 1']);
        return work === null ? 'offers no way' : outcome(work.then(() => 'one after the other'));
      }),
  },
  read('big', '9007199254740993', 'a JSON number with all 64 bits; as text with `longReturnType: STRING`'),
  read('amount', '12.34', 'a string'),
  read('at', "'2024-06-15 12:30:45.123456+02'", '`2024-06-15 10:30:45.123456`: UTC, no offset'),
  read('day', "'2024-06-15'", '`2024-06-15`'),
  read('doc', `'{"a": [1]}'`, 'a string'),
  read('raw', `'\\x00ff'`, 'base64'),
  read('tags', `'{a,NULL,"b c"}'`, '`stringValues` with null'),
  read('counts', "'{1,2}'", '`longValues`'),
  read('ok', 'true', '`booleanValue`'),
  read('name', 'null', '`isNull`'),
  write('big', 9007199254740993n, 'a JSON number with all 64 bits'),
  write('amount', '12.3400', 'text is not assigned to numeric: a hint or a cast is needed'),
  write('at', new Date('2024-06-15T10:30:45.123Z'), 'text is not assigned to timestamptz: a hint or a cast is needed'),
  write('day', '2024-06-15', 'text is not assigned to date: a hint or a cast is needed'),
  write('doc', { a: [1] }, 'text is not assigned to jsonb: a hint or a cast is needed'),
  write('raw', Buffer.from([0, 255]), 'base64'),
  write('tags', ['a', 'b c'], 'array parameters are refused: a cast literal is needed'),
  write('mood', 'glad', 'text is not assigned to an enum: a cast is needed'),
  write('ok', true, '`booleanValue`'),
  write('name', null, '`isNull`'),
  {
    work: 'find by a uuid',
    service: '`uuid = text` is no operator: a hint or a cast is needed',
    async run(client, { admin }) {
      await admin('insert into sample (ref) values ($1)', [uuid]);
      return outcome(client.findByRef(uuid).then((ids) => (ids.length > 0 ? 'found' : 'not found')));
    },
  },
  query('two columns of one name', 'select 1 as a, 2 as a', 'both are returned'),
  query('a literal that looks like a parameter', "select ':name' as a", 'left alone'),
  query('an interval', "select interval '1 day' as i", '`UnsupportedResultException`'),
  query('more than 1 MiB', "select repeat('x', 1000) as t from generate_series(1, 2000)", '`UnsupportedResultException`'),
  query('an SQL error', 'select nothing', '`DatabaseErrorException` with SQLSTATE in the message'),
  {
    work: 'a database that is resuming (for three calls)',
    service: '`DatabaseResumingException`, which the SDK does not retry',
    async run(client, { api }) {
      const rule = api.faults.inject({ fault: { kind: 'resuming' }, times: 3 });
      const answer = await outcome(client.query('select 1 as a'));
      rule.remove();
      return answer.replace(/arn:\S+/, 'arn:..');
    },
  },
];
