import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';

/** A login as Secrets Manager holds it, with whatever else is in it kept. */
export interface LoginSecret {
  readonly username: string;
  readonly password: string;
  readonly rest: Readonly<Record<string, unknown>>;
}

/**
 * @throws CdkConstructsError `invalid-secret`, without the secret's text in it
 */
export async function readLoginSecret(client: SecretsManagerClient, secretArn: string, options: { readonly signal: AbortSignal; readonly versionId?: string; readonly stage?: string }): Promise<LoginSecret> {
  const response = await client.send(
    new GetSecretValueCommand({
      SecretId: secretArn,
      ...(options.versionId === undefined ? {} : { VersionId: options.versionId }),
      ...(options.stage === undefined ? {} : { VersionStage: options.stage }),
    }),
    { abortSignal: options.signal },
  );
  return parseLoginSecret(response.SecretString, secretArn);
}

export function parseLoginSecret(text: string | undefined, secretArn: string): LoginSecret {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    // The cause is left out on purpose: a parser's message quotes the text, which is the password.
    throw new CdkConstructsError('invalid-secret', `The secret ${secretArn} is not JSON.`);
  }
  const { username, password, ...rest } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw new CdkConstructsError('invalid-secret', `The secret ${secretArn} needs the text fields username and password.`);
  }
  return { username, password, rest };
}
