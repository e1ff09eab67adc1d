import type { Random } from './random.js';

const firstNames = [
  'Aaliyah', 'Adam', 'Aiko', 'Alejandro', 'Amara', 'Ana', 'Anders', 'Anjali', 'Arjun', 'Astrid', 'Ben', 'Bianca', 'Carlos', 'Chiara', 'Chloe', 'Daniel', 'Dara', 'Diego',
  'Elena', 'Elif', 'Emeka', 'Emma', 'Farah', 'Felix', 'Freya', 'Gabriel', 'Grace', 'Hana', 'Hassan', 'Hugo', 'Imani', 'Ines', 'Ivan', 'Jasper', 'Jia', 'Jonas', 'Kai', 'Karin',
  'Kwame', 'Lara', 'Leila', 'Liam', 'Lucia', 'Mateo', 'Maya', 'Mei', 'Milan', 'Nadia', 'Naomi', 'Nils', 'Noor', 'Olivia', 'Omar', 'Priya', 'Rafael', 'Rosa', 'Samir', 'Sofia',
  'Tariq', 'Tessa', 'Tomas', 'Uma', 'Viktor', 'Wei', 'Yara', 'Yusuf', 'Zoe', 'Zuri',
];

const lastNames = [
  'Abara', 'Ahmadi', 'Almeida', 'Andersen', 'Bakker', 'Baptiste', 'Berg', 'Bianchi', 'Castillo', 'Chandra', 'Chen', 'Cohen', 'Costa', 'Dahl', 'Delgado', 'Diallo', 'Dubois',
  'Eriksen', 'Falk', 'Fernandez', 'Ferrari', 'Fischer', 'Garcia', 'Gupta', 'Haddad', 'Hansen', 'Hayashi', 'Hoffman', 'Ibrahim', 'Ito', 'Jansen', 'Jensen', 'Kamau', 'Kaplan',
  'Kaur', 'Keller', 'Kim', 'Kowalski', 'Kumar', 'Larsen', 'Lee', 'Lindqvist', 'Lopez', 'Mahlangu', 'Marino', 'Martin', 'Mensah', 'Meyer', 'Morales', 'Mori', 'Murphy', 'Nakamura',
  'Nguyen', 'Novak', "O'Brien", 'Okafor', 'Osei', 'Park', 'Patel', 'Pereira', 'Petrov', 'Quinn', 'Rahman', 'Reyes', 'Ricci', 'Romero', 'Rossi', 'Saito', 'Santos', 'Schmidt',
  'Silva', 'Singh', 'Sokolov', 'Suzuki', 'Tanaka', 'Torres', 'Ueda', 'Vargas', 'Virtanen', 'Wagner', 'Weber', 'Williams', 'Wright', 'Yilmaz', 'Zhang', 'Ziegler',
];

export interface PersonName {
  readonly first: string;
  readonly last: string;
}

/** So many different full names, beginning with those given. */
export function personNames(random: Random, count: number, fixed: readonly PersonName[] = []): readonly PersonName[] {
  const names = new Map(fixed.map((name) => [`${name.first} ${name.last}`, name]));
  while (names.size < count) {
    const name = { first: random.pick(firstNames), last: random.pick(lastNames) };
    names.set(`${name.first} ${name.last}`, name);
  }
  return [...names.values()];
}

/** An address below `domain`; the number keeps it unique where names fold to the same letters. */
export function emailAddress(name: PersonName, number: number, domain: string): string {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  return `${letters(name.first)}.${letters(name.last)}${number}@${domain}`;
}
