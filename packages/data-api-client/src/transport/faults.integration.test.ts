import type { FaultRule } from '@ask-aurora/local-aurora';
import { RDSDataClient } from '@aws-sdk/client-rds-data';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ResumingEvent } from '../observation/data-api-hooks.js';
import { useLocalDataApi } from '../testing/local-data-api.js';

const api = useLocalDataApi();
const rows = async (): Promise<number> => (await api.client.one<{ n: number }>('select count(*)::int4 as n from writes')).n;
const write = 'insert into writes default values';
const inject = (fault: FaultRule['fault'], more: Partial<FaultRule> = {}): void => {
  api.server.faults.inject({ fault, operations: ['ExecuteStatement'], sql: 'insert into writes', ...more });
};

beforeAll(() => api.client.execute('create table writes (id int4 generated always as identity)'));
afterEach(() => api.server.faults.clear());

describe('a statement that may have run is not sent again', () => {
  test.each<[string, FaultRule['fault'], string, string, number]>([
    ['the connection breaks before it runs', { kind: 'drop-before' }, 'connection', 'unknown', 0],
    ['the connection breaks after it ran', { kind: 'drop-after' }, 'connection', 'unknown', 1],
    ['the service fails', { kind: 'error', name: 'InternalServerErrorException' }, 'internal-server-error', 'unknown', 0],
    ['the service fails after it ran', { kind: 'error', name: 'InternalServerErrorException', executed: true }, 'internal-server-error', 'unknown', 1],
    ['the service is unavailable', { kind: 'error', name: 'ServiceUnavailableError' }, 'service-unavailable', 'unknown', 0],
    ['the database is unavailable', { kind: 'error', name: 'DatabaseUnavailableException' }, 'database-unavailable', 'unknown', 0],
    ['the statement times out after it ran', { kind: 'statement-timeout', executed: true }, 'statement-timeout', 'unknown', 1],
  ])('when %s', async (_name, fault, code, executed, written) => {
    const before = await rows();
    inject(fault);
    await expect(api.client.execute(write)).rejects.toMatchObject({ code, executed, retryable: false });
    expect(api.server.faults.list()).toMatchObject([{ hits: 1 }]);
    api.server.faults.clear();
    expect(await rows()).toBe(before + written);
  });

  test('unless it is idempotent', async () => {
    const before = await rows();
    inject({ kind: 'drop-before' }, { times: 2 });
    await api.client.execute(write, {}, { idempotent: true });
    expect(await rows()).toBe(before + 1);
  });

  test('and in readOnly every statement is idempotent', async () => {
    api.server.faults.inject({ fault: { kind: 'drop-after' }, operations: ['ExecuteStatement'], sql: 'select 7', times: 1 });
    expect(await api.client.readOnly((tx) => tx.one('select 7::int4 as n'))).toEqual({ n: 7 });
  });

  test('a commit whose answer is lost is unknown, and not repeated', async () => {
    const before = await rows();
    api.server.faults.inject({ fault: { kind: 'drop-after' }, operations: ['CommitTransaction'] });
    await expect(api.client.transaction((tx) => tx.execute(write))).rejects.toMatchObject({ code: 'connection', executed: 'unknown' });
    expect(await rows()).toBe(before + 1);
  });
});

