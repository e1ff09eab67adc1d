/** Parses JSON as models write it: raw line breaks and tabs inside strings are taken as meant. Undefined when it is none. */
export function parseLenientJson(text: string): unknown {
  for (const candidate of [text, withEscapedControls(text)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next reading, or none.
    }
  }
  return undefined;
}

/** The JSON objects that stand in a text, outermost ones, in order. */
export function jsonObjectsIn(text: string): readonly unknown[] {
  const objects: unknown[] = [];
  let failures = 0;
  for (let start = text.indexOf('{'); start !== -1; ) {
    const end = objectEnd(text, start);
    const parsed = end === -1 ? undefined : parseLenientJson(text.slice(start, end));
    if (parsed !== undefined) objects.push(parsed);
    start = text.indexOf('{', parsed === undefined ? start + 1 : end);
    if (parsed === undefined) failures += 1;
    // A reply with hundreds of braces and no object among them is not worth a quadratic search.
    if (objects.length > 20 || failures > 50) break;
  }
  return objects;
}

function objectEnd(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}

function withEscapedControls(text: string): string {
  let inString = false;
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '\\' && inString) {
      result += character + (text[index + 1] ?? '');
      index += 1;
    } else if (character === '"') {
      inString = !inString;
      result += character;
    } else if (inString && character < ' ') {
      result += character === '\n' ? '\\n' : character === '\t' ? '\\t' : character === '\r' ? '' : ' ';
    } else {
      result += character;
    }
  }
  return result;
}
