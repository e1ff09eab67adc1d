import type { AuditRecord } from './audit-record.js';
import type { AuditSink } from './audit-sink.js';

/** An audit that keeps the newest records in memory: for a console, a trace view or a test. */
export interface MemoryAudit extends AuditSink {
  readonly records: readonly AuditRecord[];
}

/** @param capacity how many records are kept; the oldest go first. */
export function createMemoryAudit(capacity = 1_000): MemoryAudit {
  const records: AuditRecord[] = [];
  return {
    records,
    record(record) {
      records.push(record);
      if (records.length > capacity) records.shift();
    },
  };
}
