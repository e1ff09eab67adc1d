/** A fenced block of Markdown: the word after the fence, and what is inside. */
export interface FencedBlock {
  readonly language: string;
  readonly body: string;
}

const inlineLanguages = new Set(['sql', 'postgresql', 'postgres', 'pgsql', 'mysql', 'json']);

/** The fenced blocks of a text. A fence that never closes, as in a reply cut short, runs to the end. */
export function fencedBlocks(text: string): readonly FencedBlock[] {
  const blocks: FencedBlock[] = [];
  const fence = /(`{3,}|~{3,})[ \t]*([\w+-]*)([^\S\n]*\n)?/g;
  for (let match = fence.exec(text); match !== null; match = fence.exec(text)) {
    const [whole, mark = '```', word = '', lineEnd] = match;
    // On one line, ```SELECT 1```, the first word is the statement's own unless it is the name of a language.
    const language = lineEnd !== undefined || inlineLanguages.has(word.toLowerCase()) ? word : '';
    const from = match.index + (language === word ? whole.length : mark.length);
    const close = text.indexOf(mark, from);
    const end = close === -1 ? text.length : close;
    blocks.push({ language: language.toLowerCase(), body: text.slice(from, end).trim() });
    fence.lastIndex = close === -1 ? text.length : close + mark.length;
  }
  return blocks;
}
