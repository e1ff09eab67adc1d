/** An error that MySQL itself answered. */
export interface MysqlError extends Error {
  readonly errno: number;
  readonly sqlState: string;
  readonly sqlMessage: string;
}

export function isMysqlError(error: unknown): error is MysqlError {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' && 'sqlState' in error && typeof error.sqlState === 'string' && error.sqlState !== '' && 'sqlMessage' in error;
}

/** As the service words it, in the manner of its PostgreSQL messages: `Table 'x' doesn't exist; Error code: 1146; SQLState: 42S02`. */
export function mysqlMessage({ sqlMessage, errno, sqlState }: MysqlError): string {
  return `${sqlMessage}; Error code: ${errno}; SQLState: ${sqlState}`;
}