describe('a statement that was not executed is sent again', () => {
  test('when the service throttles', async () => {
    const before = await rows();
    inject({ kind: 'throttling' }, { times: 2 });
    await api.client.execute(write);
    expect(await rows()).toBe(before + 1);
  });

  test('and throttling that does not end is an error that may be retried', async () => {
    inject({ kind: 'throttling' });
    await expect(api.client.execute(write)).rejects.toMatchObject({ code: 'throttling', executed: 'no', retryable: true });
    expect(api.server.faults.list()).toMatchObject([{ hits: 3 }]);
  });

  test('while the database resumes, telling of each wait', async () => {
    const before = await rows();
    const events: ResumingEvent[] = [];
    const client = api.connect({ hooks: { onResuming: (event) => events.push(event) } });
    inject({ kind: 'resuming' }, { times: 3 });
    await client.execute(write);
    expect(await rows()).toBe(before + 1);
    expect(events.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(events[0]?.waitMs).toBeLessThanOrEqual(20);
  });

  test('but not longer than resume.maxWaitMs', async () => {
    inject({ kind: 'resuming' });
    await expect(api.connect({ resume: { maxWaitMs: 100, firstWaitMs: 20 } }).execute(write)).rejects.toMatchObject({ code: 'database-resuming', executed: 'no', retryable: true });
  });

  test('and not after the signal', async () => {
    inject({ kind: 'resuming' });
    const controller = new AbortController();
    const client = api.connect({ resume: { firstWaitMs: 50_000 }, hooks: { onResuming: () => controller.abort() } });
    await expect(client.execute(write, {}, { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted', executed: 'no' });
  });

  test('when no connection can be made', async () => {
    const client = api.connect({ client: new RDSDataClient({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }) });
    await expect(client.execute(write)).rejects.toMatchObject({ code: 'connection', executed: 'no', retryable: true });
  });
});

describe('what the service refuses has a class of its own', () => {
  test.each([
    ['AccessDeniedException', 'access-denied'],
    ['BadRequestException', 'bad-request'],
    ['DatabaseNotFoundException', 'database-not-found'],
    ['ForbiddenException', 'forbidden'],
    ['HttpEndpointNotEnabledException', 'http-endpoint-not-enabled'],
    ['InvalidResourceStateException', 'invalid-resource-state'],
    ['InvalidSecretException', 'invalid-secret'],
    ['NotFoundException', 'not-found'],
    ['SecretsErrorException', 'secrets-error'],
    ['TransactionNotFoundException', 'transaction-not-found'],
    ['UnsupportedResultException', 'unsupported-result'],
    ['ValidationException', 'validation'],
  ] as const)('%s is %s', async (name, code) => {
    inject({ kind: 'error', name, message: 'because' });
    await expect(api.client.execute(write)).rejects.toMatchObject({ code, message: 'because' });
    expect(api.server.faults.list()).toMatchObject([{ hits: 1 }]);
  });

  test('an unknown secret, an unknown cluster, two statements in one', async () => {
    await expect(api.connect({ secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:other' }).query('select 1')).rejects.toMatchObject({ executed: 'no', retryable: false });
    await expect(api.connect({ resourceArn: 'arn:aws:rds:us-east-1:000000000000:cluster:other' }).query('select 1')).rejects.toMatchObject({ executed: 'no', retryable: false });
    await expect(api.client.query('select 1; select 2')).rejects.toMatchObject({ code: 'validation', executed: 'no' });
  });

  test('a type that the Data API cannot return, a result over its limit', async () => {
    await expect(api.client.query("select interval '1 day'")).rejects.toMatchObject({ code: 'unsupported-result', executed: 'yes' });
    await expect(api.client.query("select repeat('x', 2000000)")).rejects.toMatchObject({ code: 'result-too-large', executed: 'yes' });
  });
});

describe('signals and deadlines', () => {
  test('a signal that fired before sends nothing', async () => {
    await expect(api.client.execute(write, {}, { signal: AbortSignal.abort(new Error('early')) })).rejects.toMatchObject({ code: 'aborted', executed: 'no', cause: new Error('early') });
  });

  test('a signal that fires during the call leaves its outcome unknown', async () => {
    const controller = new AbortController();
    const call = api.client.query('select pg_sleep(60)::text', {}, { signal: controller.signal }).catch((error: unknown) => error);
    await expect.poll(async () => (await api.client.one<{ n: number }>("select count(*)::int4 as n from pg_stat_activity where state = 'active' and query = 'select pg_sleep(60)::text'")).n).toBe(1);
    controller.abort();
    expect(await call).toMatchObject({ code: 'aborted', executed: 'unknown' });
  });

  test('so does the deadline', async () => {
    await expect(api.client.query('select pg_sleep(30)::text', {}, { deadlineMs: 1_500 })).rejects.toMatchObject({ code: 'deadline', executed: 'unknown' });
  });

  test('a signal used for many calls keeps no listener', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...parameters: Parameters<typeof add>) => { listeners += 1; add(...parameters); };
    signal.removeEventListener = (...parameters: Parameters<typeof remove>) => { listeners -= 1; remove(...parameters); };
    for (let call = 0; call < 5; call += 1) await api.client.query('select 1', {}, { signal });
    expect(listeners).toBe(0);
  });
});

test('continueAfterTimeout is passed on, and refused in a transaction', async () => {
  await api.client.execute('create table long_change (a int4)', {}, { continueAfterTimeout: true });
  await expect(api.client.transaction((tx) => tx.execute('select 1', {}, { continueAfterTimeout: true }))).rejects.toMatchObject({ code: 'configuration' });
});
