import type { AuditRecord } from './audit-record.js';

/**
 * Where audit records go. A sink that throws or rejects makes the call fail: an answer nobody can account for is
 * not given.
 */
export interface AuditSink {
  record(record: AuditRecord): void | Promise<void>;
}
