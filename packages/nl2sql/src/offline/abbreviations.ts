const words = new Map([
  ['dept', 'department'], ['qty', 'quantity'], ['amt', 'amount'], ['num', 'number'], ['no', 'number'], ['nbr', 'number'], ['cnt', 'count'], ['avg', 'average'], ['pct', 'percentage'], ['desc', 'description'], ['addr', 'address'],
  ['yr', 'year'], ['dt', 'date'], ['emp', 'employee'], ['cust', 'customer'], ['txn', 'transaction'], ['tx', 'transaction'], ['loc', 'location'], ['prod', 'product'], ['cat', 'category'], ['ccy', 'currency'], ['tot', 'total'],
  ['acct', 'account'], ['org', 'organization'], ['mgr', 'manager'], ['bldg', 'building'], ['sem', 'semester'], ['univ', 'university'], ['med', 'medication'], ['doc', 'doctor'], ['ins', 'insurance'], ['reg', 'registration'],
  ['nm', 'name'], ['fname', 'first name'], ['lname', 'last name'], ['dob', 'date of birth'], ['mth', 'month'], ['mths', 'months'], ['mnth', 'month'], ['yrs', 'years'], ['tel', 'phone'], ['pmt', 'payment'], ['bal', 'balance'], ['sal', 'salary'],
  ['mfr', 'manufacturer'], ['dest', 'destination'], ['lvl', 'level'], ['sts', 'status'], ['typ', 'type'], ['ctry', 'country'], ['wt', 'weight'], ['disc', 'discount'], ['usr', 'user'], ['grp', 'group'], ['cd', 'code'], ['svc', 'service'], ['ord', 'order'],
]);

/** The words of an identifier with common abbreviations written out. */
export function expandAbbreviations(identifier: readonly string[]): readonly string[] {
  return identifier.flatMap((word) => words.get(word)?.split(' ') ?? [word]);
}
