import type { FaultRule } from '@ask-aurora/local-aurora';

type ChanceFault = FaultRule & { readonly probability: number };

const faultMix: readonly ChanceFault[] = [
  { fault: { kind: 'latency', milliseconds: 20 }, probability: 0.02 },
  { fault: { kind: 'drop-before' }, probability: 0.005 },
  { fault: { kind: 'drop-after' }, probability: 0.005 },
  { fault: { kind: 'throttling' }, probability: 0.005 },
  { fault: { kind: 'statement-timeout', executed: false }, probability: 0.002 },
  { fault: { kind: 'statement-timeout', executed: true }, probability: 0.002 },
  { fault: { kind: 'error', name: 'ServiceUnavailableError', executed: false }, probability: 0.002 },
  { fault: { kind: 'error', name: 'InternalServerErrorException', executed: true }, probability: 0.002 },
];

/** What goes wrong during the run, by chance and at every call; a factor makes it likelier. */
export function faultsOf(factor: number): readonly FaultRule[] {
  return faultMix.map((rule) => ({ ...rule, probability: Math.min(1, rule.probability * factor) }));
}
