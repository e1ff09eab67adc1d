import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import * as readme from '../examples/readme.js';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('every snippet of the README is a region of a compiled example, and imports what that does', () => {
  const source = read('../examples/readme.ts');
  const regions = [...source.matchAll(/^( *)\/\/ #region \w+\n([\s\S]*?)^ *\/\/ #endregion/gmu)].map(([, indent = '', body = '']) => body.replaceAll(new RegExp(`^${indent}`, 'gmu'), '').trim());
  const snippets = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/gu)].map(([, body = '']) => body);
  expect(snippets.map((snippet) => snippet.replaceAll(/^import .*\n/gmu, '').trim())).toEqual(regions);
  for (const line of snippets.flatMap((snippet) => snippet.match(/^import .*$/gmu) ?? [])) expect(source).toContain(line);
});

it('the example answers from the database', async () => {
  let said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((bytes) => {
    said += Buffer.from(bytes as Uint8Array).toString();
    return true;
  });
  try {
    await readme.stack();
  } finally {
    vi.restoreAllMocks();
  }
  expect(said).toContain('640');
});
