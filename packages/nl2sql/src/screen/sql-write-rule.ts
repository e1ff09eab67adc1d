const name = '[\\w."$`\\[\\]]+';
const objects = '(?:table|view|materialized\\s+view|index|database|schema|role|user|group|function|procedure|trigger|sequence|type|domain|extension|policy|owned|server|publication|subscription|tablespace|aggregate|rule|event\\s+trigger|foreign\\s+table|column|constraint)';

/** Statements that write or that steer the session, as they start in PostgreSQL and MySQL. */
const statements = [
  `insert\\s+(?:ignore\\s+)?into\\s+${name}`,
  `replace\\s+into\\s+${name}`,
  `delete\\s+from\\s+(?:only\\s+)?${name}`,
  `update\\s+(?:only\\s+)?${name}(?:\\s+(?:as\\s+)?\\w+)?\\s+set\\s+${name}\\s*=`,
  `merge\\s+into\\s+${name}`,
  `drop\\s+${objects}\\s+(?:if\\s+exists\\s+)?${name}`,
  `alter\\s+(?:${objects}|system|default\\s+privileges)\\b`,
  `truncate\\s+(?:table\\s+)?(?:only\\s+)?${name}\\s*(?:$|;|,|cascade|restrict|restart)`,
  `create\\s+(?:or\\s+replace\\s+)?(?:(?:global|local|temp|temporary|unlogged|unique|recursive)\\s+)*${objects}\\s+(?:if\\s+not\\s+exists\\s+)?${name}\\s*(?:\\(|as\\b|on\\b|with\\b|$|;|using\\b|returns\\b|password\\b)`,
  `grant\\s+[\\w\\s,()]+\\s+(?:on\\s+[\\s\\S]+\\s+)?to\\s+${name}`,
  `revoke\\s+[\\w\\s,()]+\\s+(?:on\\s+[\\s\\S]+\\s+)?from\\s+${name}`,
  `copy\\s+(?:\\(|${name}\\s*(?:\\([^)]*\\)\\s*)?(?:from|to)\\b)`,
  'do\\s+(?:language\\s+\\w+\\s+)?(?:\\$|quoted)',
  `call\\s+${name}\\s*\\(`,
  'exec(?:ute)?\\s+(?:xp|sp)_\\w+',
  '(?:begin|commit|rollback|abort|start\\s+transaction|end)\\s*(?:work|transaction)?\\s*(?:;|[.!]*\\s*$)',
  'vacuum\\s*(?:$|;|full\\b|\\()',
  'reindex\\s+(?:table|index|database|schema|system)\\b',
  'refresh\\s+materialized\\s+view\\b',
  'lock\\s+table\\b',
  'set\\s+(?:session|local|role|transaction|search_path|default_transaction_read_only|constraints)\\b',
  'reset\\s+(?:role|all|session)\\b',
  'comment\\s+on\\s+(?:table|column|function|database)\\b',
  `(?:listen|notify|unlisten)\\s+${name}\\s*(?:$|;|,)`,
  'load\\s+(?:data\\s+(?:local\\s+)?infile|quoted)',
  `explain\\s+(?:\\([^)]*\\)\\s*)?analy[sz]e\\s+(?:insert|update|delete|merge)\\b`,
  `with\\s+[\\s\\S]{1,400}?\\bas\\s+(?:not\\s+materialized\\s+|materialized\\s+)?\\(\\s*(?:insert\\s+into|update\\s+${name}\\s+set|delete\\s+from|merge\\s+into)\\b`,
  `select\\b[\\s\\S]{1,400}?\\binto\\s+(?:temp\\s+|temporary\\s+|unlogged\\s+|table\\s+|outfile\\s+|dumpfile\\s+)?${name}\\s+from\\b`,
].join('|');

const atStart = new RegExp(`^[\\s("'\`)]*(?:sql\\s*[:>]?\\s*)?(?:${statements})`, 'i');
const afterBreak = new RegExp(`(?:;|\`\`\`(?:sql|postgresql|mysql)?|\\bsql\\s*:|:\\s*\\n?|\\*/|--[^\\n]*\\n)[\\s("'\`)]*(?:${statements})`, 'i');
const told = new RegExp(`\\b(?:run|execute|perform|issue|submit|apply|eval|evaluate|try|send|do)\\b[^.?!;]{0,60}?(?:${statements})`, 'i');
const quotedStatement = new RegExp(`^\\s*(?:${statements})`, 'i');
const toldQuoted = /\b(?:run|execute|perform|issue|submit|apply|eval|evaluate|try|send|do|use|answer with|reply with|return)\b[^.?!;]{0,60}?\bquoted\b/i;

/** Whether a text is, holds or tells to run an SQL statement that is not a plain read. Speaking about one is none. */
export function holdsSqlWrite(text: string, spoken: string, quoted: readonly string[]): boolean {
  if (atStart.test(spoken) || spoken.split(/[.?!]\s+/).some((sentence) => atStart.test(sentence))) return true;
  if (afterBreak.test(text) || afterBreak.test(spoken) || told.test(spoken)) return true;
  return toldQuoted.test(spoken) && quoted.some((stretch) => quotedStatement.test(stretch));
}
