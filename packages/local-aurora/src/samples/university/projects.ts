import { type CalendarDate, addDays } from '../calendar-date.js';
import type { Random } from '../random.js';
import { type SampleTable, identity } from '../sample-table.js';

/** The project that sample questions ask about by name. */
export const knownProject = 'Coastal Flood Forecasting';

const projects: readonly (readonly [name: string, description: string])[] = [
  [knownProject, 'Forecasts of storm surges for small harbours, two days ahead.'],
  ['Quiet Rotor Blades', 'Blade shapes that make wind turbines quieter.'],
  ['Soil Carbon Atlas', 'A map of the carbon stored in farmland, from samples and satellites.'],
  ['Early Readers', 'How children learn to read in two languages at once.'],
  ['Glacier Archive', 'Dating of gas bubbles in glacier ice.'],
  ['Safe Concurrent Programs', 'Proofs that programs with many threads do what they should.'],
  ['Urban Heat Map', 'Street-level temperatures in five cities.'],
  ['Battery Second Life', 'Reuse of car batteries in houses.'],
  ['Medieval Trade Letters', 'A searchable edition of merchants\' letters.'],
  ['Gut Microbiome Panel', 'Five years of diet and gut bacteria in 400 volunteers.'],
  ['Reef Hearing', 'How fish larvae find reefs by sound.'],
  ['Fair Lending Models', 'Credit scores that treat like cases alike.'],
  ['Sleep and Memory', 'What naps do for learning in adults.'],
  ['Low Cost Spectrometer', 'A spectrometer that a school can build.'],
  ['Quantum Sensor Network', 'Sensors that share one clock over fibre.'],
  ['Endangered Scripts', 'Recognition of handwriting with few examples.'],
  ['Bridge Health', 'Cracks found by listening to bridges.'],
  ['Pollinator Corridors', 'Which strips of flowers bring bees back.'],
  ['Tutoring at Scale', 'Which hints help whom in online exercises.'],
  ['Solar Water Purifier', 'Clean water from sunlight and sand.'],
  ['Galaxy Shapes', 'Counting galaxies by form with volunteers.'],
  ['Household Budgets', 'How families plan with unsteady incomes.'],
  ['Tidal Turbine Array', 'Spacing of turbines in tidal streams.'],
  ['Antibiotic Resistance Watch', 'Resistance genes in rivers below towns.'],
  ['Robot Gardeners', 'Robots that weed without harming plants.'],
  ['Choir Acoustics', 'How rooms change the way choirs sing.'],
  ['Commuter Choices', 'What makes people leave the car at home.'],
  ['Polymer Recycling', 'Taking mixed plastics apart by heat.'],
  ['Dialect Atlas', 'Recordings of dialects from 300 villages.'],
  ['Privacy by Measurement', 'Statistics that reveal nobody.'],
  ['Migraine Diary', 'Triggers of migraine from a year of diaries.'],
  ['Energy Poverty', 'Who can not heat, and why.'],
  ['Plasma Walls', 'Materials that bear the heat of fusion.'],
  ['Open Proof Library', 'A shared library of checked proofs.'],
  ['Wildfire Smoke Health', 'Lungs after a season of smoke.'],
  ['Student Start-ups', 'What became of 200 student companies.'],
];

const sponsors = ['National Science Fund', 'Harbour Foundation', 'Ministry of Energy', 'Horizon Trust', 'Health Research Council', 'University funds'];

/** A project as publications and members need it. */
export interface Project {
  readonly id: number;
  readonly name: string;
  readonly startedOn: CalendarDate;
  /** The anchor for a project that still runs. */
  readonly lastDay: CalendarDate;
  readonly started: boolean;
}

/** Projects know neither a department nor a building: where they are carried out is not on record. */
export function projectsTable(random: Random, anchor: CalendarDate): { readonly table: SampleTable; readonly projects: readonly Project[] } {
  const all = projects.map(([name, description], index) => {
    const status = index === 0 ? 'active' : random.weighted([['active', 45], ['completed', 45], ['planned', 10]] as const);
    const length = random.integer(540, 1_600);
    // A completed one ended before the anchor, a planned one has its start ahead and no dates yet.
    const endedOn = addDays(anchor, -random.integer(40, 900));
    const startedOn = status === 'completed' ? addDays(endedOn, -length) : addDays(anchor, -random.integer(60, 1_300));
    const funding = random.integer(24, 520) * 2_500;
    return { id: index + 1, name, description, status, startedOn, lastDay: status === 'completed' ? endedOn : anchor, started: status !== 'planned', funding, sponsor: random.pick(sponsors) };
  });
  return {
    projects: all,
    table: {
      schema: 'research',
      name: 'projects',
      comment: 'Research projects with their state and funding.',
      columns: [
        { name: 'project_id', definition: identity, comment: 'Key of the project.' },
        { name: 'name', definition: 'text NOT NULL', comment: 'Name of the project.' },
        { name: 'description', definition: 'text NOT NULL', comment: 'What the project is about, in one sentence.' },
        { name: 'status', definition: 'text NOT NULL', comment: 'State of the project: planned, active or completed.' },
        { name: 'started_on', definition: 'date', comment: 'First day; empty for planned projects.' },
        { name: 'ended_on', definition: 'date', comment: 'Last day; empty until the project is completed.' },
        { name: 'funding', definition: 'numeric(12,2) NOT NULL', comment: 'Money granted for the whole project in US dollars.' },
        { name: 'sponsor', definition: 'text NOT NULL', comment: 'Who pays for it.' },
      ],
      constraints: [
        'ADD CONSTRAINT projects_name_key UNIQUE (name)',
        "ADD CONSTRAINT projects_status_check CHECK (status IN ('planned', 'active', 'completed'))",
        'ADD CONSTRAINT projects_dates_check CHECK (ended_on >= started_on)',
      ],
      rows: all.map(({ id, name, description, status, startedOn, lastDay, started, funding, sponsor }) => [
        id, name, description, status, started ? startedOn : null, status === 'completed' ? lastDay : null, `${funding}.00`, sponsor,
      ]),
    },
  };
}
