import type { SqlParameter } from './request/sql-parameter.js';
import type { Session, SessionTarget } from './session/session.js';
import type { BoundStatement } from './sql/bound-statement.js';

/** The database system behind the server. */
export interface Engine {
  readonly host: string;
  readonly port: number;
  /** The role of the default secret. */
  readonly user: string;
  readonly password: string;
  /** The database of a call that names none. */
  defaultDatabase(user: string): string;
  /** Reads a statement; what comes back gives its placeholders their values. @throws {ServiceError} when the service would not send it */
  prepare(sql: string): (parameters: readonly SqlParameter[]) => BoundStatement;
  /** @throws what the database answered, or the socket's fault */
  open(target: SessionTarget): Promise<Session>;
}
