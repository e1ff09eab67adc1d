import fc from 'fast-check';

/** Tokens, roughly: what a mutation takes for one need not be one to MySQL. */
const tokens = (sql: string): readonly { readonly start: number; readonly end: number }[] => [...sql.matchAll(/'(?:[^']|'')*'|`[^`]*`|[\w$.]+|\S/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

const names = fc.constantFrom(...'orders customers partial secrets Orders password name id amount internal_note 2fa_secret 1e leak sleep lower count shop other o c * t customers.password `password` PASSWORD shop.customers dual 1 0x41 .5'.split(' '), "'a'", "'password'", 'COUNT(*)', '(SELECT 1)');
const glue = fc.constantFrom(' ', '/**/', '\n', ' -- x\n', ' # x\n', '\t', '(', ')', ',', ';', ' FROM ', ' UNION SELECT ', ' AS ', '.', "'", '`', '"', ' FOR UPDATE', ' INTO @x ', ' LATERAL ', ' || ', ' /*!50000 ', ' */ ', '--', ' NATURAL ', ' USING (id) ', '@', ':', ' ORDER BY ', ' COLLATE utf8mb4_bin ', ' INTERVAL ', ' VALUES ', ' TABLE ');
const change = fc.record({ kind: fc.constantFrom('rename', 'drop', 'double', 'insert', 'swap'), at: fc.nat(10_000), other: fc.nat(10_000), name: names, between: glue });

/** Statements made by changing one to three parts of a given one: names put in, parts dropped, doubled, swapped or glued on. */
export function mutatedMysqlStatement(seeds: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 3 })).map(([given, changes]) => {
    let sql = given;
    for (const { kind, at, other, name, between } of changes) {
      const list = tokens(sql);
      const [token, partner] = [list[at % Math.max(1, list.length)], list[other % Math.max(1, list.length)]];
      if (token === undefined || partner === undefined) continue;
      const own = sql.slice(token.start, token.end);
      const put = { rename: name, drop: '', double: `${own} ${own}`, insert: own + between, swap: sql.slice(partner.start, partner.end) }[kind];
      sql = sql.slice(0, token.start) + put + sql.slice(token.end);
    }
    return sql;
  });
}
