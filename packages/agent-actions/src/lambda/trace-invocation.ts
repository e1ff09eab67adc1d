import { Tracer } from '@aws-lambda-powertools/tracer';
import type { AuditRecord } from '../audit/audit-record.js';

// Requests are not captured: their addresses and headers are no business of a trace.
const tracer = new Tracer({ captureHTTPsRequests: false });

/** Runs the work in a subsegment that carries how the call ended and how long its steps took. */
export async function inSubsegment<T>(name: string, work: () => Promise<T>, record: () => AuditRecord | undefined): Promise<T> {
  const parent = tracer.getSegment();
  const segment = parent?.addNewSubsegment(`## ${name}`);
  if (parent === undefined || segment === undefined) return work();
  tracer.setSegment(segment);
  try {
    return await work();
  } catch (error) {
    segment.addFaultFlag();
    throw error;
  } finally {
    const known = record();
    if (known !== undefined) {
      tracer.putAnnotation('outcome', known.outcome);
      if (known.reasonCode !== null) tracer.putAnnotation('reason', known.reasonCode);
      tracer.putMetadata('call', { id: known.id, durations: known.durations, rows: known.rows, relations: known.relations });
    }
    segment.close();
    tracer.setSegment(parent);
  }
}
