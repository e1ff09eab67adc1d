import type { Contender } from './contender.ts';
import type { ResultShape } from './result-body.ts';

export interface Measurement {
  readonly name: string;
  /** Median milliseconds of a whole query. */
  readonly medianMs: number;
  /** Bytes that a row keeps in memory, while the result is held. */
  readonly heapBytesPerRow: number;
}

/**
 * Times every contender on one shape. The contenders take turns, in an order that shifts each round, so that what the machine does
 * meanwhile falls on all of them.
 */
export async function measure(contenders: readonly Contender[], shape: ResultShape, rounds: number): Promise<readonly Measurement[]> {
  const times = contenders.map((): number[] => []);
  for (const contender of contenders) for (let warmUp = 0; warmUp < Math.max(3, rounds / 4); warmUp += 1) await contender.run(shape);
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (turn + round) % contenders.length;
      const start = performance.now();
      await contenders[index]?.run(shape);
      times[index]?.push(performance.now() - start);
    }
  }
  const measurements: Measurement[] = [];
  for (const [index, contender] of contenders.entries()) {
    measurements.push({ name: contender.name, medianMs: median(times[index] ?? []), heapBytesPerRow: await heapBytesPerRow(contender, shape) });
  }
  return measurements;
}

async function heapBytesPerRow(contender: Contender, shape: ResultShape): Promise<number> {
  if (globalThis.gc === undefined) return Number.NaN;
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const rows = await contender.run(shape);
  globalThis.gc();
  const after = process.memoryUsage().heapUsed;
  return Math.max(0, after - before) / rows.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
