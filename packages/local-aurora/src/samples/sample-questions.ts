import { assertCalendarDate } from './calendar-date.js';
import { salesQuestions } from './sales/sales-questions.js';
import { sampleAnchor } from './sample-anchor.js';
import type { SampleName } from './sample-name.js';
import type { SampleQuestion } from './sample-question.js';
import { universityQuestions } from './university/university-questions.js';

/**
 * Questions about a sample with what a right answer is, for tests and evaluations.
 *
 * @param anchor the one the sample was seeded with; years in questions are relative to it
 * @throws {LocalAuroraError} `invalid-option` for an anchor that is no date
 */
export function sampleQuestions(sample: SampleName, anchor: string = sampleAnchor): readonly SampleQuestion[] {
  return (sample === 'university' ? universityQuestions : salesQuestions)(assertCalendarDate(anchor));
}
