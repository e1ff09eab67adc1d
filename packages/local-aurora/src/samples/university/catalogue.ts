/** A department with its courses; written by hand so that names, sizes and gaps are as a real catalogue has them. */
export interface CatalogueDepartment {
  readonly name: string;
  readonly code: string;
  readonly established: number;
  /** Yearly budget in thousands. */
  readonly budget: number;
  /** How many students of 100 choose it as their major. */
  readonly popularity: number;
  readonly courses: readonly string[];
}

export const catalogue: readonly CatalogueDepartment[] = [
  {
    name: 'Computer Science', code: 'CS', established: 1971, budget: 4_850, popularity: 19,
    courses: ['Introduction to Programming', 'Data Structures', 'Algorithms', 'Operating Systems', 'Database Systems', 'Computer Networks', 'Machine Learning', 'Compilers', 'Information Security', 'Distributed Systems'],
  },
  {
    name: 'Mathematics', code: 'MATH', established: 1921, budget: 2_300, popularity: 9,
    courses: ['Calculus I', 'Calculus II', 'Linear Algebra', 'Probability', 'Statistics', 'Abstract Algebra', 'Numerical Analysis', 'Graph Theory'],
  },
  {
    name: 'Physics', code: 'PHYS', established: 1919, budget: 3_920, popularity: 7,
    courses: ['Mechanics', 'Electromagnetism', 'Thermodynamics', 'Quantum Mechanics', 'Optics', 'Astrophysics', 'Solid State Physics'],
  },
  {
    name: 'Biology', code: 'BIO', established: 1926, budget: 3_610, popularity: 11,
    courses: ['Cell Biology', 'Genetics', 'Ecology', 'Evolution', 'Microbiology', 'Marine Biology', 'Neurobiology'],
  },
  {
    name: 'Chemistry', code: 'CHEM', established: 1919, budget: 3_340, popularity: 6,
    courses: ['General Chemistry', 'Organic Chemistry', 'Physical Chemistry', 'Analytical Chemistry', 'Biochemistry', 'Materials Chemistry'],
  },
  {
    name: 'Economics', code: 'ECON', established: 1948, budget: 2_050, popularity: 12,
    courses: ['Microeconomics', 'Macroeconomics', 'Econometrics', 'Game Theory', 'Public Finance', 'Development Economics'],
  },
  {
    name: 'Psychology', code: 'PSY', established: 1955, budget: 1_980, popularity: 10,
    courses: ['Introduction to Psychology', 'Cognitive Psychology', 'Social Psychology', 'Developmental Psychology', 'Research Methods'],
  },
  {
    name: 'Mechanical Engineering', code: 'ME', established: 1963, budget: 4_410, popularity: 10,
    courses: ['Statics', 'Dynamics', 'Fluid Mechanics', 'Heat Transfer', 'Control Systems', 'Robotics', 'Manufacturing Processes'],
  },
  {
    name: 'History', code: 'HIST', established: 1908, budget: 1_240, popularity: 6,
    courses: ['Ancient Civilizations', 'Medieval Europe', 'History of Science', 'The Industrial Age'],
  },
  {
    name: 'Linguistics', code: 'LING', established: 1976, budget: 980, popularity: 4,
    courses: ['Phonetics', 'Syntax'],
  },
  {
    name: 'Music', code: 'MUS', established: 1934, budget: 870, popularity: 3,
    courses: ['Music Theory'],
  },
  {
    // Closed to new courses: "departments without courses" has an answer.
    name: 'Philosophy', code: 'PHIL', established: 1908, budget: 640, popularity: 3,
    courses: [],
  },
];
