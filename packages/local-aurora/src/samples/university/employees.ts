import { addDays } from '../calendar-date.js';
import { emailAddress, personNames } from '../person-names.js';
import type { Random } from '../random.js';
import { type SampleTable, identity } from '../sample-table.js';

/** Position, number of employees, lowest and highest salary in thousands. */
const positions = [
  ['Professor', 26, 98, 148],
  ['Associate Professor', 22, 82, 112],
  ['Assistant Professor', 24, 68, 92],
  ['Lecturer', 20, 55, 78],
  ['Research Fellow', 18, 50, 72],
  ['Laboratory Technician', 12, 41, 58],
  ['Librarian', 7, 43, 64],
  ['Administrator', 13, 39, 69],
  ['IT Specialist', 8, 54, 83],
] as const;

const researching: ReadonlySet<string> = new Set(['Professor', 'Associate Professor', 'Assistant Professor', 'Lecturer', 'Research Fellow', 'Laboratory Technician']);

/** An employee who takes part in research. */
export interface Researcher {
  readonly id: number;
  readonly leads: boolean;
  readonly hiredOn: string;
}

/** The table knows no department: which professor belongs to which is not on record, and questions about it have no answer. */
export function employeesTable(random: Random, anchor: string): { readonly table: SampleTable; readonly researchers: readonly Researcher[] } {
  const jobs = positions.flatMap(([position, count, low, high]) => Array.from({ length: count }, () => ({ position, low, high })));
  const names = personNames(random, jobs.length);
  const people = jobs.map(({ position, low, high }, index) => {
    const years = random.weighted([[1, 12], [4, 22], [9, 26], [15, 22], [24, 12]] as const);
    return {
      id: index + 1,
      name: names[index] ?? { first: '', last: '' },
      position,
      hiredOn: addDays(anchor, -random.integer(30, 30 + years * 365)),
      salary: random.integer(low * 10, high * 10) * 100,
    };
  });
  return {
    researchers: people.filter(({ position }) => researching.has(position)).map(({ id, position, hiredOn }) => ({ id, hiredOn, leads: position.endsWith('Professor') })),
    table: {
      schema: 'staff',
      name: 'employees',
      comment: 'Employees of the university, in teaching, research and administration.',
      columns: [
        { name: 'employee_id', definition: identity, comment: 'Key of the employee.' },
        { name: 'first_name', definition: 'text NOT NULL', comment: 'Given name.' },
        { name: 'last_name', definition: 'text NOT NULL', comment: 'Family name.' },
        { name: 'full_name', definition: "text NOT NULL GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED", comment: 'Given and family name.', generated: true },
        { name: 'email', definition: 'text NOT NULL', comment: 'University e-mail address.' },
        { name: 'position', definition: 'text NOT NULL', comment: 'Job title, such as Professor or Librarian.' },
        { name: 'hired_on', definition: 'date NOT NULL', comment: 'First day of employment.' },
        { name: 'salary', definition: 'numeric(10,2) NOT NULL', comment: 'Yearly salary before tax in US dollars.' },
      ],
      constraints: ['ADD CONSTRAINT employees_email_key UNIQUE (email)', 'ADD CONSTRAINT employees_salary_check CHECK (salary > 0)'],
      rows: people.map(({ id, name, position, hiredOn, salary }) => [id, name.first, name.last, emailAddress(name, id, 'university.example'), position, hiredOn, `${salary}.00`]),
    },
  };
}
