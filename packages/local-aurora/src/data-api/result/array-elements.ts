import { ServiceError } from '../service-error.js';

/**
 * The elements of a one-dimensional array in PostgreSQL's text form; null for NULL.
 *
 * @throws {ServiceError} UnsupportedResultException for more dimensions
 */
export function arrayElements(text: string): (string | null)[] {
  const elements: (string | null)[] = [];
  let at = text.indexOf('{') + 1;
  if (text[at] === '}') return elements;
  while (at < text.length) {
    if (text[at] === '{') throw new ServiceError('UnsupportedResultException', 'The result contains a multidimensional array');
    if (text[at] === '"') {
      let element = '';
      at += 1;
      while (text[at] !== '"') {
        if (text[at] === '\\') at += 1;
        element += text[at] ?? '';
        at += 1;
      }
      elements.push(element);
      at += 1;
    } else {
      const start = at;
      while (text[at] !== ',' && text[at] !== '}') at += 1;
      const element = text.slice(start, at);
      elements.push(element === 'NULL' ? null : element);
    }
    if (text[at] === '}') break;
    at += 1;
  }
  return elements;
}
