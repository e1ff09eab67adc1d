const words = new Map([
  ['dept', 'department'], ['qty', 'quantity'], ['amt', 'amount'], ['num', 'number'], ['no', 'number'], ['nbr', 'number'], ['cnt', 'count'], ['avg', 'average'], ['pct', 'percentage'], ['desc', 'description'], ['addr', 'address'],
  ['yr', 'year'], ['dt', 'date'], ['emp', 'employee'], ['cust', 'customer'], ['txn', 'transaction'], ['tx', 'transaction'], ['loc', 'location'], ['prod', 'product'], ['cat', 'category'], ['ccy', 'currency'], ['tot', 'total'],
  ['acct', 'account'], ['org', 'organization'], ['mgr', 'manager'], ['bldg', 'building'], ['sem', 'semester'], ['univ', 'university'], ['med', 'medication'], ['doc', 'doctor'], ['ins', 'insurance'], ['reg', 'registration'],
]);

/** The words of an identifier with common abbreviations written out. */
export function expandAbbreviations(identifier: readonly string[]): readonly string[] {
  return identifier.map((word) => words.get(word) ?? word);
}
