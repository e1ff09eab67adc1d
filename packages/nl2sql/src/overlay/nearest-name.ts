/** The one of some names that a wrong one most likely stands for: the same but for case, plural and signs, part of it, or two slips of the pen away. */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const wanted = bare(name);
  const part = (candidate: string): boolean => wanted.length > 2 && (bare(candidate).includes(wanted) || (bare(candidate).length > 2 && wanted.includes(bare(candidate))));
  const same = candidates.find((candidate) => bare(candidate) === wanted);
  if (same !== undefined) return same;
  const most = Math.min(2, Math.floor(wanted.length / 3));
  const [near] = candidates.map((candidate) => ({ candidate, slips: slipsBetween(wanted, bare(candidate)) })).filter(({ slips }) => slips <= most).sort((a, b) => a.slips - b.slips);
  return near?.candidate ?? candidates.find(part) ?? null;
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '').replace(/s$/, '');
}

/** Letters wrong, missing, too many or swapped with the next: the optimal string alignment distance. */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_cell, index) => index)];
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? (before[column - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(changed, swapped, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
