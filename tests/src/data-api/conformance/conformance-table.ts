import type { Check } from './checks.js';

const escaped = (text: string) => text.replaceAll('|', '\\|');
const code = (text: string) => (text === 'works' || text.startsWith('offers no way') ? (text.split(';')[0] ?? '') : `\`${text.replaceAll('`', "'")}\``);

/** The results as a Markdown table: a row for each piece of work, a column for each client. */
export function conformanceTable(titles: readonly string[], results: readonly { readonly check: Check; readonly outcomes: readonly string[] }[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [
    row(['work', 'the service', ...titles]),
    row(['---', '---', ...titles.map(() => '---')]),
    ...results.map(({ check, outcomes }) => row([check.work, check.service, ...outcomes.map(code)])),
  ].join('\n');
}
