import { type SampleTable, identity } from '../sample-table.js';

const buildings: readonly (readonly [name: string, campus: string, yearBuilt: number, floors: number, area: number])[] = [
  ['Old Observatory', 'Hill', 1898, 2, 1_450],
  ['Founders Hall', 'Main', 1912, 4, 6_200],
  ['Linden Library', 'Main', 1934, 5, 9_800],
  ['Granite House', 'Hill', 1957, 3, 3_100],
  ['Chemistry Wing', 'Main', 1968, 4, 5_400],
  ['Harbour Building', 'Riverside', 1979, 6, 7_900],
  ['Assembly Theatre', 'Main', 1986, 2, 2_600],
  ['Engineering Workshop', 'Riverside', 1993, 3, 4_700],
  ['Millennium Hall', 'Main', 2000, 5, 6_900],
  ['Lakeside Laboratories', 'Riverside', 2004, 4, 8_300],
  ['Data Science Centre', 'Main', 2011, 6, 7_200],
  ['Greenhouse Pavilion', 'Hill', 2015, 1, 1_900],
  ['Health Sciences Tower', 'Riverside', 2018, 9, 12_400],
  ['Innovation Hub', 'Riverside', 2021, 7, 10_600],
];

export function buildingsTable(): SampleTable {
  return {
    schema: 'facilities',
    name: 'buildings',
    comment: 'Buildings of the university, on three campuses.',
    columns: [
      { name: 'building_id', definition: identity, comment: 'Key of the building.' },
      { name: 'name', definition: 'text NOT NULL', comment: 'Name of the building.' },
      { name: 'campus', definition: 'text NOT NULL', comment: 'Campus it stands on: Main, Hill or Riverside.' },
      { name: 'year_built', definition: 'integer NOT NULL', comment: 'Year in which it was completed.' },
      { name: 'floors', definition: 'integer NOT NULL', comment: 'Number of floors above ground.' },
      { name: 'area_square_meters', definition: 'integer NOT NULL', comment: 'Usable floor area in square meters.' },
    ],
    constraints: ['ADD CONSTRAINT buildings_name_key UNIQUE (name)', 'ADD CONSTRAINT buildings_floors_check CHECK (floors > 0)'],
    rows: buildings.map((building, index) => [index + 1, ...building]),
  };
}
