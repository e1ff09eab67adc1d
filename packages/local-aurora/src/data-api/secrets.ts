import type { Engine } from './engine.js';
import { ServiceError } from './service-error.js';
import type { SessionTarget } from './session/session.js';

/** A secret's content: the role its holder becomes. */
export interface DataApiSecret {
  readonly arn: string;
  readonly user: string;
  readonly password: string;
}

/** Finds the role of a secret by ARN or name. */
export class Secrets {
  readonly #byArn: ReadonlyMap<string, DataApiSecret>;

  constructor(
    secrets: readonly DataApiSecret[],
    private readonly engine: Pick<Engine, 'host' | 'port' | 'defaultDatabase'>,
  ) {
    this.#byArn = new Map(secrets.flatMap((secret) => [secret.arn, ...namesOf(secret.arn)].map((key) => [key, secret] as const)));
  }

  /**
   * Where a call with this secret connects. Without a database, the engine's default applies.
   *
   * @throws {ServiceError} SecretsErrorException, when there is no such secret
   */
  target(secretArn: string, database: string | undefined): SessionTarget {
    const secret = this.#byArn.get(secretArn);
    if (!secret) throw new ServiceError('SecretsErrorException', `Error fetching secret ${secretArn} : Secrets Manager can't find the specified secret.`);
    const { host, port } = this.engine;
    return { host, port, user: secret.user, password: secret.password, database: database === undefined || database === '' ? this.engine.defaultDatabase(secret.user) : database };
  }
}

/** The name in an ARN, with and without the six random characters that Secrets Manager appends. */
function namesOf(arn: string): string[] {
  const name = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(arn)?.[1];
  return name === undefined ? [] : [name, name.replace(/-[A-Za-z0-9]{6}$/, '')];
}
