import type { QuestionCase } from '../question-case.js';

export const permitsQuestions: readonly QuestionCase[] = [
  ['how many permits were approved in 2024', `SELECT count(*) FROM "Permits" WHERE approved_on >= '2024-01-01' AND approved_on < '2025-01-01'`],
  ['permits by status and district', 'SELECT permit_status, district_name, count(*) FROM "Permits" JOIN "Districts" USING (district_code) GROUP BY 1, 2'],
  ['permits not approved yet', 'SELECT permit_no FROM "Permits" WHERE approved_on IS NULL'],
  // A day on which a permit expires is set before it comes.
  ['expired permits', null],
  ['permits expiring in the next 30 days', `SELECT permit_no FROM "Permits" WHERE expires_on >= '2025-01-01' AND expires_on <= '2025-01-31'`],
  // The number of a permit names it and counts none.
  ['permits with violations', 'SELECT DISTINCT permit_no FROM "Permits" JOIN "Inspections" USING (permit_no) JOIN "Violations" USING (inspection_no)'],
  ['top 5 applicants by number of permits', 'SELECT applicant_no FROM "Permits" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5'],
  ['average monthly permits', null],
  ['average permit number', null],
  ['permits and their inspections', null],
  ['current permits', null],
  ['inspectors currently working in East', null],
  ['inspections longer than 90 minutes', 'SELECT inspection_no FROM "Inspections" WHERE duration_hours > 1.5'],
  ['permits with a fee over 200 dollars', 'SELECT permit_no FROM "Permits" WHERE fee_cents > 20000'],
  ['approved vs rejected permits', `SELECT permit_status, count(*) FROM "Permits" WHERE permit_status IN ('approved', 'rejected') GROUP BY 1`],
  ['compare building and event permits', `SELECT permit_type, count(*) FROM "Permits" WHERE permit_type IN ('building', 'event') GROUP BY 1`],
  ['ratio of approved to rejected permits per district', `SELECT district_name, count(*) FILTER (WHERE permit_status = 'approved') a, count(*) FILTER (WHERE permit_status = 'rejected') b, count(*) FILTER (WHERE permit_status = 'approved')::numeric / count(*) FILTER (WHERE permit_status = 'rejected') FROM "Permits" JOIN "Districts" USING (district_code) GROUP BY 1`],
  ['districts with fewer permits than average', 'SELECT district_code FROM "Permits" GROUP BY 1 HAVING count(*) < 30'],
  ['inspectors supervised by Nils Aker', 'SELECT inspector_no FROM "Inspectors" WHERE supervisor_no = 1'],
  ['unresolved violations', 'SELECT violation_no FROM "Violations" WHERE resolved_on IS NULL'],
  ['biggest district', null],
  ['district with the highest population density', null],
];
