/** A column's name as words: `avg_funding` is "average funding". */
export function columnLabel(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return words
    .replace(/^(?:avg|mean)\b/, 'average')
    .replace(/^cnt\b|\bcnt$/, 'count')
    .replace(/^num\b/, 'number of')
    .replace(/^pct\b|\bpct$/, 'percentage')
    .replace(/^min\b/, 'lowest')
    .replace(/^max\b/, 'highest');
}
