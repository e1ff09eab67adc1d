import { expect, test } from 'vitest';
import { mysqlNativeVerifier } from './mysql-native-verifier.js';
import { scramVerifier } from './scram-verifier.js';

test('the SCRAM verifier is that of RFC 7677 for its example', () => {
  // User "user", password "pencil", salt W22ZaJ0SNY7soEsUEjb6gQ==, 4,096 iterations; keys derived by hand from the RFC's formulas.
  const verifier = scramVerifier('pencil', { salt: Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64') });
  expect(verifier).toBe('SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=');
});

test('two verifiers of a password differ, and one of other characters is refused', () => {
  expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
  expect(() => scramVerifier('påssword')).toThrow(RangeError);
});

test("the MySQL verifier is the server's own PASSWORD() of its manual", () => {
  expect(mysqlNativeVerifier('mypass')).toBe('*6C8989366EAF75BB670AD8EA7A7FC1176A95CEF4');
});
