type Row = Readonly<Record<string, unknown>>;

/** Whether an answer holds every expected column under any name, in the same rows; more columns do no harm. */
export function answerMatches(answer: readonly Row[], expected: readonly Row[], ordered: boolean): boolean {
  if (answer.length !== expected.length) return false;
  const columns = Object.keys(answer[0] ?? {});
  const wanted = Object.keys(expected[0] ?? {});
  const text = (value: unknown) => (value instanceof Date ? value.toISOString() : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? String(Number(value)) : JSON.stringify(value));
  const rows = (source: readonly Row[], names: readonly string[]) => {
    const lines = source.map((row) => names.map((name) => text(row[name])).join('\u0000'));
    return (ordered ? lines : lines.sort()).join('\n');
  };
  const goal = rows(expected, wanted);
  const choose = (chosen: readonly string[]): boolean =>
    chosen.length === wanted.length ? rows(answer, chosen) === goal : columns.some((column) => !chosen.includes(column) && choose([...chosen, column]));
  return choose([]);
}
