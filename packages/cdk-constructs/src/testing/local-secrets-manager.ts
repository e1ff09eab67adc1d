import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A secret's versions by id, each with its stages. */
interface StoredSecret {
  readonly versions: Map<string, { value: string | undefined; stages: Set<string> }>;
}

export interface LocalSecretsManager {
  readonly endpoint: string;
  /** The names of the operations called, oldest first. */
  readonly calls: readonly string[];
  put(arn: string, value: Readonly<Record<string, unknown>>): void;
  /** As Secrets Manager does when a rotation begins: an empty version with the stage AWSPENDING. */
  beginRotation(arn: string): string;
  current(arn: string): { readonly username: string; readonly password: string };
  /** Makes the next calls of an operation fail. */
  failNext(operation: string, name: string, times: number): void;
  stop(): Promise<void>;
}

/**
 * The operations of Secrets Manager that the handlers use, on the wire, so that the unmodified SDK and the built
 * handlers run against it.
 */
export async function startLocalSecretsManager(): Promise<LocalSecretsManager> {
  const secrets = new Map<string, StoredSecret>();
  const calls: string[] = [];
  const failures = new Map<string, string[]>();
  const stored = (arn: unknown): StoredSecret => {
    const secret = secrets.get(String(arn));
    if (secret === undefined) throw new ServiceFailure('ResourceNotFoundException');
    return secret;
  };
  const versionAt = (secret: StoredSecret, id: unknown, stage: unknown): { readonly id: string; readonly value: string } => {
    for (const [versionId, version] of secret.versions) {
      if (id !== undefined && versionId !== id) continue;
      if (!version.stages.has(String(stage ?? 'AWSCURRENT')) || version.value === undefined) continue;
      return { id: versionId, value: version.value };
    }
    throw new ServiceFailure('ResourceNotFoundException');
  };
  const operations: Readonly<Record<string, (input: Record<string, unknown>) => unknown>> = {
    GetSecretValue: ({ SecretId, VersionId, VersionStage }) => {
      const { id, value } = versionAt(stored(SecretId), VersionId, VersionStage);
      return { ARN: SecretId, VersionId: id, SecretString: value };
    },
    DescribeSecret: ({ SecretId }) => ({
      ARN: SecretId, RotationEnabled: true,
      VersionIdsToStages: Object.fromEntries([...stored(SecretId).versions].map(([id, { stages }]) => [id, [...stages]])),
    }),
    GetRandomPassword: ({ PasswordLength }) => ({ RandomPassword: `${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, Number(PasswordLength)) }),
    PutSecretValue: ({ SecretId, ClientRequestToken, SecretString, VersionStages }) => {
      const secret = stored(SecretId);
      const version = secret.versions.get(String(ClientRequestToken)) ?? { value: undefined, stages: new Set<string>() };
      version.value = String(SecretString);
      for (const stage of VersionStages as string[]) version.stages.add(stage);
      secret.versions.set(String(ClientRequestToken), version);
      return { ARN: SecretId, VersionId: ClientRequestToken };
    },
    UpdateSecretVersionStage: ({ SecretId, VersionStage, MoveToVersionId }) => {
      for (const [id, { stages }] of stored(SecretId).versions) {
        stages.delete(String(VersionStage));
        if (id === MoveToVersionId) stages.add(String(VersionStage));
      }
      return { ARN: SecretId };
    },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      calls.push(operation);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      try {
        const failure = failures.get(operation)?.shift();
        if (failure !== undefined) throw new ServiceFailure(failure);
        const run = operations[operation];
        if (run === undefined) throw new ServiceFailure('InvalidRequestException');
        response.end(JSON.stringify(run(JSON.parse(body) as Record<string, unknown>)));
      } catch (error) {
        response.statusCode = 400;
        response.end(JSON.stringify({ __type: error instanceof ServiceFailure ? error.message : 'InternalServiceError', message: 'refused' }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    put: (arn, value) => { secrets.set(arn, { versions: new Map([[randomUUID(), { value: JSON.stringify(value), stages: new Set(['AWSCURRENT']) }]]) }); },
    beginRotation: (arn) => {
      const token = randomUUID();
      stored(arn).versions.set(token, { value: undefined, stages: new Set(['AWSPENDING']) });
      return token;
    },
    current: (arn) => JSON.parse(versionAt(stored(arn), undefined, 'AWSCURRENT').value) as { username: string; password: string },
    failNext: (operation, name, times) => { failures.set(operation, Array.from({ length: times }, () => name)); },
    stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

class ServiceFailure extends Error {}
