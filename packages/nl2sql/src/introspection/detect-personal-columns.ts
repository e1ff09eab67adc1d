import type { SchemaArtifact } from '../artifact/schema-artifact.js';
import type { Overlay } from '../overlay/overlay.js';
import { splitIdentifier } from './split-identifier.js';

/** Names that tell of personal data by themselves, as words in order. */
const personalNames: readonly (readonly string[])[] = [
  'email', 'e mail', 'mail address', 'phone', 'telephone', 'mobile number', 'cell number', 'fax', 'first name', 'last name', 'middle name', 'full name', 'given name', 'family name', 'sur name',
  'surname', 'maiden name', 'user name', 'username', 'login name', 'display name', 'contact name', 'ssn', 'social security', 'national id', 'national insurance', 'passport', 'tax id', 'driver license', 'driving license',
  'license number', 'date of birth', 'birth date', 'birthdate', 'birthday', 'dob', 'birth', 'street', 'home address', 'address', 'address line', 'address 1', 'address 2', 'postal address', 'ip', 'ip address', 'mac address',
  'credit card', 'card number', 'iban', 'account number', 'password', 'passwd', 'password hash', 'secret', 'token', 'api key', 'salt', 'ethnicity', 'religion', 'latitude', 'longitude', 'fingerprint', 'photo', 'signature', 'diagnosis', 'emergency contact',
].map((name) => name.split(' '));

/** Relations whose rows are people: there a bare `name` is a person's. */
const people = new Set([
  'person', 'people', 'customer', 'client', 'student', 'employee', 'staff', 'user', 'member', 'patient', 'doctor', 'physician', 'contact', 'author', 'instructor', 'teacher', 'professor', 'applicant', 'candidate', 'salesperson', 'driver',
  'guest', 'subscriber', 'visitor', 'resident', 'tenant', 'donor', 'volunteer', 'agent', 'nurse', 'owner', 'borrower', 'reader', 'lecturer', 'recipient', 'passenger', 'participant',
]);

/** Name columns of things that are no person although the word stands in them. */
const notPersonal = new Set(['type', 'kind', 'status', 'count', 'verified', 'flag', 'enabled', 'opt', 'domain', 'code', 'country', 'region']);

const commentPattern = /\b(personal(ly)? (data|information|identif\w+)|pii|gdpr|personenbezogen|sensitive|confidential)\b/i;

/** Whether a column's name, comment or the kind of its relation tells of personal data. Columns are `schema.relation.column`. */
export function detectPersonalColumns(artifact: SchemaArtifact, overlay?: Overlay): ReadonlySet<string> {
  const found = new Set<string>();
  for (const relation of artifact.relations) {
    const peopleRelation = splitIdentifier(relation.name).some((word) => people.has(singularOfPeople(word)));
    for (const column of relation.columns) {
      const said = overlay?.relations[`${relation.schema}.${relation.name}`]?.columns?.[column.name]?.personal;
      const words = splitIdentifier(column.name);
      const named = peopleRelation && words.at(-1) === 'name' && words.length <= 2;
      if (said ?? (named || hasPersonalName(words) || commentPattern.test(column.comment ?? ''))) found.add(`${relation.schema}.${relation.name}.${column.name}`);
    }
  }
  return found;
}

function hasPersonalName(words: readonly string[]): boolean {
  const last = words.at(-1);
  if (last === undefined || notPersonal.has(last) || last === 'id') return false;
  return personalNames.some((name) => words.some((_word, start) => name.every((part, offset) => words[start + offset] === part)));
}

function singularOfPeople(word: string): string {
  return people.has(word) ? word : word.endsWith('s') ? word.slice(0, -1) : word;
}
