const opposites: readonly RegExp[] = [
  /\b(?:not|no|never|without|except|excluding|none|n't|neither|nor)\b|n't\b/g,
  /\b(?:most|highest|largest|biggest|top|maximum|max|best|latest|newest|last|longest|oldest|greatest)\b/g,
  /\b(?:least|fewest|lowest|smallest|bottom|minimum|min|worst|earliest|first|shortest|youngest)\b/g,
  /\b(?:more|above|over|greater|exceed\w*|after|since|later|larger|higher|at least)\b/g,
  /\b(?:less|fewer|below|under|before|until|earlier|smaller|lower|at most)\b/g,
  /\b(?:average|avg|mean)\b/g,
  /\b(?:total|sum|overall)\b/g,
  /\b(?:how many|count|number of)\b/g,
  /\b(?:distinct|unique|different)\b/g,
  /\b(?:or|either)\b/g,
  /\b(?:today|yesterday|tomorrow|last|this|next|previous|current|past)\s+(?:\w+\s+)?(?:day|week|month|quarter|year|days|weeks|months|quarters|years)\b|\b(?:today|yesterday)\b/g,
  /\b(?:daily|weekly|monthly|quarterly|yearly|annual\w*|per (?:day|week|month|quarter|year)|by (?:day|week|month|quarter|year))\b/g,
];

/**
 * Whether two questions differ in a detail that changes the answer and that embeddings hardly see: numbers, quoted texts,
 * names, negation, superlatives, comparisons, aggregates, times.
 */
export function differingDetails(a: string, b: string): boolean {
  return details(a) !== details(b);
}

function details(question: string): string {
  const lower = question.toLowerCase();
  const marks = [
    question.match(/\d+(?:[.,]\d+)*/g) ?? [],
    lower.match(/"[^"]*"|(?<!\w)'[^']*'(?!\w)/g) ?? [],
    // Words with a capital that do not start the question: names of people, places, things.
    [...question.matchAll(/(?<=[^.?!:\s]\s+)\p{Lu}[\p{L}\p{N}]*/gu)].map(([word]) => word.toLowerCase()),
    ...opposites.map((pattern, index) => (index < 10 ? ((lower.match(pattern) ?? []).length > 0 ? ['yes'] : []) : (lower.match(pattern) ?? []))),
  ];
  return JSON.stringify(marks.map((found) => [...new Set(found)].sort()));
}
