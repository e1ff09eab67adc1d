// Records the terminal session of the README: runs the commands for real and draws what they print.
// Usage: node tools/record-session.mjs docs/terminal-session.svg
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const commands = [
  ['How many students are enrolled in each department?'],
  ['show sales data for the last quarter'],
  ['How many projects are there in each building?'],
  ['Delete all students who failed a course'],
];
const styles = { 1: 'b', 2: 'd', 31: 'r', 32: 'g', 33: 'y' };
const [output] = process.argv.slice(2);
if (!output) throw new Error('Name the SVG file to write.');

const lines = commands.flatMap((args) => {
  const typed = `npm run ask -- ${args.map((arg) => `"${arg}"`).join(' ')}`;
  const { stdout, status } = spawnSync('npm', ['run', '--silent', 'ask', '--', ...args], { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '1' } });
  if (status === 1) throw new Error(`${typed} failed`);
  return [`\u001B[32m$\u001B[39m \u001B[1m${typed}\u001B[22m`, ...stdout.trimEnd().split('\n'), ''];
});

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** One line as SVG spans, a class for each SGR code that is on. */
function spans(line) {
  const on = new Set();
  return line
    .split(/\u001B\[(\d+)m/)
    .map((part, index) => {
      if (index % 2 === 0) return part && `<tspan${on.size > 0 ? ` class="${[...on].join(' ')}"` : ''}>${escape(part)}</tspan>`;
      const code = Number(part);
      if (styles[code]) on.add(styles[code]);
      else if (code === 22) ['b', 'd'].forEach((style) => on.delete(style));
      else if (code === 39) ['r', 'g', 'y'].forEach((style) => on.delete(style));
      else on.clear();
      return '';
    })
    .join('');
}

const columns = Math.max(...lines.map((line) => [...line.replace(/\u001B\[\d+m/g, '')].length));
const [character, row, margin] = [7.8, 18, 18];
const width = Math.ceil(columns * character + 2 * margin);
const height = lines.length * row + 2 * margin;
const text = lines.map((line, index) => `<text xml:space="preserve" x="${margin}" y="${margin + 13 + index * row}">${spans(line)}</text>`).join('\n');
writeFileSync(
  output,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal session: two questions answered, one abstained from, one refused">
<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d8dee6;white-space:pre}.b{font-weight:700;fill:#fff}.d{fill:#8a95a3}.g{fill:#7fce9c}.y{fill:#e6c06c}.r{fill:#f08a8a}</style>
<rect width="${width}" height="${height}" rx="10" fill="#161c24"/>
${text}
</svg>
`,
);
