import { describe, expect, test } from 'vitest';
import { LocalAuroraError } from '../../local-aurora-error.js';
import { createManualClock } from '../../../test-support/manual-clock.js';
import { createFaultEngine } from './fault-injector.js';
import type { FaultRule } from './fault-rule.js';

const engine = (random: () => number = () => 0) => {
  const clock = createManualClock();
  return { clock, faults: createFaultEngine({ clock, random, resourceArn: 'arn:cluster' }) };
};
const none = { latencyMs: 0, before: null, after: null };

describe('createFaultEngine', () => {
  test('plans nothing without rules', () => {
    expect(engine().faults.plan('ExecuteStatement', 'select 1')).toEqual(none);
  });

  test.each<[FaultRule['fault'], 'before' | 'after', unknown]>([
    [{ kind: 'resuming' }, 'before', expect.objectContaining({ name: 'DatabaseResumingException', message: 'The Aurora DB instance arn:cluster is resuming after being auto-paused. Please wait a few seconds and try again.' })],
    [{ kind: 'throttling' }, 'before', expect.objectContaining({ name: 'ThrottlingException' })],
    [{ kind: 'drop-before' }, 'before', 'drop'],
    [{ kind: 'drop-after' }, 'after', 'drop'],
    [{ kind: 'statement-timeout' }, 'before', expect.objectContaining({ name: 'StatementTimeoutException' })],
    [{ kind: 'statement-timeout', executed: true }, 'after', expect.objectContaining({ name: 'StatementTimeoutException' })],
    [{ kind: 'error', name: 'ServiceUnavailableError', message: 'gone' }, 'before', expect.objectContaining({ name: 'ServiceUnavailableError', status: 503, message: 'gone' })],
    [{ kind: 'error', name: 'InternalServerErrorException', executed: true }, 'after', expect.objectContaining({ status: 500 })],
  ])('%j comes %s the call takes effect', (fault, when, what) => {
    const { faults } = engine();
    faults.inject({ fault });
    expect(faults.plan('ExecuteStatement', '')).toEqual({ ...none, [when]: what });
  });

  test('adds latencies up, and joins them with one fault', () => {
    const { faults } = engine();
    faults.inject({ fault: { kind: 'latency', milliseconds: 20 } });
    faults.inject({ fault: { kind: 'latency', milliseconds: 30 } });
    faults.inject({ fault: { kind: 'drop-after' } });
    faults.inject({ fault: { kind: 'throttling' } });
    expect(faults.plan('ExecuteStatement', '')).toEqual({ latencyMs: 50, before: null, after: 'drop' });
  });

  test('applies to the named operations and to SQL with the given part only', () => {
    const { faults } = engine();
    const rule = faults.inject({ fault: { kind: 'throttling' }, operations: ['ExecuteStatement'], sql: 'ledger' });
    expect(faults.plan('CommitTransaction', '')).toEqual(none);
    expect(faults.plan('ExecuteStatement', 'select 1')).toEqual(none);
    expect(rule.hits).toBe(0);
    expect(faults.plan('ExecuteStatement', 'insert into ledger').before).not.toBeNull();
    expect(rule.hits).toBe(1);
  });

  test('is over after so many hits', () => {
    const { faults } = engine();
    const rule = faults.inject({ fault: { kind: 'throttling' }, times: 2 });
    const plans = [1, 2, 3].map(() => faults.plan('ExecuteStatement', '').before !== null);
    expect(plans).toEqual([true, true, false]);
    expect(rule.hits).toBe(2);
    expect(faults.list()).toEqual([]);
  });

  test('is over after so much time', () => {
    const { faults, clock } = engine();
    faults.resumeFor(1_000);
    clock.advance(999);
    expect(faults.plan('BeginTransaction', '').before).not.toBeNull();
    clock.advance(1);
    expect(faults.list()).toEqual([]);
    expect(faults.plan('BeginTransaction', '').before).toBeNull();
  });

  test('happens by chance', () => {
    const chances = [0.1, 0.3, 0.29];
    const { faults } = engine(() => chances.shift() ?? 1);
    faults.inject({ fault: { kind: 'throttling' }, probability: 0.3 });
    expect([1, 2, 3].map(() => faults.plan('ExecuteStatement', '').before !== null)).toEqual([true, false, true]);
  });

  test('can be taken away, one or all', () => {
    const { faults } = engine();
    const first = faults.inject({ fault: { kind: 'throttling' } });
    faults.inject({ fault: { kind: 'drop-before' } });
    first.remove();
    expect(faults.plan('ExecuteStatement', '').before).toBe('drop');
    expect(faults.list()).toMatchObject([{ hits: 1, rule: { fault: { kind: 'drop-before' } } }]);
    faults.clear();
    expect(faults.plan('ExecuteStatement', '')).toEqual(none);
  });

  test.each([
    { fault: { kind: 'earthquake' } },
    { fault: { kind: 'latency' } },
    { fault: { kind: 'throttling' }, times: 0 },
    { fault: { kind: 'throttling' }, probability: 2 },
    { fault: { kind: 'throttling' }, operations: ['Execute'] },
    { fault: { kind: 'error', name: 'MadeUpException' } },
    { fault: { kind: 'throttling' }, oops: 1 },
  ])('refuses %j', (rule) => {
    expect(() => engine().faults.inject(rule as FaultRule)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
    try {
      engine().faults.inject(rule as FaultRule);
    } catch (error) {
      expect(LocalAuroraError.isInstance(error)).toBe(true);
    }
  });
});
