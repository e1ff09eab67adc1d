import { describe, expect, it } from 'vitest';
import { columnMark, columnWords, relationWords } from './identifier-words.js';

describe('relationWords', () => {
  it.each([
    ['tbl_member', 'member'],
    ['dim_customer', 'customer'],
    ['MaintenanceVisit', 'maintenance visit'],
    ['view', 'view'],
    ['orders', 'orders'],
  ])('reads %s as %s', (name, words) => {
    expect(relationWords(name).join(' ')).toBe(words);
  });
});

describe('columnMark', () => {
  it.each([
    [['member'], ['mbr_id', 'mbr_name', 'joined'], 'mbr'],
    [['class'], ['cls_id', 'cls_level'], 'cls'],
    [['payment'], ['pay_id', 'pay_dt'], 'pay'],
    // Once is no custom, a word of the name itself says something, and so does one that is no short form of it.
    [['member'], ['mbr_id', 'name'], null],
    [['order'], ['order_id', 'order_date'], null],
    [['customer'], ['billing_city', 'billing_street'], null],
    [['course'], ['credits_min', 'credits_max'], null],
  ] as const)('of %j with %j is %j', (relation, columns, mark) => {
    expect(columnMark(relation, columns)).toBe(mark);
  });
});

describe('columnWords', () => {
  it.each([
    ['mbr_nm', 'mbr', 'name'],
    ['mbr_dob', 'mbr', 'date of birth'],
    ['batteryPct', null, 'battery percentage'],
    ['mbr', 'mbr', 'mbr'],
  ])('reads %s marked by %s as %s', (name, mark, words) => {
    expect(columnWords(name, mark).join(' ')).toBe(words);
  });
});
