import { expect, test } from 'vitest';
import { applyMysqlRole } from '../apply-mysql-role.js';
import type { RoleSpecification } from '../role-specification.js';
import type { SqlRow } from '../../database-access/run-sql.js';
import { alterAccountStatements, createAccountStatements, mysqlGrantStatements, mysqlPasswordStatement } from './mysql-role.js';

const specification: RoleSpecification = {
  dialect: 'mysql', role: 'reader', database: 'shop', schemas: ['shop_eu'], tableOwners: [], excludedRelations: [], futureTables: true, publicPrivileges: 'refuse',
  missingSchemas: 'fail', tenancy: null, statementTimeoutMs: 30_000, connectionLimit: 50,
};

test('accounts are made and altered with the verifier, never a password', () => {
  expect(createAccountStatements(specification, '*ABC')).toEqual([
    `CREATE USER 'reader'@'%' IDENTIFIED WITH mysql_native_password AS '*ABC' WITH MAX_USER_CONNECTIONS 50 ATTRIBUTE '{"managedBy":"@ask-aurora/cdk-constructs"}'`,
  ]);
  expect(alterAccountStatements(specification, '*ABC')).toEqual(["ALTER USER 'reader'@'%' IDENTIFIED WITH mysql_native_password AS '*ABC' WITH MAX_USER_CONNECTIONS 50 ACCOUNT UNLOCK"]);
  expect(mysqlPasswordStatement('reader', '*ABC')).toBe("ALTER USER 'reader'@'%' IDENTIFIED WITH mysql_native_password AS '*ABC'");
});

test('grants escape the underscore, which would match other databases', () => {
  expect(mysqlGrantStatements(specification, null)).toEqual(["GRANT SELECT, SHOW VIEW ON `shop\\_eu`.* TO 'reader'@'%'"]);
  expect(mysqlGrantStatements(specification, [{ schema: 'shop_eu', name: 'odd`name' }])).toEqual(["GRANT SELECT, SHOW VIEW ON `shop_eu`.`odd``name` TO 'reader'@'%'"]);
});

/** Answers the catalog's questions by a script; the statements themselves go to no server, as there is no MySQL to be had from npm. */
function scripted(answers: Readonly<Record<string, readonly SqlRow[]>>): { readonly run: (sql: string) => Promise<readonly SqlRow[]>; readonly statements: string[] } {
  const statements: string[] = [];
  return { statements, run: (sql) => {
    const [, rows] = Object.entries(answers).find(([part]) => sql.includes(part)) ?? [];
    if (rows === undefined) statements.push(sql);
    return Promise.resolve(rows ?? []);
  } };
}

test('an account of somebody else is never taken over', async () => {
  const { run, statements } = scripted({ user_attributes: [{ host: '%', managed_by: '' }] });
  await expect(applyMysqlRole(run, specification, '*ABC')).rejects.toMatchObject({ code: 'role-conflict' });
  expect(statements).toEqual([]);
});

test('excluded tables make the grants go table by table, after everything was taken back', async () => {
  const { run, statements } = scripted({ user_attributes: [], schemata: [{ found: 1 }], 'information_schema.tables': [{ name: 'orders' }, { name: 'salaries' }], user_privileges: [{ privilege: 'USAGE' }, { privilege: 'SELECT' }] });
  const applied = await applyMysqlRole(run, { ...specification, excludedRelations: ['shop_eu.salaries'] }, '*ABC');
  expect(statements.map((statement) => statement.split(' ')[0])).toEqual(['CREATE', 'REVOKE', 'GRANT']);
  expect(applied).toMatchObject({ relations: ['shop_eu.orders'], skipped: [{ relation: 'shop_eu.salaries', reason: 'excluded' }] });
});

test('an account that could write is refused', async () => {
  const { run } = scripted({ user_attributes: [], schemata: [{ found: 1 }], 'information_schema.tables': [], user_privileges: [{ privilege: 'INSERT' }] });
  await expect(applyMysqlRole(run, specification, '*ABC')).rejects.toMatchObject({ code: 'role-unsafe' });
});
