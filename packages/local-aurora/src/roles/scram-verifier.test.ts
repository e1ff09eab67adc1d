import { expect, test } from 'vitest';
import { scramVerifier } from './scram-verifier.js';

test('a verifier is the one PostgreSQL computes', async () => {
  // Taken from pg_authid of a PostgreSQL 17 after CREATE ROLE .. PASSWORD 'pencil'.
  expect(await scramVerifier('pencil', Buffer.from('/ZEq2GTnI63molYzkbuu5w==', 'base64'))).toBe('SCRAM-SHA-256$4096:/ZEq2GTnI63molYzkbuu5w==$eMWoqxBgZrDvIAs13pyd0G+4C2NCmagXcKBkTLmWOvU=:JxGclpqHLSlx975MfficxSIquPoubzqC1yrUmVi/uaU=');
});

test('each has a salt of its own', async () => {
  expect(await scramVerifier('pencil')).not.toBe(await scramVerifier('pencil'));
});

test.each(['', 'pass word', 'contraseña', 'a\nb', 'x'.repeat(257)])('%j is refused: clients might not send the same bytes', async (password) => {
  await expect(scramVerifier(password)).rejects.toMatchObject({ code: 'role-invalid' });
});
