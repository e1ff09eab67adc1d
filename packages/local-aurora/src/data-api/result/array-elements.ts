import { ServiceError } from '../service-error.js';

const bareElement = /[^,}]*/y;
const quotedElement = /"([^"\\]*(?:\\.[^"\\]*)*)"/sy;

/**
 * The elements of a one-dimensional array in PostgreSQL's text form; null for NULL.
 *
 * @throws {ServiceError} UnsupportedResultException for more dimensions
 */
export function arrayElements(text: string): (string | null)[] {
  const elements: (string | null)[] = [];
  let at = text.indexOf('{') + 1;
  if (text[at] === '}') return elements;
  for (;;) {
    if (text[at] === '{') throw new ServiceError('UnsupportedResultException', 'The result contains a multidimensional array');
    const pattern = text[at] === '"' ? quotedElement : bareElement;
    pattern.lastIndex = at;
    const [matched = '', quoted] = pattern.exec(text) ?? [];
    elements.push(quoted === undefined ? (matched === 'NULL' ? null : matched) : quoted.replaceAll(/\\(.)/gs, '$1'));
    at += matched.length;
    if (text[at] !== ',') return elements;
    at += 1;
  }
}
