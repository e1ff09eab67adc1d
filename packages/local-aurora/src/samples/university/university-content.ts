import type { CalendarDate } from '../calendar-date.js';
import { createRandom } from '../random.js';
import type { SampleContent } from '../sample-table.js';
import { buildingsTable } from './buildings.js';
import { coursesTable } from './courses.js';
import { departmentsTable } from './departments.js';
import { employeesTable } from './employees.js';
import { enrollmentsTable } from './enrollments.js';
import { projectMembersTable } from './project-members.js';
import { projectsTable } from './projects.js';
import { publicationsTable } from './publications.js';
import { studentsTable } from './students.js';

/** Each table has a seed of its own, so that changing one leaves the others' rows as they are. */
export function universityContent(anchor: CalendarDate): SampleContent {
  const random = (table: string) => createRandom(`university ${table}`);
  const buildings = buildingsTable();
  const { table: coursesOnly, courses } = coursesTable(random('courses'), buildings.rows.length);
  const { table: studentsOnly, students } = studentsTable(random('students'), anchor);
  const { table: employeesOnly, researchers } = employeesTable(random('employees'), anchor);
  const { table: projectsOnly, projects } = projectsTable(random('projects'), anchor);
  return {
    schemas: [
      { name: 'academics', comment: 'Teaching: departments, courses, students and enrollments.' },
      { name: 'staff', comment: 'Personnel of the university.' },
      { name: 'facilities', comment: 'Buildings of the university.' },
      { name: 'research', comment: 'Research projects, their members and publications.' },
    ],
    tables: [
      departmentsTable(),
      coursesOnly,
      studentsOnly,
      enrollmentsTable(random('enrollments'), { students, courses, anchor }),
      employeesOnly,
      buildings,
      projectsOnly,
      publicationsTable(random('publications'), projects),
      projectMembersTable(random('members'), projects, researchers),
    ],
  };
}
