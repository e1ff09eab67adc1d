import pc from 'picocolors';
import type { NamedResult } from '../doctor/run-checks.js';
import { printable } from './table.js';

const marks = { ok: pc.green('ok     '), warning: pc.yellow('warning'), failed: pc.red('failed ') } as const;
const nameWidth = 14;

/** One finding, with what to do about it on a line of its own. */
export function renderCheck({ name, status, found, hint }: NamedResult): string {
  const line = `${marks[status]}  ${name.padEnd(nameWidth)}${printable(found)}`;
  return hint === null ? line : `${line}\n${' '.repeat(9 + nameWidth)}${pc.dim(printable(hint))}`;
}
