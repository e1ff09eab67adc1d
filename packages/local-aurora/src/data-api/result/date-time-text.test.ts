import { describe, expect, test } from 'vitest';
import { dateTimeText, timestamptzText } from './date-time-text.js';

describe('dateTimeText', () => {
  test.each([
    ['2024-01-02', '2024-01-02'],
    ['10:11:12', '10:11:12'],
    ['10:11:12.5', '10:11:12.500'],
    ['10:11:12.000001', '10:11:12.000001'],
    ['2024-01-02 10:11:12.85', '2024-01-02 10:11:12.850'],
    ['2024-01-02 10:11:12.8551', '2024-01-02 10:11:12.855100'],
  ])('%s is printed as %s', (text, expected) => {
    expect(dateTimeText(text)).toBe(expected);
  });

  test.each(['infinity', '-infinity', '0044-03-15 BC'])('%s is more than the service can represent', (text) => {
    expect(() => dateTimeText(text)).toThrow(expect.objectContaining({ name: 'InternalFailure', message: '' }));
  });
});

describe('timestamptzText', () => {
  test.each([
    ['2024-01-02 10:11:12+00', '2024-01-02 10:11:12'],
    ['2024-01-02 10:11:12.5+00', '2024-01-02 10:11:12.500'],
    ['2024-01-01 00:30:00+09', '2023-12-31 15:30:00'],
    ['2024-02-28 22:45:00.123456-03:30', '2024-02-29 02:15:00.123456'],
    ['0998-12-31 20:53:32-03:06:28', '0999-01-01 00:00:00'],
    ['0099-01-01 01:00:00+01', '0099-01-01 00:00:00'],
    ['12000-01-01 01:00:00+01', '12000-01-01 00:00:00'],
  ])('%s is printed as %s', (text, expected) => {
    expect(timestamptzText(text)).toBe(expected);
  });

  test.each(['infinity', '-infinity', '0044-03-15 00:00:00+00 BC'])('%s is more than the service can represent', (text) => {
    expect(() => timestamptzText(text)).toThrow(expect.objectContaining({ name: 'InternalFailure' }));
  });
});
