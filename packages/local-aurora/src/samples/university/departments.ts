import { type SampleTable, identity } from '../sample-table.js';
import { catalogue } from './catalogue.js';

export function departmentsTable(): SampleTable {
  return {
    schema: 'academics',
    name: 'departments',
    comment: 'Academic departments that offer courses.',
    columns: [
      { name: 'department_id', definition: identity, comment: 'Key of the department.' },
      { name: 'name', definition: 'text NOT NULL', comment: 'Name of the department.' },
      { name: 'code', definition: 'text NOT NULL', comment: 'Short code, the prefix of its course codes.' },
      { name: 'established', definition: 'integer NOT NULL', comment: 'Year in which the department was founded.' },
      { name: 'annual_budget', definition: 'numeric(12,2) NOT NULL', comment: 'Budget for one year in US dollars.' },
    ],
    constraints: ['ADD CONSTRAINT departments_name_key UNIQUE (name)', 'ADD CONSTRAINT departments_code_key UNIQUE (code)'],
    rows: catalogue.map(({ name, code, established, budget }, index) => [index + 1, name, code, established, `${budget * 1_000}.00`]),
  };
}
