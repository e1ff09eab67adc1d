import { addDays, daysBetween } from '../calendar-date.js';
import type { Random } from '../random.js';
import type { SampleTable, SampleValue } from '../sample-table.js';
import type { Researcher } from './employees.js';
import type { Project } from './projects.js';

export function projectMembersTable(random: Random, projects: readonly Project[], researchers: readonly Researcher[]): SampleTable {
  const rows: SampleValue[][] = [];
  for (const project of projects) {
    const present = researchers.filter(({ hiredOn }) => !project.started || hiredOn < project.lastDay);
    const team = new Map<number, SampleValue[]>();
    const add = (person: Researcher, role: string) => {
      const days = project.started ? daysBetween(project.startedOn, project.lastDay) : 0;
      const joinedOn = addDays(project.startedOn, role === 'lead' ? 0 : random.integer(0, Math.floor(days / 2)));
      team.set(person.id, [project.id, person.id, role, project.started ? (joinedOn > person.hiredOn ? joinedOn : person.hiredOn) : null]);
    };
    add(random.pick(present.filter(({ leads }) => leads)), 'lead');
    const size = random.integer(2, 8);
    for (let tries = 0; team.size < size && tries < 40; tries += 1) {
      const person = random.pick(present);
      if (!team.has(person.id)) add(person, random.weighted([['researcher', 55], ['engineer', 20], ['analyst', 15], ['advisor', 10]] as const));
    }
    rows.push(...team.values());
  }
  return {
    schema: 'research',
    name: 'project_members',
    comment: 'Which employee works on which research project, and in what role.',
    columns: [
      { name: 'project_id', definition: 'integer NOT NULL', comment: 'Project worked on.' },
      { name: 'employee_id', definition: 'integer NOT NULL', comment: 'Employee who works on it.' },
      { name: 'role', definition: 'text NOT NULL', comment: 'Role in the project: lead, researcher, engineer, analyst or advisor.' },
      { name: 'joined_on', definition: 'date', comment: 'Day the employee joined the project; empty for planned projects.' },
    ],
    constraints: [
      'ADD CONSTRAINT project_members_pkey PRIMARY KEY (project_id, employee_id)',
      'ADD CONSTRAINT project_members_project_id_fkey FOREIGN KEY (project_id) REFERENCES research.projects (project_id)',
      'ADD CONSTRAINT project_members_employee_id_fkey FOREIGN KEY (employee_id) REFERENCES staff.employees (employee_id)',
    ],
    rows,
  };
}
