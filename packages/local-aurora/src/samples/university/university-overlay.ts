import type { SampleOverlay } from '../sample-overlay.js';

const student = { name: 'student', type: 'text', description: 'Full name of a student', values: { schema: 'academics', relation: 'students', column: 'full_name' } } as const;
const project = { name: 'project', type: 'text', description: 'Name of a research project', values: { schema: 'research', relation: 'projects', column: 'name' } } as const;

/** Names of invented people may be shown; the rest of what is personal may not. */
export const universityOverlay: SampleOverlay = {
  formatVersion: 1,
  relations: {
    'academics.departments': { synonyms: ['faculty', 'school'], labelColumns: ['name'], columns: { annual_budget: { synonyms: ['budget'] }, established: { synonyms: ['founded', 'opened'] } } },
    'academics.courses': {
      synonyms: ['class', 'lecture', 'module'],
      labelColumns: ['title'],
      columns: { title: { synonyms: ['name', 'course name'] }, credits: { synonyms: ['credit points', 'credit hours'] }, level: { valueSynonyms: { graduate: ['postgraduate', 'advanced'], undergraduate: ['bachelor'] } } },
    },
    'academics.students': {
      synonyms: ['learner', 'pupil'],
      labelColumns: ['full_name'],
      columns: {
        first_name: { personal: false },
        last_name: { personal: false, synonyms: ['surname'] },
        full_name: { personal: false, synonyms: ['name', 'student name'] },
        email: { personal: true },
        date_of_birth: { personal: true, synonyms: ['birthday', 'born'] },
        major: { synonyms: ['field of study', 'subject', 'majoring in', 'majors in'] },
        admission_year: { synonyms: ['admitted in', 'year of admission'] },
      },
    },
    'academics.enrollments': {
      synonyms: ['enrolment', 'registration', 'sign-up'],
      timeColumn: 'enrolled_on',
      columns: {
        enrolled_on: { synonyms: ['enrolled', 'enrolled in', 'registered on', 'enrollment date'] },
        grade: { synonyms: ['grade points', 'mark', 'result'] },
        status: { valueSynonyms: { 'in progress': ['ongoing', 'current'], completed: ['passed', 'finished'], dropped: ['withdrawn', 'abandoned'] } },
      },
    },
    'staff.employees': {
      synonyms: ['staff', 'personnel', 'worker'],
      timeColumn: 'hired_on',
      labelColumns: ['full_name'],
      columns: {
        first_name: { personal: false },
        last_name: { personal: false, synonyms: ['surname'] },
        full_name: { personal: false, synonyms: ['name', 'employee name'] },
        email: { personal: true },
        position: { synonyms: ['job', 'job title', 'role', 'rank'], valueSynonyms: { 'IT Specialist': ['computer technician'], Administrator: ['office worker'] } },
        hired_on: { synonyms: ['hired', 'hire date', 'joined', 'started'] },
        salary: { personal: true, synonyms: ['pay', 'wage'] },
      },
    },
    'facilities.buildings': { labelColumns: ['name'], columns: { year_built: { synonyms: ['built', 'constructed', 'completed', 'year of construction'] }, area_square_meters: { synonyms: ['area', 'size', 'floor space'] }, floors: { synonyms: ['storeys', 'levels'] } } },
    'research.projects': {
      synonyms: ['research project', 'study'],
      timeColumn: 'started_on',
      labelColumns: ['name'],
      columns: {
        funding: { synonyms: ['grant', 'grants', 'money', 'funded'] },
        sponsor: { synonyms: ['funder', 'funded by', 'paid by'] },
        status: { valueSynonyms: { active: ['running', 'ongoing', 'current'], completed: ['finished', 'ended', 'closed'], planned: ['upcoming', 'future'] } },
        started_on: { synonyms: ['start date', 'began'] },
        ended_on: { synonyms: ['end date', 'finished on'] },
      },
    },
    'research.publications': { synonyms: ['paper', 'article'], timeColumn: 'published_on', labelColumns: ['title'], columns: { citations: { synonyms: ['cited'] }, published_on: { synonyms: ['published', 'appeared'] } } },
    'research.project_members': { synonyms: ['project team', 'team member', 'member'], columns: { joined_on: { synonyms: ['joined'] } } },
  },
  joins: [],
  metrics: [
    { name: 'total funding', relation: 'research.projects', expression: 'sum(projects.funding)', synonyms: ['research funding', 'funding volume'], comment: 'Money granted to projects, all years together.', unit: 'US dollars' },
    { name: 'average funding', relation: 'research.projects', expression: 'avg(projects.funding)', synonyms: ['mean funding', 'average grant'], comment: 'Mean of the money granted to a project.', unit: 'US dollars' },
    { name: 'enrolled students', relation: 'academics.enrollments', expression: 'count(DISTINCT enrollments.student_id)', synonyms: ['number of enrolled students', 'students enrolled'], comment: 'Students with at least one enrollment; each counts once.', unit: null },
    { name: 'grade point average', relation: 'academics.enrollments', expression: 'avg(enrollments.grade)', synonyms: ['GPA', 'average grade'], comment: 'Mean of the grade points of graded courses.', unit: 'grade points' },
    { name: 'payroll', relation: 'staff.employees', expression: 'sum(employees.salary)', synonyms: ['total salaries'], comment: 'Yearly salaries of all employees together.', unit: 'US dollars' },
  ],
  filters: [
    { name: 'active projects', relation: 'research.projects', condition: "projects.status = 'active'", synonyms: ['running projects', 'ongoing projects', 'current projects'], comment: 'Projects that run at present.' },
    { name: 'professors', relation: 'staff.employees', condition: "employees.position IN ('Professor', 'Associate Professor', 'Assistant Professor')", synonyms: ['professor', 'faculty members'], comment: 'Employees of professorial rank.' },
    { name: 'undeclared students', relation: 'academics.students', condition: 'students.major IS NULL', synonyms: ['students without a major'], comment: 'Students who have not declared a major.' },
    { name: 'online courses', relation: 'academics.courses', condition: 'courses.building_id IS NULL', synonyms: ['courses without a building'], comment: 'Courses that are held in no building.' },
  ],
  verifiedQueries: [
    {
      id: 'enrolled-students-per-department',
      question: 'How many students are enrolled in each department?',
      alternatives: ['Number of enrolled students per department', 'How many students does each department have?', 'Count the students enrolled by department'],
      sql: `SELECT d.name AS department, count(DISTINCT e.student_id) AS students
FROM academics.departments AS d
LEFT JOIN academics.courses AS c ON c.department_id = d.department_id
LEFT JOIN academics.enrollments AS e ON e.course_id = c.course_id
GROUP BY d.name
ORDER BY students DESC, department`,
      parameters: [],
    },
    {
      id: 'courses-per-department',
      question: 'How many courses does each department offer?',
      alternatives: ['Number of courses per department', 'Count the courses by department', 'How many courses are there in each department?'],
      sql: `SELECT d.name AS department, count(c.course_id) AS courses
FROM academics.departments AS d
LEFT JOIN academics.courses AS c ON c.department_id = d.department_id
GROUP BY d.name
ORDER BY courses DESC, department`,
      parameters: [],
    },
    {
      id: 'departments-with-more-courses-than',
      question: 'Which departments have more than {count} courses?',
      alternatives: ['List departments that offer more than {count} courses', 'Show the departments with more than {count} courses'],
      sql: `SELECT d.name AS department, count(*) AS courses
FROM academics.departments AS d
JOIN academics.courses AS c ON c.department_id = d.department_id
GROUP BY d.name
HAVING count(*) > :count
ORDER BY courses DESC, department`,
      parameters: [{ name: 'count', type: 'integer', description: 'Number of courses to exceed' }],
    },
    {
      id: 'courses-of-student',
      question: 'Which courses does {student} take?',
      alternatives: ['Which courses is {student} enrolled in?', 'What courses has {student} taken?', 'List the courses of {student}', 'Show all courses taken by {student}'],
      sql: `SELECT c.code, c.title, e.term, e.status, e.grade
FROM academics.students AS s
JOIN academics.enrollments AS e ON e.student_id = s.student_id
JOIN academics.courses AS c ON c.course_id = e.course_id
WHERE lower(s.full_name) = lower(:student)
ORDER BY e.enrolled_on, c.code`,
      parameters: [student],
    },
    {
      id: 'students-by-enrollment-year',
      question: 'Which students enrolled in {year}?',
      alternatives: ['List the students who enrolled in {year}', 'Show students enrolled in {year}', 'Who enrolled in {year}?'],
      sql: `SELECT DISTINCT s.student_id, s.full_name
FROM academics.students AS s
JOIN academics.enrollments AS e ON e.student_id = s.student_id
WHERE extract(year FROM e.enrolled_on) = :year
ORDER BY s.full_name`,
      parameters: [{ name: 'year', type: 'integer', description: 'Calendar year' }],
    },
    {
      id: 'project-details',
      question: 'Show the details of the project {project}',
      alternatives: ['What are the details of the {project} project?', 'Tell me about the research project {project}', 'Give me the details for project {project}'],
      sql: `SELECT p.name, p.description, p.status, p.started_on, p.ended_on, p.funding, p.sponsor
FROM research.projects AS p
WHERE lower(p.name) = lower(:project)`,
      parameters: [project],
    },
    {
      id: 'project-members',
      question: 'Who are the members of the project {project}?',
      alternatives: ['List the members of the {project} project', 'Who works on {project}?', 'Show the team of the project {project}'],
      sql: `SELECT e.full_name, e.position, m.role, m.joined_on
FROM research.projects AS p
JOIN research.project_members AS m ON m.project_id = p.project_id
JOIN staff.employees AS e ON e.employee_id = m.employee_id
WHERE lower(p.name) = lower(:project)
ORDER BY e.full_name`,
      parameters: [project],
    },
  ],
};
