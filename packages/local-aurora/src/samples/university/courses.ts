import type { Random } from '../random.js';
import { type SampleTable, identity } from '../sample-table.js';
import { catalogue } from './catalogue.js';

/** A course as enrollments need it. */
export interface Course {
  readonly id: number;
  readonly departmentId: number;
}

export function coursesTable(random: Random, buildingCount: number): { readonly table: SampleTable; readonly courses: readonly Course[] } {
  const entries = catalogue.flatMap(({ code, courses }, department) => courses.map((title, index) => ({ departmentId: department + 1, code, title, index })));
  const rows = entries.map(({ departmentId, code, title, index }, position) => {
    const graduate = index >= 5;
    const number = (graduate ? 500 : 100 + Math.floor(index / 2) * 100) + index * 10 + 1;
    // A few courses are held online only.
    const building = random.chance(6) ? null : random.integer(1, buildingCount);
    return [position + 1, `${code}-${number}`, title, graduate ? 'graduate' : 'undergraduate', random.pick([3, 4, 4, 5, 6]), departmentId, building];
  });
  return {
    courses: entries.map(({ departmentId }, index) => ({ id: index + 1, departmentId })),
    table: {
      schema: 'academics',
      name: 'courses',
      comment: 'Courses in the catalogue, each offered by one department.',
      columns: [
        { name: 'course_id', definition: identity, comment: 'Key of the course.' },
        { name: 'code', definition: 'text NOT NULL', comment: 'Catalogue code, such as CS-101.' },
        { name: 'title', definition: 'text NOT NULL', comment: 'Title of the course.' },
        { name: 'level', definition: 'text NOT NULL', comment: 'Level of study: undergraduate or graduate.' },
        { name: 'credits', definition: 'integer NOT NULL', comment: 'Credit points for passing.' },
        { name: 'department_id', definition: 'integer NOT NULL', comment: 'Department that offers the course.' },
        { name: 'building_id', definition: 'integer', comment: 'Building the course is taught in; empty for online courses.' },
      ],
      constraints: [
        'ADD CONSTRAINT courses_code_key UNIQUE (code)',
        'ADD CONSTRAINT courses_department_id_fkey FOREIGN KEY (department_id) REFERENCES academics.departments (department_id)',
        'ADD CONSTRAINT courses_building_id_fkey FOREIGN KEY (building_id) REFERENCES facilities.buildings (building_id)',
        "ADD CONSTRAINT courses_level_check CHECK (level IN ('undergraduate', 'graduate'))",
        'ADD CONSTRAINT courses_credits_check CHECK (credits BETWEEN 1 AND 12)',
      ],
      rows,
    },
  };
}
