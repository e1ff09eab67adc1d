import { Duration } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretArns, startAuroraLikeDatabase } from '../testing/aurora-like-database.js';
import type { AuroraLikeDatabase } from '../testing/aurora-like-database.js';
import { deployStack } from '../testing/deployed-stack.js';
import { lambdaContext, loadHandler } from '../testing/load-handler.js';
import type { Handler } from '../testing/load-handler.js';
import { SecretRotation } from './secret-rotation.js';

const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

describe('rotation by the built handler', () => {
  let aurora: AuroraLikeDatabase;
  let handler: Handler;
  const step = (arn: string, token: string, name: string): Promise<unknown> => handler({ SecretId: arn, ClientRequestToken: token, Step: name }, lambdaContext);
  const rotate = async (arn: string): Promise<string> => {
    const token = aurora.secrets.beginRotation(arn);
    for (const name of steps) await step(arn, token, name);
    return token;
  };
  const acceptsPassword = async (login: 'role' | 'admin'): Promise<boolean> => aurora.sql(login, 'SELECT 1 AS one').then(() => true, () => false);

  beforeAll(async () => {
    aurora = await startAuroraLikeDatabase(17, { role: 'reader' });
    await aurora.sql('admin', "CREATE ROLE reader LOGIN PASSWORD 'first-Password-0123456789'");
    const stack = deployStack(aurora.clusterArn, (scope, database) => new SecretRotation(scope, 'Rotation', { database, secret: Secret.fromSecretCompleteArn(scope, 'Role', secretArns.role), every: Duration.days(30) }));
    handler = await loadHandler('rotate-secret', { ...aurora.environment, ...stack.environment('Rotation') });
  });
  afterAll(async () => {
    await aurora.stop();
  });

  test("changes a role's password, which the old one no longer opens", async () => {
    const before = aurora.secrets.current(secretArns.role).password;
    await rotate(secretArns.role);
    const after = aurora.secrets.current(secretArns.role);
    expect(after.username).toBe('reader');
    expect(after.password).toMatch(/^[0-9a-f]{40}$/);
    expect(after.password).not.toBe(before);
    expect(await acceptsPassword('role')).toBe(true);
    aurora.secrets.put(secretArns.second, { username: 'reader', password: before });
    await expect(aurora.sql('second', 'SELECT 1')).rejects.toThrow(/authentication failed|Database error/);
  });

  test("changes the admin's own password, with its other fields kept", async () => {
    await rotate(secretArns.admin);
    expect(aurora.secrets.current(secretArns.admin)).toMatchObject({ username: 'ask_admin', engine: 'postgres' });
    expect(await acceptsPassword('admin')).toBe(true);
    await rotate(secretArns.role);
    expect(await acceptsPassword('role')).toBe(true);
  });

  test('does each step once, however often it is called', async () => {
    const token = aurora.secrets.beginRotation(secretArns.role);
    await step(secretArns.role, token, 'createSecret');
    await step(secretArns.role, token, 'createSecret');
    expect(aurora.secrets.calls.filter((call) => call === 'GetRandomPassword')).toHaveLength(4);
    await step(secretArns.role, token, 'finishSecret');
    const { password } = aurora.secrets.current(secretArns.role);
    await step(secretArns.role, token, 'finishSecret');
    expect(aurora.secrets.current(secretArns.role).password).toBe(password);
    expect(await acceptsPassword('role')).toBe(true);
  });

  test('turns the password back when the label cannot be moved', async () => {
    const token = aurora.secrets.beginRotation(secretArns.role);
    await step(secretArns.role, token, 'createSecret');
    const { password } = aurora.secrets.current(secretArns.role);
    aurora.secrets.failNext('UpdateSecretVersionStage', 'InvalidRequestException', 3);
    await expect(step(secretArns.role, token, 'finishSecret')).rejects.toThrow();
    expect(aurora.secrets.current(secretArns.role).password).toBe(password);
    expect(await acceptsPassword('role')).toBe(true);
  });

  test('refuses a version that is none of the secret, and an unknown step', async () => {
    await expect(step(secretArns.role, 'unknown', 'createSecret')).rejects.toMatchObject({ code: 'invalid-event' });
    await expect(step(secretArns.role, 'unknown', 'dropEverything')).rejects.toMatchObject({ code: 'invalid-event' });
  });
});
