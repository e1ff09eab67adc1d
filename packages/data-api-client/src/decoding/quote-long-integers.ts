/**
 * Puts quotes around the integers of a JSON text that a JavaScript number cannot hold, so that parsing keeps every digit.
 *
 * The service returns elements of int8 arrays as JSON numbers whatever was asked for. This walks the text, so it is used only
 * after a rounded value was met.
 */
export function quoteLongIntegers(json: string): string {
  return json.replace(token, (text) => (text.length >= 16 && longInteger.test(text) ? `"${text}"` : text));
}

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gsu;
const longInteger = /^-?\d{16,}$/u;
