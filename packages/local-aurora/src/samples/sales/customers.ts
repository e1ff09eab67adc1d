import { type CalendarDate, addDays } from '../calendar-date.js';
import { personNames } from '../person-names.js';
import type { Random } from '../random.js';
import { type SampleTable, identity } from '../sample-table.js';

const cities = [
  ['Amsterdam', 'Netherlands', 'Europe', 6], ['Berlin', 'Germany', 'Europe', 9], ['Lisbon', 'Portugal', 'Europe', 4], ['London', 'United Kingdom', 'Europe', 11],
  ['Lyon', 'France', 'Europe', 5], ['Stockholm', 'Sweden', 'Europe', 4], ['Austin', 'United States', 'North America', 7], ['Boston', 'United States', 'North America', 8],
  ['Chicago', 'United States', 'North America', 10], ['Seattle', 'United States', 'North America', 9], ['Toronto', 'Canada', 'North America', 7], ['Nairobi', 'Kenya', 'Africa', 3],
  ['Osaka', 'Japan', 'Asia Pacific', 6], ['Singapore', 'Singapore', 'Asia Pacific', 6], ['Sydney', 'Australia', 'Asia Pacific', 5], ['Santiago', 'Chile', 'South America', 3],
] as const;

const companyWords = ['Alder', 'Beacon', 'Cobalt', 'Drift', 'Ember', 'Fjord', 'Garnet', 'Harbor', 'Indigo', 'Juniper', 'Keystone', 'Lumen', 'Meridian', 'Nimbus', 'Orchard', 'Pinnacle', 'Quarry', 'Ridge', 'Summit', 'Thistle'] as const;
const companyForms = ['Logistics', 'Foods', 'Studios', 'Partners', 'Health', 'Works', 'Hotels', 'Design', 'Energy', 'Schools'] as const;

export type Segment = 'Consumer' | 'Small business' | 'Enterprise';

/** A customer as orders need it. */
export interface Customer {
  readonly id: number;
  readonly segment: Segment;
  readonly customerSince: CalendarDate;
}

const count = 1_400;

export function customersTable(random: Random, start: CalendarDate, days: number): { readonly table: SampleTable; readonly customers: readonly Customer[] } {
  const people = personNames(random, count);
  const companies = companyWords.flatMap((word) => companyForms.map((form) => `${word} ${form}`));
  const customers = people.map((person, index) => {
    // Companies come first so that each is used once.
    const segment: Segment = index < 60 ? 'Enterprise' : index < companies.length ? 'Small business' : 'Consumer';
    return {
      id: index + 1,
      segment,
      name: companies[index] ?? `${person.first} ${person.last}`,
      // Half were customers before the first order on record.
      customerSince: random.chance(50) ? addDays(start, -random.integer(1, 900)) : addDays(start, random.integer(0, Math.floor(days * 0.9))),
      place: random.weighted(cities.map((city) => [city, city[3]] as const)),
    };
  });
  return {
    customers,
    table: {
      schema: 'sales',
      name: 'customers',
      comment: 'People and companies that buy.',
      columns: [
        { name: 'customer_id', definition: identity, comment: 'Key of the customer.' },
        { name: 'name', definition: 'text NOT NULL', comment: 'Name of the person or company.' },
        { name: 'email', definition: 'text NOT NULL', comment: 'Contact address.' },
        { name: 'segment', definition: 'text NOT NULL', comment: 'Kind of customer: Consumer, Small business or Enterprise.' },
        { name: 'city', definition: 'text NOT NULL', comment: 'City of the billing address.' },
        { name: 'country', definition: 'text NOT NULL', comment: 'Country of the billing address.' },
        { name: 'region', definition: 'text NOT NULL', comment: 'Sales region the country belongs to.' },
        { name: 'customer_since', definition: 'date NOT NULL', comment: 'Day the account was opened.' },
      ],
      constraints: ['ADD CONSTRAINT customers_email_key UNIQUE (email)', "ADD CONSTRAINT customers_segment_check CHECK (segment IN ('Consumer', 'Small business', 'Enterprise'))"],
      rows: customers.map(({ id, name, segment, customerSince, place: [city, country, region] }) => [
        id, name, `${name.toLowerCase().replace(/[^a-z]+/g, '.')}${id}@customers.example`, segment, city, country, region, customerSince,
      ]),
    },
  };
}
