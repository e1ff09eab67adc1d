import Table from 'cli-table3';

const border = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: ' ', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };

export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

const numeric = /^(int|smallint|bigint|numeric|decimal|float|real|double|serial|money|oid)/;

/** Rows as aligned text; numbers to the right, NULL said as such, control characters made visible. `beside` is added to each row as it is. */
export function renderTable(columns: readonly TableColumn[], rows: readonly (readonly unknown[])[], beside: readonly string[] | null = null): string {
  const table = new Table({
    chars: border,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map((column) => (numeric.test(column.type) ? 'right' : 'left')),
  });
  const aside = (text: string): readonly string[] => (beside === null ? [] : [text]);
  table.push(
    [...columns.map((column) => printable(column.name)), ...aside('')],
    [...columns.map((column, index) => '─'.repeat(widest(column.name, rows, index))), ...aside('')],
    ...rows.map((row, index) => [...row.map(cell), ...aside(beside?.[index] ?? '')]),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function widest(name: string, rows: readonly (readonly unknown[])[], index: number): number {
  return rows.reduce((width, row) => Math.max(width, cell(row[index]).length), printable(name).length);
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'object') return printable(JSON.stringify(value));
  return printable(String(value));
}

/** A value of the database must not be able to move the cursor or recolour the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001F\u007F-\u009F]/g, (character) => (character === '\n' ? '⏎' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`));
}
