import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** How to run a module's text, which may import TypeScript by URL, in another process. */
export function sourceProgram(text: string): { readonly command: string; readonly args: string[]; readonly environment: Record<string, string> } {
  return {
    command: process.execPath,
    args: ['--conditions=@ask-aurora/source', '--import', loader, '--input-type=module', '-e', text],
    environment: { PATH: process.env['PATH'] ?? '' },
  };
}
