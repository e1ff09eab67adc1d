import { describe, expect, it } from 'vitest';
import { intervalSeconds } from './interval-seconds.js';

describe('intervalSeconds', () => {
  it.each([
    ['1 second', 1], ['2 s', 2], ['3 secs', 3], ['1 ms', 0.001], ['5 milliseconds', 0.005], ['1 us', 0.000_001], ['1 minute', 60], ['2 m', 120], ['3 mins', 180],
    ['1 hour', 3_600], ['2 hrs', 7_200], ['1 h', 3_600], ['1 day', 86_400], ['2 days', 172_800], ['1 week', 604_800], ['1 mon', 2_592_000], ['2 months', 5_184_000],
    ['1 year', 31_536_000], ['1 decade', 315_360_000], ['2 centuries', 6_307_200_000], ['1.5 days', 129_600], ['-1 day', -86_400], ['+1 day', 86_400], ['1day', 86_400], [' 1  DAY ', 86_400],
    ['1 day 2 hours', 93_600], ['1 day 02:00', 93_600], ['01:30', 5_400], ['00:00:01', 1], ['00:00:00.5', 0.5], ['-01:00', -3_600], ['1 day -01:00', 82_800],
    ['10 days', 864_000], ['1.25 days', 108_000], ['-12 hours', -43_200], ['00:00:01.25', 1.25], ['10:30', 37_800], ['', null], ['   ', null], ['1', null], ['day', null], ['1 fortnight', null], ['P1D', null], ['1 day tomorrow', null], ['1 constructor', null],
  ])('%j is %j', (text, seconds) => {
    expect(intervalSeconds(text, null)).toBe(seconds);
  });

  it.each([
    ['1', 2, 2_592_000], ['2', 4, 63_072_000], ['3', 8, 259_200], ['1', 1024, 3_600], ['1', 2048, 60], ['7', 4096, 7], ['-1.5', 8, -129_600], [' 1 ', 8, 86_400],
    ['12', 8, 1_036_800], ['1.25', 8, 108_000], ['x1', 8, null], ['1x', 8, null], ['1 day', 8, null], ['', 8, null], ['1', 6, null], ['1', 32_767, null],
  ])('%j of the unit %i is %j', (text, mask, seconds) => {
    expect(intervalSeconds(text, mask)).toBe(seconds);
  });
});
