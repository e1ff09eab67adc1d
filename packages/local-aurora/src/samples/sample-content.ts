import type { CalendarDate } from './calendar-date.js';
import { salesContent } from './sales/sales-content.js';
import type { SampleName } from './sample-name.js';
import type { SampleContent } from './sample-table.js';
import { universityContent } from './university/university-content.js';

const contents: Readonly<Record<SampleName, (anchor: CalendarDate) => SampleContent>> = { university: universityContent, sales: salesContent };

/** Every schema, table and row of a sample, made anew at each call: always the same for the same anchor. */
export function sampleContent(sample: SampleName, anchor: CalendarDate): SampleContent {
  return contents[sample](anchor);
}
