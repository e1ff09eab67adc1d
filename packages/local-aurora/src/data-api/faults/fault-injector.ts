import { LocalAuroraError } from '../../local-aurora-error.js';
import type { Clock } from '../clock.js';
import type { OperationName } from '../operations/operation.js';
import { statementTimeout } from '../run-statement.js';
import { ServiceError } from '../service-error.js';
import { type CheckedFaultRule, type FaultRule, faultRuleSchema } from './fault-rule.js';

/** A rule at work. */
export interface InjectedFault {
  /** How often it has applied. */
  readonly hits: number;
  remove(): void;
}

/** Makes calls fail on purpose. */
export interface FaultInjector {
  /** @throws {LocalAuroraError} `invalid-option`, when the rule makes no sense */
  inject(rule: FaultRule): InjectedFault;
  /** Answers every call for that long as a paused cluster does that is waking up. */
  resumeFor(milliseconds: number): InjectedFault;
  /** Takes all rules away. */
  clear(): void;
  /** The rules at work, with their hits. */
  list(): readonly { readonly rule: FaultRule; readonly hits: number }[];
}

/** What is to go wrong with one call. */
export interface FaultPlan {
  readonly latencyMs: number;
  /** Instead of running the call. */
  readonly before: ServiceError | 'drop' | null;
  /** Instead of answering the call that has run. */
  readonly after: ServiceError | 'drop' | null;
}

interface Entry {
  readonly rule: CheckedFaultRule;
  readonly until: number;
  hits: number;
}

export interface FaultEngine extends FaultInjector {
  plan(operation: OperationName, sql: string): FaultPlan;
}

export function createFaultEngine({ clock, random, resourceArn }: { readonly clock: Clock; readonly random: () => number; readonly resourceArn: string }): FaultEngine {
  const entries = new Set<Entry>();

  const inject = (input: FaultRule): InjectedFault => {
    const checked = faultRuleSchema.safeParse(input);
    if (!checked.success) throw new LocalAuroraError('invalid-option', `Not a fault rule: ${checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
    const entry: Entry = { rule: checked.data, until: checked.data.forMs === undefined ? Infinity : clock.now() + checked.data.forMs, hits: 0 };
    entries.add(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => void entries.delete(entry),
    };
  };

  const isOver = ({ rule, until, hits }: Entry) => clock.now() >= until || (rule.times !== undefined && hits >= rule.times);

  const applies = (entry: Entry, operation: OperationName, sql: string): boolean => {
    const { rule } = entry;
    if (isOver(entry)) {
      entries.delete(entry);
      return false;
    }
    if (rule.operations && !rule.operations.includes(operation)) return false;
    if (rule.sql !== undefined && !sql.includes(rule.sql)) return false;
    return rule.probability === undefined || random() < rule.probability;
  };

  return {
    inject,
    resumeFor: (milliseconds) => inject({ fault: { kind: 'resuming' }, forMs: milliseconds }),
    clear: () => entries.clear(),
    list: () => [...entries].filter((entry) => !isOver(entry)).map(({ rule, hits }) => ({ rule, hits })),
    plan(operation, sql) {
      let latencyMs = 0;
      for (const entry of entries) {
        if (!applies(entry, operation, sql)) continue;
        entry.hits += 1;
        const { fault } = entry.rule;
        if (fault.kind !== 'latency') return { latencyMs, ...outcome(entry.rule, resourceArn) };
        latencyMs += fault.milliseconds;
      }
      return { latencyMs, before: null, after: null };
    },
  };
}

function outcome({ fault }: CheckedFaultRule, resourceArn: string): Pick<FaultPlan, 'before' | 'after'> {
  const at = (executed: boolean, what: ServiceError | 'drop') => (executed ? { before: null, after: what } : { before: what, after: null });
  switch (fault.kind) {
    case 'resuming':
      return at(false, new ServiceError('DatabaseResumingException', `The Aurora DB instance ${resourceArn} is resuming after being auto-paused. Please wait a few seconds and try again.`));
    case 'throttling':
      return at(false, new ServiceError('ThrottlingException', 'Rate exceeded'));
    case 'drop-before':
      return at(false, 'drop');
    case 'drop-after':
      return at(true, 'drop');
    case 'statement-timeout':
      return at(fault.executed, statementTimeout(null));
    case 'error':
      return at(fault.executed, new ServiceError(fault.name, fault.message));
    case 'latency':
      return { before: null, after: null };
  }
}
