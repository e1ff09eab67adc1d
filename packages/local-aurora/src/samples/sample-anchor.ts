/**
 * The day on which the samples "are today", unless told otherwise: all their rows lie before it. Answer questions about
 * "the last quarter" with this as today's date. The first day of a year, so that the years, quarters and months before
 * it are complete.
 */
export const sampleAnchor = '2025-01-01';

/** Counts up with every change of a row, a column or a comment, so that kept databases are made anew. */
export const sampleContentVersion = 1;
