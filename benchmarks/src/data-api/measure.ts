import { setTimeout } from 'node:timers/promises';
import type { Contender } from './contender.js';
import type { ResultShape } from './result-body.js';

export interface Measurement {
  readonly name: string;
  /** Median milliseconds of a whole query. */
  readonly medianMs: number;
  /** Mean milliseconds of processor time of a whole query, in user and kernel mode: unlike the median, little moved by what else the machine does. */
  readonly cpuMs: number;
  /** Bytes that a row keeps in memory, while the result is held. */
  readonly heapBytesPerRow: number;
}

/**
 * Times every contender on one shape. The contenders take turns, in an order that shifts each round, so that what the machine does
 * meanwhile falls on all of them.
 */
export async function measure(contenders: readonly Contender[], shape: ResultShape, rounds: number): Promise<readonly Measurement[]> {
  const times = contenders.map((): number[] => []);
  const processor = contenders.map(() => 0);
  for (const contender of contenders) for (let warmUp = 0; warmUp < Math.max(3, rounds / 4); warmUp += 1) await contender.run(shape);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (turn + round) % contenders.length;
      const cpu = process.cpuUsage();
      const start = performance.now();
      await contenders[index]?.run(shape);
      times[index]?.push(performance.now() - start);
      const { user, system } = process.cpuUsage(cpu);
      processor[index] = (processor[index] ?? 0) + (user + system) / 1_000;
    }
  }
  const measurements: Measurement[] = [];
  for (const [index, contender] of contenders.entries()) {
    measurements.push({ name: contender.name, medianMs: median(times[index] ?? []), cpuMs: (processor[index] ?? Number.NaN) / rounds, heapBytesPerRow: await heapBytesPerRow(contender, shape) });
  }
  return measurements;
}

/** What the result weighs once the garbage of making it is gone; the middle of five tries. */
async function heapBytesPerRow(contender: Contender, shape: ResultShape): Promise<number> {
  const weights: number[] = [];
  for (let round = 0; round < 5; round += 1) weights.push(await weigh(contender, shape));
  return median(weights);
}

/** A function of its own: a variable of a loop would still hold the rows of the round before. */
async function weigh(contender: Contender, shape: ResultShape): Promise<number> {
  const before = await settledHeap();
  const rows = await contender.run(shape);
  const after = await settledHeap();
  return (after - before) / rows.length;
}

async function settledHeap(): Promise<number> {
  // What a call has made is still held by promises of this turn of the event loop.
  await setTimeout(20);
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
