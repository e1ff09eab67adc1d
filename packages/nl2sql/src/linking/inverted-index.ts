/** What a document holds: terms with their weighted counts. */
export type WeightedTerms = ReadonlyMap<string, number>;

interface Posting {
  readonly documents: number[];
  readonly counts: number[];
}

export interface InvertedIndex {
  readonly size: number;
  has(term: string): boolean;
  /** How telling a term is: the logarithm of BM25, 0 for unknown terms. */
  weight(term: string): number;
  /** One score for each document, in their order. Only documents that share a term cost time. */
  score(terms: WeightedTerms): Float64Array;
}

/**
 * An inverted index with Okapi BM25 over weighted counts (BM25F with the field weights already applied).
 * Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
 */
export function createInvertedIndex(documents: readonly WeightedTerms[], options: { readonly k1?: number; readonly b?: number } = {}): InvertedIndex {
  const { k1 = 1.2, b = 0.4 } = options;
  const postings = new Map<string, Posting>();
  const lengths = new Float64Array(documents.length);
  let totalLength = 0;
  documents.forEach((terms, document) => {
    let length = 0;
    for (const [term, count] of terms) {
      length += count;
      const posting = postings.get(term);
      if (posting === undefined) postings.set(term, { documents: [document], counts: [count] });
      else {
        posting.documents.push(document);
        posting.counts.push(count);
      }
    }
    lengths[document] = length;
    totalLength += length;
  });
  const averageLength = documents.length === 0 ? 1 : Math.max(totalLength / documents.length, 1e-9);
  const norms = lengths.map((length) => k1 * (1 - b + (b * length) / averageLength));
  const idf = (posting: Posting) => Math.log(1 + (documents.length - posting.documents.length + 0.5) / (posting.documents.length + 0.5));

  return {
    size: documents.length,
    has: (term) => postings.has(term),
    weight(term) {
      const posting = postings.get(term);
      return posting === undefined ? 0 : idf(posting);
    },
    score(terms) {
      const scores = new Float64Array(documents.length);
      for (const [term, queryWeight] of terms) {
        const posting = postings.get(term);
        if (posting === undefined) continue;
        const weight = idf(posting) * queryWeight * (k1 + 1);
        const { documents: found, counts } = posting;
        for (let index = 0; index < found.length; index += 1) {
          const document = found[index] ?? 0;
          const count = counts[index] ?? 0;
          scores[document] = (scores[document] ?? 0) + (weight * count) / (count + (norms[document] ?? 0));
        }
      }
      return scores;
    },
  };
}
