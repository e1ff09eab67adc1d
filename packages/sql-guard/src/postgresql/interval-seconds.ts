const units: ReadonlyMap<string, number> = new Map(
  Object.entries({
    microsecond: 1e-6, us: 1e-6, millisecond: 1e-3, ms: 1e-3, second: 1, sec: 1, s: 1, minute: 60, min: 60, m: 60, hour: 3_600, hr: 3_600, h: 3_600,
    day: 86_400, d: 86_400, week: 604_800, w: 604_800, month: 2_592_000, mon: 2_592_000, year: 31_536_000, yr: 31_536_000, y: 31_536_000,
    decade: 315_360_000, century: 3_153_600_000, centurie: 3_153_600_000,
  }),
);

/** Seconds of an interval of one unit in the grammar's bit mask, as in `interval '1' month`. */
const masks: ReadonlyMap<number, number> = new Map([[2, 2_592_000], [4, 31_536_000], [8, 86_400], [1024, 3_600], [2048, 60], [4096, 1]]);

/** Seconds of an interval literal such as `1 month 2 days 03:00`; `null` for spellings that are not understood here. Months count 30 days. */
export function intervalSeconds(text: string, fieldMask: number | null): number | null {
  if (fieldMask !== null) {
    const unit = masks.get(fieldMask);
    return unit === undefined || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? null : Number(text) * unit;
  }
  let seconds = 0;
  const rest = text.trim().toLowerCase().replace(/([+-]?\d+(?:\.\d+)?)\s*([a-z]+)|([+-]?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?/g, (whole, amount: string | undefined, unit: string | undefined, sign: string | undefined, hours: string | undefined, minutes: string | undefined, secondsPart: string | undefined) => {
    if (amount !== undefined && unit !== undefined) {
      const length = units.get(unit) ?? units.get(unit.replace(/s$/, ''));
      if (length === undefined) return whole;
      seconds += Number(amount) * length;
    } else seconds += (sign === '-' ? -1 : 1) * (Number(hours) * 3_600 + Number(minutes) * 60 + Number(secondsPart ?? 0));
    return ' ';
  });
  return text.trim() !== '' && rest.trim() === '' ? seconds : null;
}
