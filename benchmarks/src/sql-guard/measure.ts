export interface Contender {
  readonly name: string;
  readonly run: (sql: string) => unknown;
}

/** Runs of each contender before any is measured, so that small sets of statements too are judged by compiled code. */
const WARM_RUNS = 1_000;

/**
 * Milliseconds each contender needs for all statements: the sum of its best time for each, over rounds in which all run in turn.
 * The best of many short runs is what other processes of the machine disturbed least. The first rounds go by unmeasured.
 */
export function measure(statements: readonly string[], contenders: readonly Contender[], rounds: number): ReadonlyMap<string, number> {
  const best = contenders.map(() => statements.map(() => Number.POSITIVE_INFINITY));
  for (let round = -Math.ceil(WARM_RUNS / statements.length); round < rounds; round += 1) {
    for (const [at, sql] of statements.entries()) {
      for (const [which, { run }] of contenders.entries()) {
        const start = performance.now();
        run(sql);
        const took = performance.now() - start;
        const times = best[which];
        if (round >= 0 && times !== undefined) times[at] = Math.min(times[at] ?? took, took);
      }
    }
  }
  return new Map(contenders.map(({ name }, which) => [name, (best[which] ?? []).reduce((total, time) => total + time, 0)]));
}

/**
 * Milliseconds each contender needs to go through all statements once, with the garbage collection that falls into it: the median of its passes, over rounds
 * in which all take a pass in turn. This is what a service sees that does one thing all day, where the caches are its own.
 */
export function measurePasses(statements: readonly string[], contenders: readonly Contender[], rounds: number): ReadonlyMap<string, number> {
  const passes = contenders.map((): number[] => []);
  for (let round = -Math.ceil(WARM_RUNS / statements.length); round < rounds; round += 1) {
    for (const [which, { run }] of contenders.entries()) {
      const start = performance.now();
      for (const sql of statements) run(sql);
      if (round >= 0) passes[which]?.push(performance.now() - start);
    }
  }
  return new Map(contenders.map(({ name }, which) => [name, median(passes[which] ?? [])]));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
