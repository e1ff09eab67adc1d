import { type CalendarDate, addDays, calendarDate, daysBetween, yearOf } from '../calendar-date.js';
import type { Random } from '../random.js';
import { type SampleTable, type SampleValue, identity } from '../sample-table.js';
import type { Course } from './courses.js';
import type { Student } from './students.js';

interface Term {
  readonly name: string;
  readonly opens: CalendarDate;
}

/** Terms of the last five years whose enrollment was over before the anchor. */
function pastTerms(anchor: CalendarDate): readonly Term[] {
  const year = yearOf(anchor);
  return [5, 4, 3, 2, 1, 0]
    .flatMap((back) => [
      { name: `Spring ${year - back}`, opens: calendarDate(year - back, 1, 20) },
      { name: `Fall ${year - back}`, opens: calendarDate(year - back, 8, 20) },
    ])
    .filter(({ opens }) => daysBetween(opens, anchor) > 20)
    .slice(-10);
}

export interface EnrollmentsOptions {
  readonly students: readonly Student[];
  readonly courses: readonly Course[];
  readonly anchor: CalendarDate;
}

export function enrollmentsTable(random: Random, { students, courses, anchor }: EnrollmentsOptions): SampleTable {
  const terms = pastTerms(anchor);
  const rows: SampleValue[][] = [];
  for (const student of students) {
    const own = courses.filter(({ departmentId }) => departmentId === student.majorDepartmentId);
    const attended = terms.filter(({ opens }) => yearOf(opens) >= student.admissionYear);
    const taken = new Set<number>();
    for (const term of attended) {
      for (let course = random.integer(0, 3); course > 0; course -= 1) {
        const { id } = random.pick(own.length > 0 && random.chance(60) ? own : courses);
        if (taken.has(id)) continue;
        taken.add(id);
        rows.push([rows.length + 1, student.id, id, addDays(term.opens, random.integer(0, 18)), term.name, ...outcome(random, term, anchor)]);
      }
    }
    // Nobody in the register without any course, and the student the sample questions name has several.
    while (taken.size < (student.id === 1 ? 5 : 1)) {
      const { id } = random.pick(courses);
      const term = terms.at(-1);
      if (!term || taken.has(id)) continue;
      taken.add(id);
      rows.push([rows.length + 1, student.id, id, addDays(term.opens, random.integer(0, 18)), term.name, ...outcome(random, term, anchor)]);
    }
  }
  return {
    schema: 'academics',
    name: 'enrollments',
    comment: 'Which student enrolled in which course, when, and with what result.',
    columns: [
      { name: 'enrollment_id', definition: identity, comment: 'Key of the enrollment.' },
      { name: 'student_id', definition: 'integer NOT NULL', comment: 'Student who enrolled.' },
      { name: 'course_id', definition: 'integer NOT NULL', comment: 'Course enrolled in.' },
      { name: 'enrolled_on', definition: 'date NOT NULL', comment: 'Day of the enrollment.' },
      { name: 'term', definition: 'text NOT NULL', comment: 'Term of study, such as Fall 2023.' },
      { name: 'status', definition: 'text NOT NULL', comment: 'State of the enrollment: in progress, completed, failed or dropped.' },
      { name: 'grade', definition: 'numeric(2,1)', comment: 'Grade points from 0.0 (failed) to 4.0 (best); empty until the course has been graded.' },
    ],
    constraints: [
      'ADD CONSTRAINT enrollments_student_id_course_id_key UNIQUE (student_id, course_id)',
      'ADD CONSTRAINT enrollments_student_id_fkey FOREIGN KEY (student_id) REFERENCES academics.students (student_id)',
      'ADD CONSTRAINT enrollments_course_id_fkey FOREIGN KEY (course_id) REFERENCES academics.courses (course_id)',
      "ADD CONSTRAINT enrollments_status_check CHECK (status IN ('in progress', 'completed', 'failed', 'dropped'))",
      'ADD CONSTRAINT enrollments_grade_check CHECK (grade BETWEEN 0 AND 4)',
    ],
    rows,
  };
}

const termLength = 150;

function outcome(random: Random, term: Term, anchor: CalendarDate): readonly [status: string, grade: string | null] {
  if (random.chance(5)) return ['dropped', null];
  if (daysBetween(term.opens, anchor) < termLength) return ['in progress', null];
  if (random.chance(6)) return ['failed', '0.0'];
  return ['completed', (random.weighted([[10, 4], [14, 6], [17, 8], [20, 11], [23, 13], [27, 15], [30, 16], [33, 13], [37, 9], [40, 5]] as const) / 10).toFixed(1)];
}
