import { scanStatement } from '../parameters/scan-statement.js';

/**
 * Whether a statement ends MySQL's transaction by itself: DDL and its like commit, `begin` and `start transaction` commit
 * and begin anew. What follows would be outside of the transaction that its caller believes in.
 *
 * @see https://dev.mysql.com/doc/refman/8.0/en/implicit-commit.html
 */
export function commitsImplicitly(sql: string): boolean {
  const code = scanStatement(sql, 'mysql').map(({ kind, text }) => (kind === 'code' ? text : ' ')).join('');
  return committing.test(code) && !temporary.test(code) && !savepoint.test(code);
}

const committing = /^\s*(?:alter|analyze\s+(?:local\s+|no_write_to_binlog\s+)?table|begin|cache\s+index|check\s+table|commit|create|drop|flush|grant|install|load\s+index|lock\s+(?:instance|tables?)|optimize|purge|rename|repair|reset|revoke|rollback|set\s+(?:session\s+|local\s+|@@(?:session\.|local\.)?)?autocommit\b|set\s+password|start\s+(?:transaction|slave|replica)|stop\s+(?:slave|replica)|truncate|uninstall|unlock\s+(?:instance|tables?)|xa\b)/iu;
const temporary = /^\s*(?:create|drop)\s+temporary\b/iu;
const savepoint = /^\s*rollback\s+(?:work\s+)?to\b/iu;
