import { describe, expect, it } from 'vitest';
import { createArtifact } from '../artifact/create-artifact.js';
import { detectPersonalColumns } from './detect-personal-columns.js';
import { isPersonalValue } from './personal-value.js';

function isPersonal(relation: string, name: string, comment: string | null = null): boolean {
  const artifact = createArtifact({ dialect: 'postgresql', serverVersion: null, database: null, relations: [{ schema: 's', name: relation, kind: 'table', comment: null, columns: [{ name, type: 'text', nullable: true, comment }] }] });
  return detectPersonalColumns(artifact).size === 1;
}

describe('detectPersonalColumns', () => {
  it.each([
    ['users', 'email'], ['users', 'userEmail'], ['t', 'EMAIL_ADDRESS'], ['t', 'phone_number'], ['t', 'mobile_number'], ['t', 'first_name'], ['t', 'LastName'], ['t', 'ssn'], ['t', 'date_of_birth'], ['t', 'dob'], ['t', 'birth_date'],
    ['t', 'billing_address'], ['t', 'addr_street'], ['t', 'address_line_1'], ['t', 'client_ip'], ['t', 'ip_address'], ['t', 'iban'], ['t', 'password_hash'], ['t', 'api_key'], ['customers', 'name'], ['employees', 'full_name'], ['people', 'name'], ['t', 'contact_name'],
  ])('takes %s.%s for personal', (relation, name) => {
    expect(isPersonal(relation, name)).toBe(true);
  });

  it.each([
    ['products', 'name'], ['departments', 'name'], ['t', 'email_verified'], ['t', 'phone_type'], ['t', 'address_id'], ['t', 'address_country'], ['orders', 'shipped_at'], ['t', 'description'], ['t', 'zip_ratio'], ['t', 'tokenised_at'], ['customers', 'segment'], ['t', 'city'],
  ])('does not take %s.%s for personal', (relation, name) => {
    expect(isPersonal(relation, name)).toBe(false);
  });

  it.each([['PII: do not show'], ['Personal data under GDPR'], ['contains personally identifiable information'], ['Confidential']])('reads the comment %j', (comment) => {
    expect(isPersonal('t', 'x', comment)).toBe(true);
  });
});

describe('isPersonalValue', () => {
  it.each(['ann@mail.example', '+49 30 123456', '(212) 555-0187', '212-555-0187', '078-05-1120', 'GB82 WEST 1234 5698 7654 32', '192.168.4.20', '00:1b:44:11:3a:b7', '4111 1111 1111 1111'])('knows %s', (value) => {
    expect(isPersonalValue(value)).toBe(true);
  });

  it.each(['active', '2024-01-31', '1.5', '10.0.1', 'CS-101', '4111 1111 1111 1112', '1234567890123', 'A12345', 'user at mail'])('leaves %s alone', (value) => {
    expect(isPersonalValue(value)).toBe(false);
  });
});
