import { calendarDate, yearOf } from '../calendar-date.js';
import { emailAddress, personNames } from '../person-names.js';
import type { Random } from '../random.js';
import { type SampleTable, identity } from '../sample-table.js';
import { catalogue } from './catalogue.js';

/** A student as enrollments need it. */
export interface Student {
  readonly id: number;
  readonly majorDepartmentId: number | null;
  readonly admissionYear: number;
}

/** The student that sample questions ask about by name. */
export const knownStudent = { first: 'Amara', last: 'Okafor' };

const count = 640;

export function studentsTable(random: Random, anchor: string): { readonly table: SampleTable; readonly students: readonly Student[] } {
  const lastYear = yearOf(anchor) - 1;
  const majors = catalogue.map(({ popularity }, index) => [index + 1, popularity] as const);
  const people = personNames(random, count, [knownStudent]).map((name, index) => {
    const admissionYear = lastYear - random.weighted([[0, 24], [1, 23], [2, 22], [3, 19], [4, 12]] as const);
    const birthYear = admissionYear - random.weighted([[18, 40], [19, 34], [20, 12], [22, 8], [27, 4], [35, 2]] as const);
    // First-year students may not have chosen yet.
    const undeclared = index > 0 && admissionYear === lastYear && random.chance(18);
    return {
      id: index + 1,
      name,
      admissionYear,
      born: calendarDate(birthYear, random.integer(1, 12), random.integer(1, 28)),
      majorDepartmentId: undeclared ? null : random.weighted(majors),
    };
  });
  return {
    students: people,
    table: {
      schema: 'academics',
      name: 'students',
      comment: 'Students of the university, with the major they study.',
      columns: [
        { name: 'student_id', definition: identity, comment: 'Key of the student.' },
        { name: 'first_name', definition: 'text NOT NULL', comment: 'Given name.' },
        { name: 'last_name', definition: 'text NOT NULL', comment: 'Family name.' },
        { name: 'full_name', definition: "text NOT NULL GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED", comment: 'Given and family name.', generated: true },
        { name: 'email', definition: 'text NOT NULL', comment: 'University e-mail address.' },
        { name: 'date_of_birth', definition: 'date NOT NULL', comment: 'Date of birth.' },
        { name: 'major', definition: 'text', comment: 'Main field of study; empty while the student has not declared one.' },
        { name: 'admission_year', definition: 'integer NOT NULL', comment: 'Year in which the student was admitted to the university.' },
      ],
      constraints: ['ADD CONSTRAINT students_email_key UNIQUE (email)'],
      rows: people.map(({ id, name, born, majorDepartmentId, admissionYear }) => [
        id,
        name.first,
        name.last,
        emailAddress(name, id, 'students.university.example'),
        born,
        majorDepartmentId === null ? null : (catalogue[majorDepartmentId - 1]?.name ?? null),
        admissionYear,
      ]),
    },
  };
}
