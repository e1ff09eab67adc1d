import { describe, expect, test } from 'vitest';
import { requireSignature } from './authorization.js';

const signed = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20241231/eu-west-1/rds-data/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc';
const headers = (authorization?: string) => ({ 'x-amz-date': '20241231T000000Z', ...(authorization === undefined ? {} : { authorization }) });

describe('requireSignature', () => {
  test('accepts a call that is signed, in any name and region', () => {
    expect(() => requireSignature(headers(signed))).not.toThrow();
  });

  test.each([
    [undefined, 'MissingAuthenticationTokenException'],
    ['Basic YTpi', 'IncompleteSignatureException'],
    [signed.replace(/, Signature=.*/, ''), 'IncompleteSignatureException'],
    [signed.replace('Credential=', 'Kredential='), 'IncompleteSignatureException'],
    [signed.replace('rds-data', 'dynamodb'), 'InvalidSignatureException'],
  ])('refuses %s with %s', (authorization, name) => {
    expect(() => requireSignature(headers(authorization))).toThrow(expect.objectContaining({ name, status: 403 }));
  });

  test('refuses a call without its date', () => {
    expect(() => requireSignature({ authorization: signed })).toThrow(expect.objectContaining({ name: 'IncompleteSignatureException' }));
  });

  test('lets only the one in, when one is named', () => {
    expect(() => requireSignature(headers(signed), 'AKIDEXAMPLE')).not.toThrow();
    expect(() => requireSignature(headers(signed), 'AKIDOTHER')).toThrow(expect.objectContaining({ name: 'UnrecognizedClientException', status: 403 }));
  });
});
